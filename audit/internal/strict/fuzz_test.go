package strict_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/internal/strict"
)

func isKind(err, kind error) bool { return errors.Is(err, kind) }

var fuzzed = []any{
	Everything{}, Outer{}, map[string]Scalars{}, []any{}, map[Level][]Score{}, map[int8]*Inner{}, Words{}, Tags{},
	[2]float32{}, map[string]json.RawMessage{}, deepTwice{}, oddTags, []section{},
}

// Whatever strict accepts, encoding/json accepts with the same value; and what
// strict refuses it leaves alone and explains in bounded, located faults.
func FuzzUnmarshal(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 6))
	for i := range 8 {
		v := Everything{}
		build(r, reflectValue(&v), 4)
		doc, err := json.Marshal(v)
		require.NoError(f, err)
		f.Add(uint8(i), doc)
	}
	for i, doc := range []string{
		`{"a":1,"a":2}`, `[null,1e999,"\ud800"]`, `{"high":[1,2,9]}`, `{"-3":{"deep":"x","other":null}}`, `"a b"`, `[1,2,3]`,
		`{"lower":1,"Lower":1}`, `[{"Items":[1,9]}]`, "[\"\xff\"]", `{"bytes":"aG\nk="}`, `[[[[`, `{}x`,
	} {
		f.Add(uint8(i), []byte(doc))
	}
	f.Fuzz(func(t *testing.T, which uint8, doc []byte) {
		zero := fuzzed[int(which)%len(fuzzed)]
		got, err := decode(strict.Unmarshal, doc, zero)
		if err != nil {
			require.True(t, reflect.ValueOf(got).IsZero(), "touched by a refused document")
			requireGoodFaults(t, doc, err)
			return
		}
		theirs, theirErr := decode(lenient, doc, zero)
		require.NoError(t, theirErr)
		require.Empty(t, cmp.Diff(theirs, got, same))
	})
}

func requireGoodFaults(t *testing.T, doc []byte, err error) {
	t.Helper()
	faults, ok := errors.AsType[*strict.Faults](err)
	require.True(t, ok)
	require.NotEmpty(t, faults.List)
	require.LessOrEqual(t, len(faults.List), strict.DefaultMaxFaults)
	for _, f := range faults.List {
		require.Error(t, f.Err)
		require.Positive(t, f.Line)
		require.Positive(t, f.Column)
		require.LessOrEqual(t, f.Line+f.Column, len(doc)+2)
		require.Less(t, len(f.Error()), 10_000)
		require.True(t, utf8.ValidString(f.Path))
	}
}

// What is JSON and what is not is seen as encoding/json sees it.
func FuzzSyntax(f *testing.F) {
	for _, doc := range []string{
		`{"a":[1,-0.5e+3,true,null,"x\u00e9\\\n"]}`, `[01]`, `"\ud83d\ude00\ud83d"`, `{"a":1,}`, "\ufeff1", "[\"\xc3\"]", `1 1`, ``,
	} {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) { requireSameJudgement(t, doc) })
}

// Whatever json.Marshal writes is read back.
func FuzzRoundTrip(f *testing.F) {
	for i := range uint64(8) {
		f.Add(i, i*i)
	}
	f.Fuzz(func(t *testing.T, a, b uint64) {
		requireRoundTrip(t, rand.New(rand.NewPCG(a, b)), Everything{})
	})
}
