package strict_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/internal/strict"
)

// file returns a document of about 1 MB.
func file(b *testing.B) []byte {
	b.Helper()
	r := rand.New(rand.NewPCG(7, 8))
	list := make([]Everything, 1000)
	for i := range list {
		build(r, reflectValue(&list[i]), 5)
	}
	doc, err := json.Marshal(list)
	require.NoError(b, err)
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	return doc
}

func BenchmarkUnmarshal(b *testing.B) {
	doc := file(b)
	for b.Loop() {
		var v []Everything
		require.NoError(b, strict.Unmarshal(doc, &v))
	}
}

// The naive twin: encoding/json, unknown fields disallowed.
func BenchmarkUnmarshalEncodingJSON(b *testing.B) {
	doc := file(b)
	for b.Loop() {
		var v []Everything
		require.NoError(b, lenient(doc, &v))
	}
}

func BenchmarkUnmarshalAny(b *testing.B) {
	doc := file(b)
	for b.Loop() {
		var v any
		require.NoError(b, strict.Unmarshal(doc, &v))
	}
}

func BenchmarkUnmarshalAnyEncodingJSON(b *testing.B) {
	doc := file(b)
	for b.Loop() {
		var v any
		require.NoError(b, lenient(doc, &v))
	}
}
