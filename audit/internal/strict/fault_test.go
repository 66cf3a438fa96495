package strict_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/internal/strict"
)

type requirement struct {
	ID       string `json:"id"`
	Priority Level  `json:"priority"`
	Weight   uint8  `json:"weight"`
}

type scopeFile struct {
	Requirements []requirement          `json:"requirements"`
	Teams        map[string]requirement `json:"teams"`
	Notes        json.RawMessage        `json:"notes"`
	Pair         [2]int                 `json:"pair"`
	Go           struct {
		Chan     chan int     `json:"chan"`
		Func     func()       `json:"func"`
		Stringer fmt.Stringer `json:"stringer"`
		Quoted   int          `json:"quoted,string"`
		Complex  complex128   `json:"complex"`
		ByFloat  map[float64]int
		Endless  *endless
		Unnamed  struct{ time.Time }
	} `json:"go"`
}

type endless *endless

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		doc  string
		zero any
		kind error
		want string
	}{
		// Unknown and duplicate names.
		{`{"requirements":[{},{"di":1}]}`, scopeFile{}, strict.ErrUnknownField, `requirements[1]: unknown field "di" (did you mean "id"?)`},
		{`{"teams":{"sales":{"ID":"x"}}}`, scopeFile{}, strict.ErrUnknownField, `teams.sales: unknown field "ID" (did you mean "id"?)`},
		{`{"teams":{"N \"&\" S":{"zzzzzz":{"a":1}}}}`, scopeFile{}, strict.ErrUnknownField, `teams["N \"&\" S"]: unknown field "zzzzzz"`},
		{`{"teams":{"a":{},"\u0061":{}}}`, scopeFile{}, strict.ErrDuplicateKey, `teams: duplicate key "a"`},
		{`{"notes":1,"notes":2}`, scopeFile{}, strict.ErrDuplicateKey, `line 1, column 12: duplicate key "notes"`},
		{`{"notes":{"x":[{"b":1,"b":2}]}}`, scopeFile{}, strict.ErrDuplicateKey, `notes.x[0]: duplicate key "b"`},
		{`{"a":{"":1,"":2}}`, map[string]any{}, strict.ErrDuplicateKey, `a: duplicate key ""`},
		{`{"low":1,"\u006cow":2}`, map[Level]int{}, strict.ErrDuplicateKey, `line 1, column 10: duplicate key "low"`},

		// Wrong types.
		{`{"pair":{"a":1}}`, scopeFile{}, strict.ErrType, `pair: want an array, got an object`},
		{`{"requirements":"x"}`, scopeFile{}, strict.ErrType, `requirements: want an array, got string "x"`},
		{`{"teams":[1]}`, scopeFile{}, strict.ErrType, `teams: want an object, got an array`},
		{`[]`, scopeFile{}, strict.ErrType, `line 1, column 1: want an object, got an array`},
		{`"1"`, 0, strict.ErrType, `line 1, column 1: want a whole number, got string "1"`},
		{`true`, uint(0), strict.ErrType, `line 1, column 1: want a whole number, got true`},
		{`{}`, 0.0, strict.ErrType, `line 1, column 1: want a number, got an object`},
		{`"1"`, json.Number(""), strict.ErrType, `line 1, column 1: want a number, got string "1"`},
		{`1`, false, strict.ErrType, `line 1, column 1: want true or false, got number 1`},
		{`-1.5e3`, "", strict.ErrType, `line 1, column 1: want a string, got number -1.5e3`},
		{`3`, Level(0), strict.ErrType, `line 1, column 1: want a string, got number 3`},
		{`[1]`, []byte{}, strict.ErrType, `line 1, column 1: want a base64 string, got an array`},
		{`"bG93"`, []Level{}, strict.ErrType, `line 1, column 1: want an array, got string "bG93"`},

		// Null.
		{`null`, 0, strict.ErrNull, `line 1, column 1: want a whole number, got null`},
		{`null`, [1]int{}, strict.ErrNull, `line 1, column 1: want an array, got null`},
		{`null`, struct{}{}, strict.ErrNull, `line 1, column 1: want an object, got null`},
		{`null`, Level(0), strict.ErrNull, `line 1, column 1: want a string, got null`},
		{`null`, Score(0), strict.ErrNull, `line 1, column 1: want a value, got null`},
		{`[null]`, []Both{}, strict.ErrNull, `[0]: want a value, got null`},

		// Numbers that do not fit.
		{`128`, int8(0), strict.ErrRange, `line 1, column 1: 128 does not fit int8 (-128 to 127)`},
		{`-9223372036854775809`, int64(0), strict.ErrRange, `line 1, column 1: -9223372036854775809 does not fit int64 (-9223372036854775808 to 9223372036854775807)`},
		{`-1`, uint16(0), strict.ErrRange, `line 1, column 1: -1 does not fit uint16 (0 to 65535)`},
		{`-0`, uint64(0), strict.ErrRange, `line 1, column 1: -0 does not fit uint64 (0 to 18446744073709551615)`},
		{`1.0`, 0, strict.ErrRange, `line 1, column 1: want a whole number in plain digits, got 1.0`},
		{`1E2`, uint(0), strict.ErrRange, `line 1, column 1: want a whole number in plain digits, got 1E2`},
		{`1e39`, float32(0), strict.ErrRange, `line 1, column 1: 1e39 does not fit float32 (at most ±3.4e38)`},
		{`1e999`, 0.0, strict.ErrRange, `line 1, column 1: 1e999 does not fit float64 (at most ±1.8e308)`},
		{`[-1e999]`, any(nil), strict.ErrRange, `[0]: -1e999 does not fit float64 (at most ±1.8e308)`},
		{`{"x":1}`, map[int8]int{}, strict.ErrRange, `x: key "x": want a whole number as text (-128 to 127)`},
		{`{"01":1}`, map[uint8]int{}, strict.ErrRange, `01: key "01": want a whole number as text (0 to 255)`},
		{`{"256":1}`, map[uint8]int{}, strict.ErrRange, `256: key "256": want a whole number as text (0 to 255)`},

		// Lengths.
		{`{"pair":[1,2,{"a":1}]}`, scopeFile{}, strict.ErrLength, `pair: want 2 elements, got 3`},
		{`[]`, [1]int{}, strict.ErrLength, `line 1, column 1: want 1 elements, got 0`},

		// Refused by the type itself.
		{`{"requirements":[{"priority":"urgent"}]}`, scopeFile{}, errLevel, `requirements[0].priority: level "urgent": no such level`},
		{`{"urgent":1}`, map[Level]int{}, errLevel, `urgent: level "urgent": no such level`},
		{`[1,7]`, []Score{}, errScore, `[1]: 7: a score is one of 1 to 5`},
		{`[{"a":1}]`, []*Score{}, errScore, `[0]: {…}: a score is one of 1 to 5`},
		{`[[1]]`, []Score{}, errScore, `[0]: […]: a score is one of 1 to 5`},
		{`"####"`, []byte{}, nil, `line 1, column 1: "####": illegal base64 data at input byte 0`},
		{`"aG\nk="`, []byte{}, nil, `line 1, column 1: "aG\nk=": illegal base64 data at input byte 2`},
		{`"aGl="`, []byte{}, nil, `line 1, column 1: "aGl=": illegal base64 data at input byte 3`},

		// Go types that nothing can be decoded into.
		{`{"go":{"chan":[{}]}}`, scopeFile{}, strict.ErrTarget, `go.chan: Go type chan int cannot be decoded into`},
		{`{"go":{"chan":null}}`, scopeFile{}, strict.ErrTarget, `go.chan: Go type chan int cannot be decoded into`},
		{`{"go":{"func":1}}`, scopeFile{}, strict.ErrTarget, `go.func: Go type func() cannot be decoded into`},
		{`{"go":{"stringer":1}}`, scopeFile{}, strict.ErrTarget, `go.stringer: Go type fmt.Stringer cannot be decoded into`},
		{`{"go":{"complex":1}}`, scopeFile{}, strict.ErrTarget, `go.complex: Go type complex128 cannot be decoded into`},
		{`{"go":{"ByFloat":{"1":1}}}`, scopeFile{}, strict.ErrTarget, `go.ByFloat: Go type map[float64]int cannot be decoded into`},
		{`{"go":{"Endless":1}}`, scopeFile{}, strict.ErrTarget, `go.Endless: Go type *strict_test.endless cannot be decoded into`},
		{`{"go":{"Unnamed":{}}}`, scopeFile{}, strict.ErrTarget, `go.Unnamed: Go type struct { time.Time } cannot be decoded into`},
		{`{"go":{"quoted":"1"}}`, scopeFile{}, strict.ErrTarget, `go.quoted: the tag option "string" is not supported`},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			t.Parallel()
			zero := tt.zero
			if zero == nil {
				zero = struct{ any }{}.any
			}
			err := unmarshalAs([]byte(tt.doc), zero)
			require.EqualError(t, err, "strict: "+tt.want)
			if tt.kind != nil {
				require.ErrorIs(t, err, tt.kind)
			}
		})
	}
}

// unmarshalAs decodes into a new value of the type of zero, any for nil.
func unmarshalAs(doc []byte, zero any) error {
	if zero == nil {
		var v any
		return strict.Unmarshal(doc, &v)
	}
	_, err := decode(strict.Unmarshal, doc, zero)
	return err
}

func TestAllFaultsInOrder(t *testing.T) {
	t.Parallel()
	doc := `{
  "teams": {"é😀": {"weight": 256, "weight": "x", "priority": "urgent"}},
  "requirements": [
    null, {"priority": 1},
    {"id": null}
  ],
  "pair": [1.5, "x", 3],
  "extra": {"a": 1, "a": 2}
}`
	var v scopeFile
	err := strict.Unmarshal([]byte(doc), &v)
	require.Zero(t, v)
	faults, ok := errors.AsType[*strict.Faults](err)
	require.True(t, ok)
	var got []string
	for _, f := range faults.List {
		got = append(got, fmt.Sprintf("%d:%d %s | %v", f.Line, f.Column, f.Path, f.Err))
	}
	require.Equal(t, []string{
		`2:30 teams["é😀"].weight | 256 does not fit uint8 (0 to 255)`,
		`2:35 teams["é😀"] | duplicate key "weight"`,
		`2:62 teams["é😀"].priority | level "urgent": no such level`,
		`4:5 requirements[0] | want an object, got null`,
		`4:24 requirements[1].priority | want a string, got number 1`,
		`5:12 requirements[2].id | want a string, got null`,
		`7:11 pair | want 2 elements, got 3`,
		`7:12 pair[0] | want a whole number in plain digits, got 1.5`,
		`7:17 pair[1] | want a whole number, got string "x"`,
		`8:3  | unknown field "extra"`,
		`8:21 extra | duplicate key "a"`,
	}, got)
	require.Len(t, faults.Unwrap(), len(got))
	require.ErrorIs(t, faults.List[2], errLevel)
}

func TestFaultLimit(t *testing.T) {
	t.Parallel()
	var v struct {
		Bad  []int         `json:"bad"`
		Low  []Level       `json:"low"`
		Any  []any         `json:"any"`
		None map[int]Level `json:"none"`
	}
	doc := []byte(`{"bad":[` + strings.Repeat(`"x",`, 149) + `"x"],"low":["y"],"any":[1e999],"none":{"x":"low"},"baad":1}`)
	err := strict.Unmarshal(doc, &v)
	faults, ok := errors.AsType[*strict.Faults](err)
	require.True(t, ok)
	require.Len(t, faults.List, strict.DefaultMaxFaults)
	require.Equal(t, 54, faults.More)
	require.Contains(t, err.Error(), "strict: 154 faults\n\tbad[0]: ")
	require.Contains(t, err.Error(), "\n\tand 54 more")

	err = strict.Options{MaxFaults: 154}.Unmarshal(doc, &v)
	faults, _ = errors.AsType[*strict.Faults](err)
	require.Len(t, faults.List, 154)
	require.Zero(t, faults.More)
	require.ErrorIs(t, err, errLevel)
}

// However long the input, a message stays short.
func TestMessagesAreBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 20_000)
	docs := []struct {
		doc  string
		zero any
	}{
		{`"` + long + `"`, 0},
		{strings.Repeat("9", 100_000), 0},
		{strings.Repeat("9", 100_000), ""},
		{`{"` + long + `":1}`, struct{}{}},
		{`{"` + long + `":1,"` + long + `":1}`, map[string]int{}},
		{`{"` + long + `":"x"}`, map[string]int{}},
		{`{"` + long + `":1}`, map[Level]int{}},
		{`"` + long + `"`, Level(0)},
		{strings.Repeat("[", 999) + strings.Repeat("]", 999), lists(998, reflect.TypeFor[int]())},
		{strings.Repeat(`{"`+strings.Repeat("é", 500)+`":`, 900) + "1e999" + strings.Repeat("}", 900), nil},
	}
	for i, tt := range docs {
		err := unmarshalAs([]byte(tt.doc), tt.zero)
		require.Error(t, err, i)
		require.Less(t, len(err.Error()), 3000, i)
	}
}

// lists returns the zero of a slice type nested n deep.
func lists(n int, t reflect.Type) any {
	for range n {
		t = reflect.SliceOf(t)
	}
	return reflect.Zero(t).Interface()
}

func TestLongPathLosesItsMiddle(t *testing.T) {
	t.Parallel()
	err := unmarshalAs([]byte(strings.Repeat("[", 30)+"1e999"+strings.Repeat("]", 30)), nil)
	zeros := strings.Repeat("[0]", 12)
	require.EqualError(t, err, "strict: "+zeros+"…"+zeros+": 1e999 does not fit float64 (at most ±1.8e308)")
}

// section decodes itself, strictly.
type section struct{ Items []Score }

func (s *section) UnmarshalJSON(data []byte) error {
	type plain section
	return strict.Options{MaxFaults: 3}.Unmarshal(data, (*plain)(s))
}

// wordy adds words of its own to what its part says.
type wordy struct{ section }

func (w *wordy) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &w.section); err != nil {
		return fmt.Errorf("wordy:\n%w", err)
	}
	return nil
}

func TestInnerDocuments(t *testing.T) {
	t.Parallel()
	var v map[string]section
	err := strict.Unmarshal([]byte("{\n  \"a\": {\"Items\": [9,\n 1, 9], \"x\": 0, \"y\": 1}, \"b\": []}"), &v)
	faults, ok := errors.AsType[*strict.Faults](err)
	require.True(t, ok)
	var got []string
	for _, f := range faults.List {
		got = append(got, fmt.Sprintf("%d:%d %v", f.Line, f.Column, f))
	}
	require.Equal(t, []string{
		`2:19 a.Items[0]: 9: a score is one of 1 to 5`,
		`3:5 a.Items[2]: 9: a score is one of 1 to 5`,
		`3:9 a: unknown field "x"`,
		`3:31 b: want an object, got an array`,
	}, got)
	require.Equal(t, 1, faults.More)

	err = strict.Unmarshal([]byte(`[9]`), &[]section{})
	require.EqualError(t, err, `strict: [0]: want an object, got number 9`)
	err = strict.Unmarshal([]byte(`[{"Items":[9]}]`), &[]section{})
	require.EqualError(t, err, `strict: [0].Items[0]: 9: a score is one of 1 to 5`)

	err = strict.Unmarshal([]byte(`[{"Items":[9]}]`), &[]wordy{})
	require.EqualError(t, err, `strict: [0]: {…}: wordy:; strict: Items[0]: 9: a score is one of 1 to 5`)
	require.ErrorIs(t, err, errScore)
}

func TestExamplesOfValues(t *testing.T) {
	t.Parallel()
	o := strict.Options{Examples: map[reflect.Type]string{
		reflect.TypeFor[Level](): `"low"`,
		reflect.TypeFor[Score](): `3`,
		reflect.TypeFor[int]():   strings.Repeat("1", 50),
	}}
	err := o.Unmarshal([]byte(`[1, null]`), &[]Level{})
	require.EqualError(t, err, "strict: 2 faults\n\t[0]: want a string such as \"low\", got number 1\n\t[1]: want a string such as \"low\", got null")
	require.EqualError(t, o.Unmarshal([]byte(`[null]`), &[]Score{}), "strict: [0]: want a value such as 3, got null")
	require.EqualError(t, o.Unmarshal([]byte(`[""]`), &[]int{}),
		"strict: [0]: want a whole number such as "+strings.Repeat("1", 40)+"…, got string \"\"")
}

// BenchmarkGrowth decodes documents full of faults, of which there are ten times as many
// in the second: bytes go through at the same speed if nothing is looked at twice.
func BenchmarkGrowth(b *testing.B) {
	open := func(n int) string { return `{"x":[` + strings.Repeat(`{"kk":1,"kk":2},`, n) + `{}]}` }
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,"k%d":"%d"`, i, i)
		}
		return "{" + b.String()[1:] + "}"
	}
	for _, x := range []struct {
		name string
		doc  func(n int) string
		zero any
	}{
		{"any", open, nil},
		{"raw", open, json.RawMessage{}},
		{"unknown", open, struct{ Kk int }{}},
		{"keys", many, map[string]int{}},
		{"fields", many, struct{ K1 string }{}},
		{"text", func(n int) string { return `"` + strings.Repeat(`\n`, n) + `"` }, ""},
		{"one line", func(n int) string { return `[` + strings.Repeat(`"",`, n) + `1]` }, []int{}},
		{"long word", func(n int) string { return strings.Repeat("1", n) }, 0.5},
	} {
		for _, n := range []int{400, 4_000} {
			doc := []byte(x.doc(n))
			b.Run(fmt.Sprintf("%s/%d", x.name, n), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(doc)))
				for b.Loop() {
					_ = unmarshalAs(doc, x.zero)
				}
			})
		}
	}
}
