package scope_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

func freeze(tb testing.TB, s scope.Statement) scope.Baseline {
	tb.Helper()
	b, err := s.Freeze(1, "sponsor", day("2027-02-05"))
	require.NoError(tb, err)
	return b
}

func TestFreeze(t *testing.T) {
	s := complete(t)
	b := freeze(t, s)
	require.True(t, b.Frozen())
	require.Len(t, b.Elements, 4+2+2+10+4+2)
	require.NoError(t, b.Validate())
	require.True(t, slices.IsSortedFunc(b.Elements, func(a, c scope.Element) int {
		return strings.Compare(string(rune(a.Kind))+a.ID, string(rune(c.Kind))+c.ID)
	}))
	s.Scope.Exclusions[0] = "changed"
	require.Equal(t, "Web shop", b.Exclusions[0], "the baseline keeps its own list")

	data, err := json.Marshal(b)
	require.NoError(t, err)
	var back scope.Baseline
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, diff(b, back))
}

func TestFreezeRefuses(t *testing.T) {
	s := complete(t)
	s.Requirements[1].ID = "R-1"
	_, err := s.Freeze(0, " ", 0)
	require.Equal(t, []string{"version", "by", "on", "statement.requirements[1].id"}, pathsOf(err))
	_, err = complete(t).Freeze(-1, "sponsor", day("2027-02-05"))
	require.ErrorIs(t, err, verdict.ErrRange)
}

func TestBaselineFaults(t *testing.T) {
	print1 := freeze(t, complete(t)).Elements[0].Fingerprint
	b := scope.Baseline{Version: 1, By: "x", On: day("2027-01-01"), Exclusions: []string{"a", "a"}, Elements: []scope.Element{
		{Kind: scope.ElementFeature, ID: "F-1", Fingerprint: print1},
		{Kind: scope.ElementRole, ID: "F-1", Fingerprint: print1},
		{Kind: scope.ElementFeature, ID: "F-1"},
		{Kind: 99, Fingerprint: print1},
		{ID: "x", Fingerprint: print1},
	}}
	require.Equal(t, []string{
		"elements[2].fingerprint", "elements[2].id", "elements[3].kind", "elements[3].id", "elements[4].kind", "exclusions[1]",
	}, pathsOf(b.Validate()))
}

// The fingerprint of everything does not depend on the order, and on nothing
// else but the content.
func TestBaselineFingerprint(t *testing.T) {
	a := freeze(t, complete(t))
	b := a
	b.Elements = slices.Clone(a.Elements)
	slices.Reverse(b.Elements)
	b.Version, b.By = 7, "somebody else"
	require.Equal(t, a.Fingerprint(), b.Fingerprint())
	b.Exclusions = b.Exclusions[:1]
	require.NotEqual(t, a.Fingerprint(), b.Fingerprint())
	require.NotEqual(t, scope.Baseline{}.Fingerprint(), a.Fingerprint())
}

// What is promised changes the fingerprint; how the work on it stands does not.
func TestFingerprintContent(t *testing.T) {
	type s = *scope.Statement
	for name, tc := range map[string]struct {
		with func(s)
		want []scope.Touch
	}{
		"nothing":          {func(s) {}, nil},
		"status":           {func(x s) { x.Requirements[0].Status = scope.RequirementDelivered }, nil},
		"trace":            {func(x s) { x.Requirements[0].Objectives = nil }, nil},
		"source":           {func(x s) { x.Requirements[0].Source = scope.Source{} }, nil},
		"grant":            {func(x s) { x.Users.Roles[0].Access[0].Grant = nil }, nil},
		"order":            {func(x s) { slices.Reverse(x.Requirements) }, nil},
		"budget":           {func(x s) { x.Budget = scope.Budget{} }, nil},
		"volume":           {func(x s) { x.Migration.Entities[0].Records++ }, nil},
		"text":             {func(x s) { x.Requirements[0].Text += "!" }, []scope.Touch{{scope.Modified, scope.ElementRequirement, "R-1"}}},
		"priority":         {func(x s) { x.Requirements[1].Priority = scope.Must }, []scope.Touch{{scope.Modified, scope.ElementRequirement, "R-2"}}},
		"rejected":         {func(x s) { x.Requirements[1].Status = scope.RequirementRejected }, []scope.Touch{{scope.Deleted, scope.ElementRequirement, "R-2"}}},
		"won't":            {func(x s) { x.Requirements[1].Priority = scope.Wont }, []scope.Touch{{scope.Deleted, scope.ElementRequirement, "R-2"}}},
		"data exchanged":   {func(x s) { x.Requirements[7].Exchange.Data = append(x.Requirements[7].Exchange.Data, "dunning") }, []scope.Touch{{scope.Modified, scope.ElementRequirement, "R-8"}}},
		"head count":       {func(x s) { x.Users.Roles[0].Count++ }, []scope.Touch{{scope.Modified, scope.ElementRole, "sales"}}},
		"need":             {func(x s) { x.Users.Roles[0].Access[1].Need = []string{"read", "print"} }, []scope.Touch{{scope.Modified, scope.ElementRole, "sales"}}},
		"feature":          {func(x s) { x.Scope.Features[0].Description = "" }, []scope.Touch{{scope.Modified, scope.ElementFeature, "F-1"}}},
		"integration gone": {func(x s) { x.Scope.Integrations = x.Scope.Integrations[1:] }, []scope.Touch{{scope.Deleted, scope.ElementIntegration, "I-1"}}},
		"deadline":         {func(x s) { x.Goals.Objectives[0].Deadline++ }, []scope.Touch{{scope.Modified, scope.ElementObjective, "O-1"}}},
		"set aside": {func(x s) {
			x.Goals.SetAside = []scope.SetAside{{Objective: x.Goals.Objectives[0]}}
			x.Goals.Objectives = x.Goals.Objectives[1:]
		}, []scope.Touch{{scope.Deleted, scope.ElementObjective, "O-1"}}},
		"threshold of all": {func(x s) { x.Migration.Acceptance.Accuracy = ratio.Int(1) }, []scope.Touch{{scope.Modified, scope.ElementEntity, "D-1"}}},
		"moved between fields": {func(x s) {
			f := &x.Scope.Features[0]
			f.Name, f.Description = f.Name[:4], f.Name[4:]+f.Description
		}, []scope.Touch{{scope.Modified, scope.ElementFeature, "F-1"}}},
	} {
		t.Run(name, func(t *testing.T) {
			base, now := complete(t), complete(t)
			tc.with(&now)
			require.Empty(t, diff(tc.want, scope.Diff(base.Elements(), now.Elements())))
		})
	}
}

// "ab", "c" is not "a", "bc".
func TestFingerprintBoundaries(t *testing.T) {
	prints := map[scope.Fingerprint]bool{}
	for _, data := range [][]string{nil, {""}, {"abc"}, {"ab", "c"}, {"a", "bc"}, {"", "abc"}} {
		r := scope.Requirement{ID: "R", Component: scope.ComponentIntegration, Exchange: scope.Exchange{Data: data}}
		prints[scope.Statement{Requirements: []scope.Requirement{r}}.Elements()[0].Fingerprint] = true
	}
	require.Len(t, prints, 6)
}

func TestFingerprintText(t *testing.T) {
	f := freeze(t, complete(t)).Fingerprint()
	back, err := scope.ParseFingerprint(f.String())
	require.NoError(t, err)
	require.Equal(t, f, back)
	for _, bad := range []string{"", "00", strings.Repeat("g", 64), strings.ToUpper(f.String()), f.String() + "00"} {
		_, err := scope.ParseFingerprint(bad)
		require.ErrorIs(t, err, verdict.ErrInvalid, "%q", bad)
	}
	require.Error(t, back.UnmarshalText([]byte("00")))
	require.Equal(t, f, back, "unchanged on error")
	require.NoError(t, back.UnmarshalText(nil))
	require.True(t, back.IsZero())
	require.Empty(t, back.String())
}

// FuzzParseFingerprint checks that what is read is written as it was.
func FuzzParseFingerprint(f *testing.F) {
	f.Add(strings.Repeat("0a", 32))
	f.Add("0A")
	f.Fuzz(func(t *testing.T, text string) {
		print1, err := scope.ParseFingerprint(text)
		if err != nil {
			require.True(t, print1.IsZero())
			return
		}
		if !print1.IsZero() {
			require.Equal(t, text, print1.String())
		}
	})
}

// slowDiff compares every element with every other.
func slowDiff(before, after []scope.Element) []scope.Touch {
	var touches []scope.Touch
	for _, b := range before {
		op := scope.Deleted
		for _, a := range after {
			if a == b {
				op = 0
			} else if a.Kind == b.Kind && a.ID == b.ID {
				op = scope.Modified
			}
		}
		if op != 0 {
			touches = append(touches, scope.Touch{Operation: op, Kind: b.Kind, ID: b.ID})
		}
	}
	for _, a := range after {
		if !slices.ContainsFunc(before, func(b scope.Element) bool { return a.Kind == b.Kind && a.ID == b.ID }) {
			touches = append(touches, scope.Touch{Operation: scope.Added, Kind: a.Kind, ID: a.ID})
		}
	}
	slices.SortFunc(touches, func(a, b scope.Touch) int {
		return strings.Compare(string(rune(a.Kind))+a.ID, string(rune(b.Kind))+b.ID)
	})
	return touches
}

func randomElements(rng *rand.Rand, n int) []scope.Element {
	var list []scope.Element
	for i := range n {
		if rng.IntN(3) > 0 {
			list = append(list, scope.Element{
				Kind: scope.ElementKind(1 + i%6), ID: string(rune('a' + i%26)), Fingerprint: scope.Fingerprint{byte(1 + rng.IntN(2))},
			})
		}
	}
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func TestDiffAgainstSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		before, after := randomElements(rng, 20), randomElements(rng, 20)
		there, back := scope.Diff(before, after), scope.Diff(after, before)
		require.Empty(t, diff(slowDiff(before, after), there))
		require.Len(t, back, len(there))
		for i := range there { // the way back undoes it
			require.Equal(t, there[i].ID, back[i].ID)
			require.Equal(t, there[i].Operation == scope.Added, back[i].Operation == scope.Deleted)
		}
		require.Empty(t, scope.Diff(before, before))
	}
}

func benchmarkElements() (before, after []scope.Element) {
	for i := range 2000 {
		e := scope.Element{Kind: scope.ElementRequirement, ID: calendar.Date(i + 1).String(), Fingerprint: scope.Fingerprint{1}}
		before = append(before, e)
		if i%7 == 0 {
			e.Fingerprint[0] = 2
		}
		after = append(after, e)
	}
	return before, after
}

func BenchmarkDiff(b *testing.B) {
	before, after := benchmarkElements()
	b.ReportAllocs()
	for b.Loop() {
		scope.Diff(before, after)
	}
}

func BenchmarkDiffSlow(b *testing.B) {
	before, after := benchmarkElements()
	b.ReportAllocs()
	for b.Loop() {
		slowDiff(before, after)
	}
}
