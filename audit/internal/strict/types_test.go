package strict_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"time"
)

// Types that between them meet everything the decoder knows.

// Level is an enumeration in text form, and a byte: []Level is no base64.
type Level uint8

var levels = []string{"", "low", "medium", "high"}

var errLevel = errors.New("no such level")

func (l Level) MarshalText() ([]byte, error) { return []byte(levels[l]), nil }

func (l *Level) UnmarshalText(text []byte) error {
	for i, name := range levels {
		if i > 0 && name == string(text) {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("level %q: %w", text, errLevel)
}

// Score is a number with an UnmarshalJSON, one to five.
type Score int

var errScore = errors.New("a score is one of 1 to 5")

func (s *Score) UnmarshalJSON(data []byte) error {
	if len(data) != 1 || data[0] < '1' || data[0] > '5' {
		return errScore
	}
	*s = Score(data[0] - '0')
	return nil
}

// Both has both methods; the one for JSON goes first.
type Both struct{ S string }

func (b Both) MarshalText() ([]byte, error)     { return []byte(b.S), nil }
func (b *Both) UnmarshalText(text []byte) error { b.S = "text:" + string(text); return nil }
func (b *Both) UnmarshalJSON(data []byte) error { b.S = "json:" + string(data); return nil }

// Tags is a slice that is asked about null.
type Tags []string

func (t *Tags) UnmarshalJSON(data []byte) error {
	*t = Tags{string(data)}
	return nil
}

// Words is a slice in text form.
type Words []string

func (w Words) MarshalText() ([]byte, error) { return []byte(strings.Join(w, " ")), nil }
func (w *Words) UnmarshalText(text []byte) error {
	*w = strings.Fields(string(text))
	return nil
}

// Sink has its methods on the value, as maps can.
type Sink map[string]string

func (s Sink) UnmarshalJSON([]byte) error { return nil }

type Inner struct {
	Deep  string `json:"deep"`
	Same  int    `json:"same"`
	Other *Inner `json:"other,omitempty"`
}

type hidden struct {
	Promoted int
	Same     int `json:"same"` // shadowed by Outer's
}

type Tagged struct {
	X int `json:"x"`
}

type Outer struct {
	hidden
	*Inner
	Tagged `json:"tagged"`

	Same    string `json:"same"`
	Skipped string `json:"-"`
	private int
}

type Left struct{ Both, OnlyLeft, Won int }

type Right struct {
	Both, OnlyRight int
	Wins            int `json:"Won"`
}

type Twice1 struct{ Left }

type Twice2 struct{ Left }

type Scalars struct {
	B   bool    `json:"b"`
	I   int     `json:"i"`
	I8  int8    `json:"i8"`
	I16 int16   `json:"i16"`
	I32 int32   `json:"i32"`
	I64 int64   `json:"i64"`
	U   uint    `json:"u"`
	U8  uint8   `json:"u8"`
	U16 uint16  `json:"u16"`
	U32 uint32  `json:"u32"`
	U64 uint64  `json:"u64,omitempty"`
	F32 float32 `json:"f32"`
	F64 float64 `json:"f64,omitzero"`
	S   string  `json:"s"`
}

type Everything struct {
	Scalars Scalars              `json:"scalars"`
	P       *Scalars             `json:"p,omitempty"`
	PP      **int                `json:"pp"`
	List    []Inner              `json:"list"`
	Three   [3]int16             `json:"three"`
	Bytes   []byte               `json:"bytes"`
	Levels  []Level              `json:"levels"`
	When    time.Time            `json:"when"`
	ByName  map[string]*Inner    `json:"byName"`
	ByLevel map[Level][]string   `json:"byLevel"`
	ByDay   map[int16]float64    `json:"byDay"`
	ByNo    map[uint8]bool       `json:"byNo"`
	Raw     json.RawMessage      `json:"raw,omitempty"`
	Any     any                  `json:"any"`
	Number  json.Number          `json:"number"`
	Nested  map[string][][]Level `json:"nested"`
	Words   Words                `json:"words"`

	Outer
}

// build fills v with values drawn from r. Floats and strings are such as JSON
// can carry; json.Marshal must not fail on the result.
func build(r *rand.Rand, v reflect.Value, depth int) {
	switch t := v.Type(); {
	case t == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Unix(r.Int64N(1<<33), r.Int64N(1e9)).UTC()))
		return
	case t == reflect.TypeFor[json.RawMessage]():
		v.SetBytes([]byte([]string{`{"a":[1,2]}`, `null`, `-1.5e3`, `"x"`}[r.IntN(4)]))
		return
	case t == reflect.TypeFor[json.Number]():
		v.SetString([]string{"0", "-1.50", "-2.5e-7", "12345678901234567890"}[r.IntN(4)])
		return
	case t == reflect.TypeFor[Level]():
		v.SetUint(1 + r.Uint64N(3))
		return
	case t == reflect.TypeFor[Words]():
		v.Set(reflect.ValueOf(Words{"a", "b"}[:1+r.IntN(2)]))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(r.Uint64()) >> (64 - v.Type().Bits()) >> r.IntN(v.Type().Bits()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(r.Uint64() >> (64 - v.Type().Bits()) >> r.IntN(v.Type().Bits()))
	case reflect.Float32:
		v.SetFloat(float64(math.Float32frombits(r.Uint32() &^ (1 << 30))))
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(r.Uint64() &^ (1 << 62)))
	case reflect.String:
		v.SetString(text(r))
	case reflect.Interface:
		v.Set(reflect.ValueOf([]any{1.5, "x", true, []any{nil, map[string]any{"k": 2.0}}}[r.IntN(4)]))
	default:
		buildNested(r, v, depth)
	}
}

func buildNested(r *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if depth > 0 && r.IntN(3) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			build(r, v.Elem(), depth-1)
		}
	case reflect.Slice:
		if r.IntN(4) > 0 {
			v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
			for i := range v.Len() {
				build(r, v.Index(i), depth-1)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			build(r, v.Index(i), depth-1)
		}
	case reflect.Map:
		if r.IntN(4) > 0 {
			v.Set(reflect.MakeMap(v.Type()))
			for range r.IntN(4) {
				k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
				build(r, k, depth-1)
				build(r, e, depth-1)
				v.SetMapIndex(k, e)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Tag.Get("json") != "-" && (f.IsExported() || f.Anonymous) {
				build(r, v.Field(i), depth-1)
			}
		}
	default:
		panic("no way to build " + v.Type().String())
	}
}

// text draws a short string in which quotes, control characters, line
// separators and letters outside the basic plane are likely.
func text(r *rand.Rand) string {
	alphabet := []rune("ab\"\\/\x00\x1f\n\u2028<&é漢😀\uFFFD")
	runes := make([]rune, r.IntN(6))
	for i := range runes {
		runes[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(runes)
}

func reflectValue(p any) reflect.Value { return reflect.ValueOf(p).Elem() }
