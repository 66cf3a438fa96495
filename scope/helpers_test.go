package scope_test

import (
	_ "embed"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

var update = flag.Bool("update", false, "write the golden files")

//go:embed testdata/statement.json
var statementJSON []byte

// complete returns a fresh copy of the complete statement.
func complete(tb testing.TB) scope.Statement {
	tb.Helper()
	var s scope.Statement
	require.NoError(tb, json.Unmarshal(statementJSON, &s))
	return s
}

// reference reads a file of reference data.
func reference(tb testing.TB, name string, into any) {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(tb, err)
	require.NoError(tb, json.Unmarshal(data, into))
}

// A fraction is an exact number of the reference data.
type fraction struct{ Num, Den int64 }

func (f *fraction) ratio() ratio.Ratio { return ratio.New(f.Num, f.Den) }

// same requires that got is the number, or undefined if it is nil.
func (f *fraction) same(tb testing.TB, got ratio.Ratio, what string) {
	tb.Helper()
	if f == nil {
		require.False(tb, got.Defined(), "%s: %s", what, got)
		require.NotEmpty(tb, got.Reason(), what)
		return
	}
	require.Equal(tb, f.ratio().String(), got.String(), what)
}

// pathsOf returns the paths of the faults of an error.
func pathsOf(err error) []string {
	var paths []string
	for _, f := range verdict.FaultsOf(err) {
		paths = append(paths, f.Path)
	}
	return paths
}

func day(s string) calendar.Date { return calendar.MustParse(s) }

// drop returns the list without element i.
func drop[T any](list []T, i int) []T {
	return append(append([]T(nil), list[:i]...), list[i+1:]...)
}

// diff compares plain values.
func diff(want, got any) string {
	return cmp.Diff(want, got, cmpopts.EquateComparable(ratio.Ratio{}))
}
