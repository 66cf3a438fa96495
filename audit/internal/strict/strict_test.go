package strict_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/internal/strict"
)

// same compares decoded values; unexported fields are never decoded.
var same = cmp.Options{cmp.Exporter(func(reflect.Type) bool { return true }), cmpopts.EquateComparable(time.Time{})}

// decode returns a new value of the type of zero, decoded by f.
func decode(f func([]byte, any) error, data []byte, zero any) (any, error) {
	p := reflect.New(reflect.TypeOf(zero))
	err := f(data, p.Interface())
	return p.Elem().Interface(), err
}

// lenient is encoding/json with unknown fields and trailing data refused.
func lenient(data []byte, v any) error {
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err == nil {
		return errors.New("trailing data")
	}
	return nil
}

func TestAccepted(t *testing.T) {
	t.Parallel()
	one := 1
	pOne := &one
	tests := []struct {
		doc  string
		want any
	}{
		{`true`, true},
		{" \t\r\nfalse ", false},
		{`-0`, 0},
		{`-128`, int8(-128)},
		{`255`, uint8(255)},
		{`18446744073709551615`, uint64(1<<64 - 1)},
		{`1e2`, 100.0},
		{`1E+2`, float32(100)},
		{`1e-400`, 0.0}, // rounds to zero, as everywhere in Go
		{`"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀"`, "a\"\\/\b\f\n\r\té😀é😀"},
		{`"\uFFFD"`, "\uFFFD"},
		{`""`, ""},
		{`null`, []int(nil)},
		{`[]`, []int{}},
		{`[ 1 , 2 ]`, []int{1, 2}},
		{`[1,2]`, [2]int{1, 2}},
		{`[]`, [0]int{}},
		{`null`, map[string]int(nil)},
		{`{}`, map[string]int{}},
		{`{ "a" : 1 , "b" : 2 }`, map[string]int{"a": 1, "b": 2}},
		{`{"-3":"x"}`, map[int8]string{-3: "x"}},
		{`{"high":1}`, map[Level]int{3: 1}},
		{`{"k":1}`, map[Both]int{{`json:"k"`}: 1}},
		{`"aGk="`, []byte("hi")},
		{`""`, []byte{}},
		{`null`, []byte(nil)},
		{`[null]`, []fmt.Stringer{nil}},
		{`["low","high"]`, []Level{1, 3}},
		{`"low"`, Level(1)},
		{`5`, Score(5)},
		{`"x"`, Both{`json:"x"`}},
		{`null`, Tags{"null"}},
		{`null`, Words(nil)},
		{`"a b"`, Words{"a", "b"}},
		{`1.50`, json.Number("1.50")},
		{`{"a": 1}`, json.RawMessage(`{"a": 1}`)},
		{`null`, json.RawMessage("null")},
		{`null`, (*int)(nil)},
		{`1`, pOne},
		{`1`, &pOne},
		{`null`, (**int)(nil)},
		{`[1,"a",true,false,null,{"b":[]}]`, []any{1.0, "a", true, false, nil, map[string]any{"b": []any{}}}},
		{`{"Promoted":1,"deep":"d","other":{"same":2},"tagged":{"x":3},"same":"s"}`, Outer{
			hidden: hidden{Promoted: 1}, Inner: &Inner{Deep: "d", Other: &Inner{Same: 2}},
			Tagged: Tagged{X: 3}, Same: "s", private: 0,
		}},
		{`"2026-11-21T10:00:00Z"`, time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%s as %T", tt.doc, tt.want), func(t *testing.T) {
			t.Parallel()
			got, err := decode(strict.Unmarshal, []byte(tt.doc), tt.want)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(tt.want, got, same))
			theirs, err := decode(lenient, []byte(tt.doc), tt.want)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(theirs, got, same))
		})
	}
}

// Whatever json.Marshal writes is read back.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		for _, zero := range []any{Everything{}, Scalars{}, Outer{}, []any{}, map[string]Scalars{}} {
			requireRoundTrip(t, r, zero)
		}
	}
}

func requireRoundTrip(t *testing.T, r *rand.Rand, zero any) {
	t.Helper()
	p := reflect.New(reflect.TypeOf(zero))
	build(r, p.Elem(), 5)
	doc, err := json.Marshal(p.Interface())
	require.NoError(t, err)
	got, err := decode(strict.Unmarshal, doc, zero)
	require.NoError(t, err, "%s", doc)
	again, err := json.Marshal(got)
	require.NoError(t, err)
	require.Equal(t, string(doc), string(again))
	theirs, err := decode(lenient, doc, zero)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(theirs, got, same))
}

func TestTarget(t *testing.T) {
	t.Parallel()
	for _, v := range []any{nil, 1, (*int)(nil), map[string]int{}} {
		err := strict.Unmarshal([]byte(`1`), v)
		require.ErrorIs(t, err, strict.ErrTarget)
		require.ErrorContains(t, err, "strict: decode into ")
	}
}

func TestNothingIsHalfApplied(t *testing.T) {
	t.Parallel()
	v := map[string][]int{"kept": {1}}
	require.Error(t, strict.Unmarshal([]byte(`{"new": [1, 2, "x"]}`), &v))
	require.Equal(t, map[string][]int{"kept": {1}}, v)
	require.NoError(t, strict.Unmarshal([]byte(`{"new": [2]}`), &v))
	require.Equal(t, map[string][]int{"new": {2}}, v, "replaced, not merged into")
}

// The value shares no memory with the document.
func TestDocumentIsNotRetained(t *testing.T) {
	t.Parallel()
	doc := []byte(`{"s":"text","raw":[1],"any":"text","byName":{"key":null}}`)
	var v struct {
		S      string            `json:"s"`
		Raw    json.RawMessage   `json:"raw"`
		Any    any               `json:"any"`
		ByName map[string]*Inner `json:"byName"`
	}
	require.NoError(t, strict.Unmarshal(doc, &v))
	want := fmt.Sprint(v)
	clear(doc)
	require.Equal(t, want, fmt.Sprint(v))
}

func TestManyFields(t *testing.T) {
	t.Parallel()
	var fields []reflect.StructField
	doc := map[string]int{}
	for i := range 100 {
		name := fmt.Sprintf("F%d", i)
		fields = append(fields, reflect.StructField{Name: name, Type: reflect.TypeFor[int]()})
		doc[name] = i
	}
	p := reflect.New(reflect.StructOf(fields))
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	require.NoError(t, strict.Unmarshal(data, p.Interface()))
	require.Equal(t, 99, p.Elem().Field(99).Interface())
}

// Decodes of one type from many goroutines share the cache of types.
func TestParallelUse(t *testing.T) {
	t.Parallel()
	type fresh struct{ A, B *Everything }
	errs := make(chan error)
	for range 8 {
		go func() {
			var v fresh
			errs <- strict.Unmarshal([]byte(`{"A":{"same":"x"},"B":null}`), &v)
		}()
	}
	for range 8 {
		require.NoError(t, <-errs)
	}
}
