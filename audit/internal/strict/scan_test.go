package strict_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/internal/strict"
)

func TestSyntax(t *testing.T) {
	t.Parallel()
	tests := []struct {
		doc  string
		kind error
		want string
	}{
		{"", strict.ErrSyntax, `line 1, column 1: invalid JSON: want a value, got end of document`},
		{" \n ", strict.ErrSyntax, `line 2, column 2: invalid JSON: want a value, got end of document`},
		{"\ufeff{}", strict.ErrSyntax, `line 1, column 1: invalid JSON: a byte order mark before the document`},
		{"nul", strict.ErrSyntax, `line 1, column 1: invalid JSON: want a value, got "n"`},
		{"NaN", strict.ErrSyntax, `line 1, column 1: invalid JSON: want a value, got "N"`},
		{"'a'", strict.ErrSyntax, `line 1, column 1: invalid JSON: want a value, got "'"`},
		{"\x00", strict.ErrSyntax, `line 1, column 1: invalid JSON: want a value, got "\x00"`},
		{"\xff", strict.ErrSyntax, `line 1, column 1: invalid JSON: want a value, got "\xff"`},
		{"[1,]", strict.ErrSyntax, `line 1, column 4: invalid JSON: want a value, got "]"`},
		{"[1 2]", strict.ErrSyntax, `line 1, column 4: invalid JSON: want ',' or ']', got "2"`},
		{"[1", strict.ErrSyntax, `line 1, column 3: invalid JSON: want ',' or ']', got end of document`},
		{"[", strict.ErrSyntax, `line 1, column 2: invalid JSON: want a value, got end of document`},
		{`{"a":1 "b"`, strict.ErrSyntax, `line 1, column 8: invalid JSON: want ',' or '}', got "\""`},
		{`{"a":1,}`, strict.ErrSyntax, `line 1, column 8: invalid JSON: want a key in double quotes, got "}"`},
		{`{a:1}`, strict.ErrSyntax, `line 1, column 2: invalid JSON: want a key in double quotes, got "a"`},
		{`{"é" 1}`, strict.ErrSyntax, `line 1, column 6: invalid JSON: want ':' after a key, got "1"`},
		{`{"a`, strict.ErrSyntax, `line 1, column 4: invalid JSON: a string has no closing quote`},
		{`"a\`, strict.ErrSyntax, `line 1, column 3: invalid JSON: a string has no closing quote`},
		{`"a\x41"`, strict.ErrSyntax, `line 1, column 4: invalid JSON: "x" after a backslash`},
		{`"\u12g4"`, strict.ErrSyntax, `line 1, column 2: invalid JSON: want four hexadecimal digits after \u`},
		{`"\u12`, strict.ErrSyntax, `line 1, column 2: invalid JSON: want four hexadecimal digits after \u`},
		{"\"a\tb\"", strict.ErrSyntax, `line 1, column 3: invalid JSON: control character "\t" in a string`},
		{"-", strict.ErrSyntax, `line 1, column 2: invalid JSON: want a digit, got end of document`},
		{"+1", strict.ErrSyntax, `line 1, column 1: invalid JSON: want a value, got "+"`},
		{"[\n01]", strict.ErrSyntax, `line 2, column 2: invalid JSON: a number starts with a superfluous 0`},
		{"1.", strict.ErrSyntax, `line 1, column 3: invalid JSON: want a digit, got end of document`},
		{".5", strict.ErrSyntax, `line 1, column 1: invalid JSON: want a value, got "."`},
		{"1e+x", strict.ErrSyntax, `line 1, column 4: invalid JSON: want a digit, got "x"`},
		{"[1] // no comments", strict.ErrTrailing, `line 1, column 5: "/" after the end of the document`},
		{"{}\n{}", strict.ErrTrailing, `line 2, column 1: "{" after the end of the document`},
		{"0x10", strict.ErrTrailing, `line 1, column 2: "x" after the end of the document`},
		{"[\"caf\xe9\"]", strict.ErrEncoding, `line 1, column 6: invalid UTF-8: byte 0xE9 in a string`},
		{"\"\xed\xa0\x80\"", strict.ErrEncoding, `line 1, column 2: invalid UTF-8: byte 0xED in a string`},
		{`{"a\ud800":1}`, strict.ErrEncoding, `line 1, column 4: half of a surrogate pair: \ud800`},
		{`"\udc00\ud800"`, strict.ErrEncoding, `line 1, column 2: half of a surrogate pair: \udc00`},
		{`"\ud800\u0041"`, strict.ErrEncoding, `line 1, column 2: half of a surrogate pair: \ud800`},
		{`"\uD83D\n"`, strict.ErrEncoding, `line 1, column 2: half of a surrogate pair: \uD83D`},
	}
	for _, tt := range tests {
		t.Run(tt.doc, func(t *testing.T) {
			t.Parallel()
			var v any = "kept"
			err := strict.Unmarshal([]byte(tt.doc), &v)
			require.EqualError(t, err, "strict: "+tt.want)
			require.ErrorIs(t, err, tt.kind)
			require.Equal(t, "kept", v)
		})
	}
}

// A fault of the syntax is the only one: what else there is cannot be judged.
func TestSyntaxComesAlone(t *testing.T) {
	t.Parallel()
	err := strict.Unmarshal([]byte(`{"unknown": 1, "I8": 300, `), &Scalars{})
	require.EqualError(t, err, `strict: line 1, column 27: invalid JSON: want a key in double quotes, got end of document`)
}

func TestDepth(t *testing.T) {
	t.Parallel()
	nested := func(n int) []byte {
		return []byte(strings.Repeat(`[{"a":`, n/2) + "0" + strings.Repeat("}]", n/2))
	}
	tests := []struct {
		options strict.Options
		depth   int
		ok      bool
	}{
		{strict.Options{}, strict.DefaultMaxDepth, true},
		{strict.Options{}, strict.DefaultMaxDepth + 2, false},
		{strict.Options{MaxDepth: 4}, 4, true},
		{strict.Options{MaxDepth: 4}, 6, false},
		{strict.Options{MaxDepth: -1}, 1000, true},
		{strict.Options{MaxDepth: 1 << 40}, 10_000, true},
		{strict.Options{MaxDepth: 1 << 40}, 10_002, false},
	}
	for _, tt := range tests {
		var v any
		err := tt.options.Unmarshal(nested(tt.depth), &v)
		if tt.ok {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, strict.ErrDepth)
		require.Nil(t, v)
	}
	// Brackets that are closed again do not count.
	var v any
	require.NoError(t, strict.Options{MaxDepth: 3}.Unmarshal([]byte(`[[[]],[[],{}],{"a":[]},[[1]]]`), &v))
	err := strict.Options{MaxDepth: 1}.Unmarshal([]byte("[\n{}]"), &v)
	require.EqualError(t, err, "strict: line 2, column 1: arrays and objects are nested too deep")
}

// Documents near a sound one are judged as encoding/json judges them, which
// serves as the slow twin of the scanner.
func TestScannerAgainstEncodingJSON(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	sound := []byte(`{"a": [1, -0.5e+3, true, null, "x\u00e9\\\n"], "b": {"c": false}} `)
	alphabet := []byte(`{}[]",:\u0019eE.+-tn ` + "\n\x00\x80")
	for range 10_000 {
		doc := append([]byte(nil), sound...)
		for range 1 + r.IntN(3) {
			i := r.IntN(len(doc))
			switch r.IntN(3) {
			case 0:
				doc[i] = alphabet[r.IntN(len(alphabet))]
			case 1:
				doc = append(doc[:i], doc[i+1:]...)
			default:
				doc = append(doc[:i], append([]byte{alphabet[r.IntN(len(alphabet))]}, doc[i:]...)...)
			}
		}
		requireSameJudgement(t, doc)
	}
}

// requireSameJudgement holds strict against encoding/json on whether a document
// is JSON at all. Broken encoding is what they are known to differ on, and
// nothing else is compared then.
func requireSameJudgement(t *testing.T, doc []byte) {
	t.Helper()
	var v json.RawMessage
	err := strict.Unmarshal(doc, &v)
	message := fmt.Sprintf("%q: %v", doc, err)
	for _, kind := range []error{strict.ErrSyntax, strict.ErrTrailing} {
		if isKind(err, kind) {
			require.False(t, json.Valid(doc), message)
			return
		}
	}
	if isKind(err, strict.ErrEncoding) || isKind(err, strict.ErrDepth) {
		return
	}
	require.True(t, json.Valid(doc), message)
	require.True(t, utf8.Valid(doc), message)
	if err != nil {
		require.ErrorIs(t, err, strict.ErrDuplicateKey, message)
	}
}
