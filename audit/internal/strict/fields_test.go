package strict_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/internal/strict"
)

type (
	Count uint
	leaf  struct{ A, B, C int }
	Leaf  struct{ A, B, C int }
	Named int

	ambiguous struct {
		Left
		Right
	}
	deepTwice struct {
		Twice1
		Twice2
	}
	viaPointer struct {
		*Leaf
		A string
	}
	hiddenPtr struct{ *leaf }
	taggedPtr struct {
		*leaf `json:"leaf"`
	}
	taggedHid struct {
		leaf `json:"leaf"`
	}
	scalarIn struct {
		Named
		*Count
	}
	hiddenInt struct {
		named
		X int
	}
	named    int
	retagged struct {
		Leaf   `json:"inner"`
		*Inner `json:"A"`
	}
	recursive struct {
		*recursive
		Next *recursive `json:"next"`
		V    int
	}
	Loop1 struct {
		*Loop2
		X int
	}
	Loop2 struct {
		*Loop1
		X, Y int
	}
	square struct{ Leaf }
	// What a struct that is embedded twice itself embeds is not ambiguous to
	// encoding/json, though the Go language would have it so.
	deeperTwice struct {
		Up1
		Up2
	}
	Up1  struct{ square }
	Up2  struct{ square }
	Wide struct {
		square
		Twice2
	}
)

// oddTags and twoOfOneTag are made at run time, since go vet and staticcheck
// rightly refuse their text.
var (
	oddTags = made(
		"Quote", `json:"a\"b"`, "Comma", `json:",omitempty"`, "Dash", `json:"-,"`, "Punct", `json:"$%/ x-y.z"`,
		"Unicode", `json:"größe"`, "Empty", `json:""`, "NoJSON", `yaml:"no"`, "Omitted", `json:"-"`, "Lower", `json:"lower"`,
	)
	twoOfOneTag = made("SameName", `json:"dup"`, "Same2", `json:"dup"`, "A", ``)
	quotedList  = reflect.Zero(reflect.StructOf([]reflect.StructField{
		{Name: "Q", Type: reflect.TypeFor[[]int](), Tag: `json:"quoted,string"`}, // means nothing for a slice
	})).Interface()
)

// made returns the zero of a struct type with integer fields, given as names
// and tags in turn.
func made(namesAndTags ...string) any {
	var fields []reflect.StructField
	for pair := range slices.Chunk(namesAndTags, 2) {
		tag := reflect.StructTag(pair[1])
		fields = append(fields, reflect.StructField{Name: pair[0], Type: reflect.TypeFor[int](), Tag: tag})
	}
	return reflect.Zero(reflect.StructOf(fields)).Interface()
}

// Which fields a struct has is settled as in encoding/json: each name that
// could be meant is tried on both.
func TestFieldsAgainstEncodingJSON(t *testing.T) {
	t.Parallel()
	names := []string{
		"A", "B", "C", "X", "Y", "V", "Both", "OnlyLeft", "OnlyRight", "Won", "Wins", "Left", "Right", "Leaf", "leaf",
		"Named", "named", "Count", "Level", "inner", "Inner", "deep", "same", "other", "a\"b", "Quote", "Comma", "-", "-,", "Dash",
		"$%/ x-y.z", "Punct", "größe", "Unicode", "Empty", "NoJSON", "no", "Omitted", "lower", "Lower", "SameName", "dup",
		"Same2", "quoted", "next", "recursive", "Promoted", "Skipped", "private", "tagged", "Loop1", "Loop2", "square", "",
	}
	values := []string{`1`, `"low"`, `{}`, `{"A":1}`, `[1]`, `null`}
	zeros := []any{
		ambiguous{}, deepTwice{}, deeperTwice{}, viaPointer{}, hiddenPtr{}, taggedHid{}, scalarIn{}, hiddenInt{named: 1}, retagged{},
		oddTags, twoOfOneTag, quotedList, recursive{recursive: nil}, Loop1{}, Wide{}, Outer{}, Everything{},
	}
	for _, zero := range zeros {
		accepted := 0
		for _, name := range names {
			for _, value := range values {
				key, err := json.Marshal(name)
				require.NoError(t, err)
				doc := []byte("{" + string(key) + ":" + value + "}")
				got, err := decode(strict.Unmarshal, doc, zero)
				theirs, theirErr := decode(lenient, doc, zero)
				if err == nil {
					accepted++
					require.NoError(t, theirErr, "%T %s", zero, doc)
					require.Empty(t, cmp.Diff(theirs, got, same), "%T %s", zero, doc)
				} else if theirErr == nil {
					// What they take and we do not: null and names in another case.
					known := isKind(err, strict.ErrNull) || isKind(err, strict.ErrUnknownField) && isFolded(zero, name)
					require.True(t, known, "%T %s: %v", zero, doc, err)
				}
			}
		}
		switch zero.(type) {
		case hiddenPtr, deepTwice: // no field can be meant
			require.Zero(t, accepted, "%T", zero)
		default:
			require.NotZero(t, accepted, "%T", zero)
		}
	}
}

// isFolded tells whether encoding/json finds a field for the name only by
// looking away from its case.
func isFolded(zero any, name string) bool {
	p := reflect.New(reflect.TypeOf(zero))
	data, err := json.Marshal(p.Interface())
	var exact map[string]any
	return err == nil && json.Unmarshal(data, &exact) == nil && exact[name] == nil
}

func TestUnexportedEmbedding(t *testing.T) {
	t.Parallel()
	tests := []struct {
		doc  string
		zero any
		want string
	}{
		{`{"A":1}`, hiddenPtr{}, "strict: A: the embedded pointer *strict_test.leaf is unexported"},
		{`{"leaf":null}`, taggedPtr{}, "strict: leaf: Go type *strict_test.leaf cannot be decoded into"},
		{`{"leaf":{}}`, taggedPtr{}, "strict: leaf: Go type *strict_test.leaf cannot be decoded into"},
	}
	for _, tt := range tests {
		_, err := decode(strict.Unmarshal, []byte(tt.doc), tt.zero)
		require.EqualError(t, err, tt.want)
		require.ErrorIs(t, err, strict.ErrTarget)
	}
}

func TestNearestName(t *testing.T) {
	t.Parallel()
	var v struct {
		ID          int `json:"id"`
		DisplayName int `json:"displayName"`
		Owner       int `json:"owner"`
		Due         int `json:"due"`
		VeryLong    int `json:"aNameThatIsLongerThanAnyoneWouldWriteInAFile"`
	}
	tests := map[string]string{
		"di": "id", "ID": "id", "i": "id", "x": "", "xy": "",
		"display_name": "displayName", "display-name": "displayName", "dispalyNmae": "displayName", "displayed": "",
		"onwer": "owner", "owners": "owner", "ower": "owner", "ownr": "owner", "duo": "due", "Dew": "", "dead": "",
		"": "", "_": "", "deadline": "",
		"aNameThatIsLongerThanAnyoneWouldWriteInAFilee": "",
	}
	for key, want := range tests {
		err := strict.Unmarshal([]byte(`{"`+key+`":1}`), &v)
		require.ErrorIs(t, err, strict.ErrUnknownField)
		if want == "" {
			require.NotContains(t, err.Error(), "did you mean", key)
		} else {
			require.ErrorContains(t, err, `(did you mean "`+want+`"?)`, key)
		}
	}
}
