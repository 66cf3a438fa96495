package strict

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"fmt"
	"math"
	"reflect"
	"strconv"
)

// scalar decodes a string, boolean or number.
func (d *decoder) scalar(v reflect.Value, s *shape) {
	at := d.pos
	switch s.how {
	case byText:
		d.refused(at, v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(d.text()))
	case byString:
		v.SetString(string(d.text()))
	case byBase64:
		d.base64(v, at)
	case byBool:
		v.SetBool(d.word()[0] == 't')
	case byNumber:
		v.SetString(string(d.word()))
	default:
		d.number(v, s)
	}
}

// number decodes the number at the current position into a numeric kind.
func (d *decoder) number(v reflect.Value, s *shape) {
	at := d.pos
	word := d.word()
	var fits bool
	switch s.how {
	case byInt:
		fits = setInt(v, word)
	case byUint:
		fits = setUint(v, word)
	default:
		fits = setFloat(v, word)
	}
	switch {
	case fits:
	case s.how != byFloat && bytes.ContainsAny(word, ".eE"):
		d.reportf(at, ErrRange, "want a whole number in plain digits, got %s", clip(string(word), maxQuoted))
	default:
		d.reportf(at, ErrRange, "%s does not fit %s (%s)", clip(string(word), maxQuoted), clip(s.typ.String(), maxQuoted), span(s.typ))
	}
}

func setInt(v reflect.Value, word []byte) bool {
	n, err := strconv.ParseInt(string(word), 10, v.Type().Bits())
	if err == nil {
		v.SetInt(n)
	}
	return err == nil
}

func setUint(v reflect.Value, word []byte) bool {
	n, err := strconv.ParseUint(string(word), 10, v.Type().Bits())
	if err == nil {
		v.SetUint(n)
	}
	return err == nil
}

func setFloat(v reflect.Value, word []byte) bool {
	x, err := strconv.ParseFloat(string(word), v.Type().Bits())
	if err == nil {
		v.SetFloat(x)
	}
	return err == nil
}

// span names the least and greatest value of a numeric type.
func span(t reflect.Type) string {
	switch bits := t.Bits(); t.Kind() {
	case reflect.Float32, reflect.Float64:
		if bits == 32 {
			return "at most ±3.4e38"
		}
		return "at most ±1.8e308"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		least := math.MinInt64 >> (64 - bits)
		return fmt.Sprintf("%d to %d", least, -(least + 1))
	default:
		return fmt.Sprintf("0 to %d", uint64(math.MaxUint64)>>(64-bits))
	}
}

// base64 decodes a string in standard base64 with padding, as json.Marshal
// writes byte slices.
func (d *decoder) base64(v reflect.Value, at int) {
	text := d.text()
	b := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Strict().Decode(b, text)
	if err == nil && bytes.ContainsAny(text, "\r\n") {
		err = base64.CorruptInputError(bytes.IndexAny(text, "\r\n"))
	}
	if err != nil {
		d.refused(at, err)
		return
	}
	v.SetBytes(b[:n])
}
