package main

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/crmrollout/crm/crmproject/ratio"
)

// A value is a cell of a sheet.
type value struct {
	form form
	text string
	n    int64
	f    float64
}

type form uint8

const (
	undefinedForm form = iota
	textForm
	integerForm
	moneyForm // n in hundredths
	numberForm
	truthForm // n is 0 or 1
)

func text(s string) value      { return value{form: textForm, text: s} }
func integer(n int64) value    { return value{form: integerForm, n: n} }
func hundredths(n int64) value { return value{form: moneyForm, n: n} }

// number is the float64 of a value, undefined unless ok.
func number(f float64, ok bool) value {
	if !ok || math.IsNaN(f) || math.IsInf(f, 0) {
		return value{}
	}
	return value{form: numberForm, f: f}
}

// exactly is a ratio as the nearest float64.
func exactly(r ratio.Ratio) value { return number(r.Float64()) }

// minor is an exact number of hundredths in units: with two decimals if it has no
// more.
func minor(r ratio.Ratio) value {
	if r.Defined() && r.Den() == 1 {
		return hundredths(r.Num())
	}
	return exactly(r.Quo(ratio.Int(100)))
}

func truth(b bool) value {
	v := value{form: truthForm}
	if b {
		v.n = 1
	}
	return v
}

func (v value) isText() bool { return v.form == textForm }

// appendPlain appends the value as it stands in CSV and JSON, but for texts and
// undefined ones.
func (v value) appendPlain(b []byte) []byte {
	switch v.form {
	case integerForm:
		return strconv.AppendInt(b, v.n, 10)
	case moneyForm:
		return appendHundredths(b, v.n)
	case numberForm:
		return appendFloat(b, v.f)
	default:
		return strconv.AppendBool(b, v.n != 0)
	}
}

// appendHundredths appends 123456 as 1234.56.
func appendHundredths(b []byte, n int64) []byte {
	u := uint64(n)
	if n < 0 {
		b, u = append(b, '-'), -u
	}
	b = append(strconv.AppendUint(b, u/100, 10), '.')
	return append(b, byte('0'+u%100/10), byte('0'+u%10))
}

// appendFloat appends the shortest form that reads back the same.
func appendFloat(b []byte, f float64) []byte {
	if f == 0 {
		return append(b, '0')
	}
	if abs := math.Abs(f); abs < 1e-6 || abs >= 1e21 {
		return strconv.AppendFloat(b, f, 'e', -1, 64)
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}

func (v value) appendCSV(b []byte) []byte {
	switch v.form {
	case undefinedForm:
		return b
	case textForm:
		return appendQuoted(b, v.text)
	default:
		return v.appendPlain(b)
	}
}

// appendQuoted quotes a text where RFC 4180 asks for it, and where spaces at its
// ends would be lost.
func appendQuoted(b []byte, s string) []byte {
	if s != "" && strings.TrimSpace(s) == s && !strings.ContainsAny(s, "\",;\t\r\n") {
		return append(b, s...)
	}
	if s == "" {
		return b
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

func (v value) appendJSON(b []byte) []byte {
	switch v.form {
	case undefinedForm:
		return append(b, "null"...)
	case textForm:
		return appendJSONText(b, v.text)
	default:
		return v.appendPlain(b)
	}
}

func appendJSONText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, err := json.Marshal(s)
			if err != nil { // a string has none
				return append(b, "null"...)
			}
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// forPeople rounds a number to four decimals.
func (v value) forPeople() string {
	switch v.form {
	case undefinedForm:
		return "–"
	case textForm:
		return strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, v.text)
	case numberForm:
		return strconv.FormatFloat(v.f, 'f', 4, 64)
	default:
		return string(v.appendPlain(nil))
	}
}
