package scope_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

type completenessFile struct {
	Components map[string][]struct {
		Item   string
		Weight int64
		Gate   bool
	}
	NotApplicableAllowed []string `json:"not_applicable_allowed"`
	Cases                []completenessCase
}

type completenessCase struct {
	ID, Name, Note  string
	Missing         []scope.ItemRef
	NotApplicable   []scope.Component `json:"not_applicable"`
	Weights         map[scope.Component]int64
	Threshold       fraction
	ComponentScores map[scope.Component]*fraction `json:"component_scores"`
	Score           *fraction
	FailedGates     []scope.ItemRef   `json:"failed_gates"`
	Illegal         []scope.Component `json:"illegal_not_applicable"`
	Ready           bool
}

// scheme returns the default scheme with the weights and threshold of a case.
func (c completenessCase) scheme() scope.Scheme {
	s := scope.DefaultScheme()
	s.Threshold = c.Threshold.ratio()
	for i := range s.Components {
		s.Components[i].Weight = c.Weights[s.Components[i].Component]
	}
	return s
}

func (c completenessCase) checklist() scope.Checklist {
	var list scope.Checklist
	for _, ref := range c.Missing {
		list.Missing = append(list.Missing, scope.Gap{Item: ref})
	}
	for _, component := range c.NotApplicable {
		list.NotApplicable = append(list.NotApplicable, scope.Exemption{Component: component, Rationale: c.Name})
	}
	return list
}

// SC-05, SC-29: the reference cases, from data.
func TestCompletenessReference(t *testing.T) {
	var file completenessFile
	reference(t, "completeness.json", &file)
	require.Len(t, file.Cases, 12)
	for _, c := range file.Cases {
		t.Run(c.ID, func(t *testing.T) {
			got, err := c.scheme().Score(c.checklist())
			require.NoError(t, err)
			for _, component := range got.Components {
				c.ComponentScores[component.Component].same(t, component.Score, component.Component.String())
				require.Equal(t, c.ComponentScores[component.Component] == nil, component.NotApplicable)
			}
			c.Score.same(t, got.Score, c.Note)
			require.Equal(t, nonNil(c.FailedGates), nonNil(got.FailedGates))
			require.Equal(t, nonNil(c.Illegal), each(got.Illegal, func(x scope.Illegal) scope.Component { return x.Component }))
			require.Equal(t, c.Ready, got.Ready, c.Note)
		})
	}
}

func nonNil[T any](list []T) []T { return append([]T{}, list...) }

func each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// The default scheme is the one of the reference data, item by item.
func TestDefaultScheme(t *testing.T) {
	var file completenessFile
	reference(t, "completeness.json", &file)
	scheme := scope.DefaultScheme()
	require.NoError(t, scheme.Validate())
	require.Equal(t, ratio.New(4, 5), scheme.Threshold)
	require.Equal(t, scope.Components(), each(scheme.Components, func(c scope.ComponentScheme) scope.Component { return c.Component }))
	for _, c := range scheme.Components {
		want := file.Components[c.Component.String()]
		require.Len(t, c.Items, len(want), c.Component)
		for i, item := range c.Items {
			require.Equal(t, scope.Item{Name: want[i].Item, Weight: want[i].Weight, Gate: want[i].Gate}, item)
		}
		require.Equal(t, slices.Contains(file.NotApplicableAllowed, c.Component.String()), c.Exemptible)
		require.EqualValues(t, 1, c.Weight)
	}
}

// The two ends: nothing stated satisfies nothing, and is CMP-02; the complete
// statement is CMP-01. Both ways in share one truth.
func TestCompletenessOfStatements(t *testing.T) {
	var file completenessFile
	reference(t, "completeness.json", &file)
	empty := scope.Statement{}.Checklist(scope.Scheme{})
	refs := each(empty.Missing, func(g scope.Gap) string { return g.Item.String() })
	slices.Sort(refs)
	require.Equal(t, each(file.Cases[1].Missing, scope.ItemRef.String), refs)
	for _, gap := range empty.Missing {
		require.NotEmpty(t, gap.Reason, gap.Item)
	}
	c, err := scope.Statement{}.Completeness(scope.Scheme{})
	require.NoError(t, err)
	require.Equal(t, ratio.Int(0), c.Score)
	require.Equal(t, file.Cases[1].FailedGates, c.FailedGates)

	require.Empty(t, complete(t).Checklist(scope.Scheme{}).Missing)
	c, err = complete(t).Completeness(scope.Scheme{})
	require.NoError(t, err)
	require.Equal(t, ratio.Int(1), c.Score)
	require.True(t, c.Ready)
}

func TestNotApplicable(t *testing.T) {
	s := complete(t)
	s.Migration = scope.Migration{}
	for name, tc := range map[string]struct {
		declared []scope.Exemption
		score    string
		ready    bool
		illegal  int
	}{
		"not declared":    {nil, "41/45", false, 0},
		"with rationale":  {[]scope.Exemption{{Component: scope.ComponentMigration, Rationale: "Green field."}}, "1", true, 0},
		"no rationale":    {[]scope.Exemption{{Component: scope.ComponentMigration, Rationale: " "}}, "8/9", false, 1},
		"twice, one good": {[]scope.Exemption{{Component: scope.ComponentMigration}, {Component: scope.ComponentMigration, Rationale: "Green field."}}, "1", true, 0},
		"not allowed":     {[]scope.Exemption{{Component: scope.ComponentTimeline, Rationale: "We never finish."}}, "4/5", false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s.NotApplicable = tc.declared
			c, err := s.Completeness(scope.Scheme{})
			require.NoError(t, err)
			require.Equal(t, tc.ready, c.Ready)
			require.Len(t, c.Illegal, tc.illegal)
			if name != "not declared" && name != "not allowed" {
				require.Equal(t, tc.score, c.Score.String())
			}
			for _, x := range c.Illegal {
				require.Contains(t, x.Reason, x.Component.String())
			}
		})
	}
}

// A component that the scheme does not have cannot disturb it.
func TestSchemeOfFewComponents(t *testing.T) {
	scheme := scope.Scheme{Components: scope.DefaultScheme().Components[:2], Threshold: ratio.Int(1)}
	s := complete(t)
	s.NotApplicable = []scope.Exemption{{Component: scope.ComponentMigration, Rationale: "Green field."}}
	c, err := s.Completeness(scheme)
	require.NoError(t, err)
	require.True(t, c.Ready)
	require.Len(t, c.Components, 2)
}

func TestWeightZero(t *testing.T) {
	all := scope.DefaultScheme()
	gap := scope.Checklist{Missing: []scope.Gap{{Item: scope.ItemRef{Component: scope.ComponentScope, Name: "functionalities>=1"}}}}

	all.Components[0].Weight = 0 // out of the score, its gates hold
	c, err := all.Score(gap)
	require.NoError(t, err)
	require.Equal(t, ratio.Int(1), c.Score)
	require.False(t, c.Ready)
	require.Len(t, c.FailedGates, 1)

	for i := range all.Components {
		all.Components[i].Weight = 0
	}
	c, err = all.Score(scope.Checklist{})
	require.NoError(t, err)
	require.False(t, c.Score.Defined())
	require.False(t, c.Ready, "undefined is not ready")

	gates := scope.Scheme{Components: []scope.ComponentScheme{
		{Component: scope.ComponentScope, Items: []scope.Item{{Name: "functionalities>=1", Gate: true}}},
		{Component: scope.ComponentBudget, Weight: 3, Items: []scope.Item{{Name: "software_cost", Weight: 2}}},
	}}
	c, err = gates.Score(scope.Checklist{})
	require.NoError(t, err)
	require.False(t, c.Components[0].Score.Defined())
	require.True(t, c.Ready)
}

// SC-29: everything that applies is declared away.
func TestAllNotApplicable(t *testing.T) {
	scheme := scope.DefaultScheme()
	var list scope.Checklist
	for i := range scheme.Components {
		scheme.Components[i].Exemptible = true
		list.NotApplicable = append(list.NotApplicable, scope.Exemption{Component: scheme.Components[i].Component, Rationale: "x"})
	}
	c, err := scheme.Score(list)
	require.NoError(t, err)
	require.False(t, c.Score.Defined())
	require.False(t, c.Ready)
	require.Empty(t, c.FailedGates)
}

func TestChecklistFaults(t *testing.T) {
	ref := scope.ItemRef{Component: scope.ComponentScope, Name: "user_count>0"}
	list := scope.Checklist{
		Missing: []scope.Gap{
			{Item: ref},
			{Item: scope.ItemRef{Component: scope.ComponentScope, Name: "no_such_item"}},
			{Item: ref},
			{},
		},
		NotApplicable: []scope.Exemption{
			{Component: scope.ComponentMigration, Rationale: "x"},
			{Component: scope.ComponentMigration, Rationale: "x"},
			{Component: 99, Rationale: "x"},
			{Rationale: "x"},
		},
	}
	c, err := scope.Scheme{}.Score(list)
	require.Equal(t, scope.Completeness{}, c)
	require.Equal(t, []string{
		"missing[1].item", "missing[2].item", "missing[3].item",
		"notApplicable[1].component", "notApplicable[2].component", "notApplicable[3].component",
	}, pathsOf(err))
	for _, want := range []error{verdict.ErrUnknown, verdict.ErrDuplicate, verdict.ErrMissing} {
		require.ErrorIs(t, err, want)
	}
}

func TestSchemeFaults(t *testing.T) {
	scheme := scope.Scheme{
		Components: []scope.ComponentScheme{
			{Component: scope.ComponentScope, Weight: 2, Items: []scope.Item{{Name: "a"}, {Name: "b"}}},
			{Component: scope.ComponentScope, Weight: -1, Items: []scope.Item{{Name: "a", Weight: 1}, {Name: "a", Weight: 1}, {Name: " ", Weight: -1}, {Weight: 1}}},
			{Weight: scope.MaxWeight + 1},
			{Component: 77},
		},
		Threshold: ratio.New(3, 2),
	}
	require.Equal(t, []string{
		"components[0].items",
		"components[1].component", "components[1].weight", "components[1].items[1].name", "components[1].items[2].name",
		"components[1].items[2].weight", "components[1].items[3].name",
		"components[2].component", "components[2].weight", "components[2].items",
		"components[3].component", "threshold",
	}, pathsOf(scheme.Validate()))
	_, err := scheme.Score(scope.Checklist{})
	require.Contains(t, pathsOf(err), "scheme.threshold")
	_, err = scope.Scheme{Threshold: ratio.Undefined("lost")}.Score(scope.Checklist{})
	require.ErrorIs(t, err, ratio.ErrUndefined)
	_, err = complete(t).Completeness(scheme)
	require.Error(t, err)
}

// SC-29: an organisation's own items, of a family and by confirmation.
func TestOwnItems(t *testing.T) {
	scheme := scope.Scheme{Components: []scope.ComponentScheme{
		{Component: scope.ComponentBusiness, Weight: 1, Items: []scope.Item{{Name: "source_legal", Weight: 1}, {Name: "works_council_heard", Weight: 1, Gate: true}}},
		{Component: scope.ComponentBudget, Weight: 1, Items: []scope.Item{{Name: "other_cost", Weight: 1}}},
		{Component: scope.ComponentTechnical, Weight: 1, Items: []scope.Item{{Name: "servers", Weight: 1}}},
	}}
	s := complete(t)
	c, err := s.Completeness(scheme)
	require.NoError(t, err)
	require.Equal(t, ratio.Int(0), c.Score)
	require.Len(t, c.Gaps, 4)
	require.Contains(t, c.Gaps[1].Reason, "nobody has confirmed")

	s.Inputs = append(s.Inputs, scope.Input{Component: scope.ComponentBusiness, Department: "Legal", By: "N. Ito", On: day("2027-01-15")})
	s.Confirmed = []scope.Confirmation{{Item: c.Gaps[1].Item, By: "N. Ito", On: day("2027-01-15")}}
	s.Budget.Lines = append(s.Budget.Lines, scope.Line{ID: "B-5", Category: scope.CostOther, Amount: s.Budget.Total})
	s.Requirements[3].Area = scope.AreaServers
	c, err = s.Completeness(scheme)
	require.NoError(t, err)
	require.Equal(t, ratio.Int(1), c.Score)
	require.True(t, c.Ready)

	s.Confirmed[0].By = ""
	c, err = s.Completeness(scheme)
	require.NoError(t, err)
	require.False(t, c.Ready, "nobody's word is no confirmation")
}

// Random schemes and checklists against a twin in big fractions, and the laws:
// a gap never raises the score, a failed gate is never ready.
func TestCompletenessLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		scheme, list := randomScheme(rng)
		c, err := scheme.Score(list)
		require.NoError(t, err)
		want, ok := slowScore(scheme, list)
		if !ok {
			require.False(t, c.Score.Defined())
			require.False(t, c.Ready)
			continue
		}
		if want.Num().IsInt64() && want.Denom().IsInt64() {
			require.Equal(t, ratio.New(want.Num().Int64(), want.Denom().Int64()), c.Score)
		} else {
			require.Equal(t, ratio.Overflow, c.Score.Reason())
		}
		if len(c.FailedGates)+len(c.Illegal) > 0 {
			require.False(t, c.Ready)
		}
		if len(list.Missing) > 0 {
			fewer := scope.Checklist{Missing: list.Missing[1:], NotApplicable: list.NotApplicable}
			better, err := scheme.Score(fewer)
			require.NoError(t, err)
			if better.Score.Defined() && c.Score.Defined() {
				require.True(t, better.Score.AtLeast(c.Score))
			}
			require.False(t, c.Ready && !better.Ready && better.Score.Defined())
		}
	}
}

func randomScheme(rng *rand.Rand) (scope.Scheme, scope.Checklist) {
	scheme := scope.Scheme{Threshold: ratio.New(rng.Int64N(11), 10)}
	var list scope.Checklist
	for _, component := range scope.Components() {
		c := scope.ComponentScheme{Component: component, Weight: rng.Int64N(4) * rng.Int64N(1000), Exemptible: rng.IntN(2) == 0}
		for i := range 1 + rng.IntN(6) {
			item := scope.Item{Name: fmt.Sprint("item ", i), Weight: 1 + rng.Int64N(1+rng.Int64N(1000)), Gate: rng.IntN(3) == 0}
			c.Items = append(c.Items, item)
			if rng.IntN(3) == 0 {
				list.Missing = append(list.Missing, scope.Gap{Item: scope.ItemRef{Component: component, Name: item.Name}})
			}
		}
		if rng.IntN(6) == 0 {
			list.NotApplicable = append(list.NotApplicable, scope.Exemption{Component: component, Rationale: "for a reason"})
		}
		scheme.Components = append(scheme.Components, c)
	}
	return scheme, list
}

// slowScore is the definition, word for word.
func slowScore(scheme scope.Scheme, list scope.Checklist) (*big.Rat, bool) {
	sum, weights := new(big.Rat), new(big.Rat)
	for _, c := range scheme.Components {
		declared := slices.ContainsFunc(list.NotApplicable, func(e scope.Exemption) bool { return e.Component == c.Component })
		if declared && c.Exemptible {
			continue
		}
		var have, all int64
		for _, item := range c.Items {
			ref := scope.ItemRef{Component: c.Component, Name: item.Name}
			missing := slices.ContainsFunc(list.Missing, func(g scope.Gap) bool { return g.Item == ref })
			all += item.Weight
			if !missing && !declared {
				have += item.Weight
			}
		}
		w := new(big.Rat).SetInt64(c.Weight)
		weights.Add(weights, w)
		sum.Add(sum, w.Mul(w, big.NewRat(have, all)))
	}
	if weights.Sign() == 0 {
		return nil, false
	}
	return sum.Quo(sum, weights), true
}

// The largest weights neither overflow nor wrap.
func TestCompletenessOverflow(t *testing.T) {
	scheme := scope.Scheme{Threshold: ratio.New(1, 2)}
	var list scope.Checklist
	for i, component := range scope.Components() {
		scheme.Components = append(scheme.Components, scope.ComponentScheme{
			Component: component, Weight: scope.MaxWeight - int64(i),
			Items: []scope.Item{{Name: "a", Weight: scope.MaxWeight}, {Name: "b", Weight: scope.MaxWeight - int64(2*i+1)}},
		})
		list.Missing = append(list.Missing, scope.Gap{Item: scope.ItemRef{Component: component, Name: "b"}})
	}
	c, err := scheme.Score(list)
	require.NoError(t, err)
	require.Equal(t, ratio.Overflow, c.Score.Reason())
	require.False(t, c.Ready)
}

func TestCompletenessJSON(t *testing.T) {
	s := complete(t)
	s.NotApplicable = []scope.Exemption{{Component: scope.ComponentBudget, Rationale: "free", On: calendar.MustParse("2027-01-01")}}
	s.Scope.Users = 0
	want, err := s.Completeness(scope.Scheme{})
	require.NoError(t, err)
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var got scope.Completeness
	require.NoError(t, json.Unmarshal(data, &got))
	require.Empty(t, diff(want, got))
	data, err = json.Marshal(scope.DefaultScheme())
	require.NoError(t, err)
	var scheme scope.Scheme
	require.NoError(t, json.Unmarshal(data, &scheme))
	require.Empty(t, diff(scope.DefaultScheme(), scheme))
}
