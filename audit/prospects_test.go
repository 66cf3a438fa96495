package audit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/quant"
)

// threat is a risk that delays by about as many days.
func threat(id, probability string, days int64) risk.Risk {
	r := risk.Risk{ID: id, Title: id, Kind: risk.Threat, Raised: day("2027-02-01")}
	if probability != "" {
		r.Estimate.Probability = ratio.MustParse(probability)
	}
	if days > 0 {
		r.Estimate.Delay = risk.DelayRange{Min: days - 1, Mode: days, Max: 2 * days}
	}
	return r
}

// risky returns the late project with risks.
func risky(risks ...risk.Risk) *audit.Dossier {
	d := steered()
	d.Risks = risk.Register{Matrix: risk.Classic5x5(), Risks: risks}
	return d
}

func prospects(tb testing.TB, d *audit.Dossier) audit.Prospects {
	tb.Helper()
	p, err := d.Prospects(tb.Context(), day("2027-03-19"), control.CompareOptions{Iterations: 400, Seed: 3})
	require.NoError(tb, err)
	return p
}

// CP-32, CP-35, RI-04: the chance to be on time with what the risks of the register
// may delay. Those that name no activity delay the finish.
func TestProspects(t *testing.T) {
	t.Parallel()
	d := risky(threat("R-1", "1/2", 3), threat("R-2", "1/3", 6), threat("R-3", "1/4", 0), threat("R-4", "", 5), threat("R-5", "0", 5))
	d.Project.Activities = append(d.Project.Activities, d.Project.Activities[1])
	d.Project.Activities[2].ID, d.Project.Activities[2].Start, d.Project.Activities[2].Finish = "idea", 0, 0
	d.Control.Hits = []audit.Hit{{Risk: "R-1", Activities: []string{"test", "idea"}}, {Risk: "R-2"}}
	require.NoError(t, d.Validate())
	data, err := d.Encode()
	require.NoError(t, err)
	back, err := audit.Decode(data)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(d, back))

	p := prospects(t, d)
	require.Equal(t, []audit.Hit{{Risk: "R-1", Activities: []string{"test"}}, {Risk: "R-2"}}, p.Hits)
	require.Equal(t, []string{"R-1", "R-2"}, p.Comparison.Delays)
	require.Equal(t, []risk.Gap{
		{Path: "risks[R-4].estimate.probability", Why: risk.NoProbability},
		{Path: "control.hits[R-1].activities[1]", Why: "idea has no dates"},
	}, p.Gaps)

	alone, err := d.Corrections(t.Context(), day("2027-03-19"), control.CompareOptions{Iterations: 400, Seed: 3})
	require.NoError(t, err)
	for i, o := range p.Comparison.Options {
		require.LessOrEqual(t, o.OnTime.Value, alone.Options[i].OnTime.Value)
		require.Greater(t, o.P80.Value, alone.Options[i].P80.Value)
		require.Equal(t, alone.Options[i].Finish, o.Finish)
	}
}

// Without risks, or where none are wanted, the figures are those of durations alone.
func TestProspectsWithoutRisks(t *testing.T) {
	t.Parallel()
	o := control.CompareOptions{Iterations: 400, Seed: 3}
	want, err := steered().Corrections(t.Context(), day("2027-03-19"), o)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(want, prospects(t, steered()).Comparison))
	require.Empty(t, cmp.Diff(want, prospects(t, risky(threat("R-1", "1/2", 0))).Comparison))
	o.Delays = []control.Delay{}
	p, err := risky(threat("R-1", "1/2", 3)).Prospects(t.Context(), day("2027-03-19"), o)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(want, p.Comparison))
	require.Empty(t, p.Hits)
}

// What is finished, or was dealt with, delays nothing any more; what has happened is no
// matter of chance, until it is resolved.
func TestDelaysLeftOut(t *testing.T) {
	t.Parallel()
	over, happened, avoided := threat("R-1", "1/2", 3), threat("R-2", "1/2", 3), threat("R-3", "1/2", 3)
	happened.Occurrences = []risk.Occurrence{{On: day("2027-03-01")}}
	avoided.Responses = []risk.Response{{ID: "A", Strategy: risk.Avoid, Status: risk.ResponseDone}}
	d := risky(over, happened, avoided)
	d.Project.Activities[0].ActualFinish = day("2027-03-18")
	d.Control.Hits = []audit.Hit{{Risk: "R-1", Activities: []string{"build"}}}
	got, err := d.Delays(t.Context(), day("2027-03-19"))
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(audit.Delays{Gaps: []risk.Gap{
		{Path: "risks[R-2].occurrences", Why: audit.ItHappened},
		{Path: "control.hits[R-1].activities[0]", Why: "build is finished"},
	}}, got))

	d.Risks.Risks[1].Occurrences[0].Resolved = day("2027-03-10")
	again, err := d.Delays(t.Context(), day("2027-03-19"))
	require.NoError(t, err)
	require.Len(t, again.Gaps, 1)
	d.Risks.Risks[1] = threat("R-2", "1/2", 0)
	d.Risks.Risks[1].Occurrences = []risk.Occurrence{{On: day("2027-03-01")}}
	again, err = d.Delays(t.Context(), day("2027-03-19"))
	require.NoError(t, err)
	require.Len(t, again.Gaps, 1, "it never took time")
}

// The JSON form has the comparison, the hits and the gaps.
func TestProspectsJSON(t *testing.T) {
	t.Parallel()
	d := risky(threat("R-1", "1/2", 3), threat("R-2", "", 5))
	d.Control.Hits = []audit.Hit{{Risk: "R-1", Activities: []string{"test"}}}
	p := prospects(t, d)
	data, err := json.Marshal(p)
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(data, &fields))
	require.Equal(t, []string{"comparison", "gaps", "hits"}, slices.Sorted(maps.Keys(fields)))
	var back audit.Prospects
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(p.Comparison, back.Comparison))
	require.Empty(t, cmp.Diff(p.Hits, back.Hits))
	require.Empty(t, cmp.Diff(p.Gaps, back.Gaps))
	_, err = back.Against(control.DoNothing)
	require.ErrorIs(t, err, verdict.ErrMissing, "the iterations are not kept")
}

// RI-04, CP-32: each delay that is drawn has its relief, the one that brings most first.
func TestDossierReliefs(t *testing.T) {
	t.Parallel()
	d := risky(threat("R-1", "1/2", 3), threat("R-2", "1/3", 6), threat("R-3", "", 5))
	d.Project.End = day("2027-04-06")
	d.Control.Hits = []audit.Hit{{Risk: "R-1", Activities: []string{"test"}}}
	o := control.CompareOptions{Iterations: 400, Seed: 3}
	p := prospects(t, d)
	find := func(option string, o control.CompareOptions) control.Reliefs {
		all, err := d.Reliefs(t.Context(), day("2027-03-19"), option, o)
		require.NoError(t, err)
		return all
	}
	for _, x := range p.Comparison.Options {
		all := find(x.ID, o)
		require.Len(t, all, 2)
		for _, r := range all {
			require.InDelta(t, x.Agreed.Value, float64(r.Agreed.Pairs.Both)/400, 1e-12, "the same trials")
			require.GreaterOrEqual(t, r.Agreed.Gain.Value, 0.0)
			require.Negative(t, r.Mean.Days)
		}
		require.GreaterOrEqual(t, all[0].Agreed.Gain.Value, all[1].Agreed.Gain.Value)
	}
	o.Delays = []control.Delay{}
	require.Empty(t, find(control.DoNothing, o))
	_, err := d.Reliefs(t.Context(), day("2027-03-19"), "pray", o)
	require.ErrorIs(t, err, verdict.ErrUnknown)
	require.ErrorContains(t, err, `"pray"`)
	_, err = d.Reliefs(t.Context(), 0, control.DoNothing, control.CompareOptions{})
	require.Error(t, err)
}

// A risk that can happen again has a chance to happen at all; an opportunity wins time.
func TestDelaysOfRates(t *testing.T) {
	t.Parallel()
	rate, chance := threat("R-1", "", 3), threat("R-2", "1/4", 2)
	rate.Estimate.Rate = ratio.Int(2)
	chance.Kind = risk.Opportunity
	got, err := risky(rate, chance).Delays(t.Context(), day("2027-03-19"))
	require.NoError(t, err)
	require.InDelta(t, 1-math.Exp(-2), got.Delays[0].P, 1e-15)
	require.Negative(t, got.Delays[1].Days.Quantile(0.5))
}

// linked returns n risks, each of which the first makes likelier.
func linked(n int) []risk.Risk {
	all := []risk.Risk{threat("R-0", "1/2", 0)}
	for i := 1; i < n; i++ {
		r := threat("R-"+strconv.Itoa(i), "1/2", 4)
		r.Causes = []risk.Link{{Risk: "R-0", Weight: ratio.MustParse("9/10")}}
		all = append(all, r)
	}
	all[0].Estimate.Impact = risk.MoneyRange{Min: eur("1"), Mode: eur("1"), Max: eur("1")}
	return all
}

// RI-04: risks of one cause happen together: the law of which of them do is that of
// the register, whether it is listed or, of many, drawn.
func TestDelaysTogether(t *testing.T) {
	t.Parallel()
	for _, n := range []int{4, quant.MaxJoint + 3} {
		ds, err := risky(linked(n)...).Delays(t.Context(), day("2027-03-19"))
		require.NoError(t, err)
		require.Len(t, ds.Delays, n-1, "the cause itself delays nothing")
		require.Len(t, ds.Together, 1)
		law := ds.Together[0]
		require.Len(t, law.Delays, n-1)
		// All happen if the cause does, with 9/10 each and a little besides.
		both := 0.0
		if law.From == nil {
			for s, p := range law.P {
				if s&3 == 3 {
					both += p
				}
			}
		} else {
			require.Nil(t, law.P)
			for i := range uint64(4000) {
				on := law.From.Draw(i, []bool{true})
				require.Len(t, on, n)
				if on[1] && on[2] {
					both += 1.0 / 4000
				}
			}
		}
		// leak l: 1/2 = 1/2·l + 1/2·(1 − (1−l)/10) → l = 1/11; both = 1/2·l² + 1/2·(10/11)²
		require.InDelta(t, 0.5*(1+100)/121, both, 0.03)
	}
	one, err := risky(linked(2)...).Delays(t.Context(), day("2027-03-19"))
	require.NoError(t, err)
	require.Empty(t, one.Together, "the probability of one says it all")
	require.InDelta(t, 0.5, one.Delays[0].P, 1e-9)

	p := prospects(t, risky(linked(4)...))
	require.Equal(t, []string{"R-1", "R-2", "R-3"}, p.Comparison.Delays)
}

func TestHitFaults(t *testing.T) {
	t.Parallel()
	d := risky(threat("R-1", "1/2", 3))
	d.Control.Hits = []audit.Hit{{Risk: "R-1", Activities: []string{"build", "nobody", "build", ""}}, {Risk: "R-1"}, {Risk: "R-9"}}
	err := d.Validate()
	for _, want := range []string{
		`control.hits[0].activities[1]: unknown "nobody"`, `control.hits[0].activities[2]: duplicate "build"`, "control.hits[0].activities[3]",
		`control.hits[1].risk: duplicate "R-1"`, `control.hits[2].risk: unknown "R-9"`,
	} {
		require.ErrorContains(t, err, want)
	}
}

func TestProspectsErrors(t *testing.T) {
	t.Parallel()
	d := risky(threat("R-1", "1/2", 3), threat("R-2", "1/2", 3))
	_, err := d.Prospects(t.Context(), 0, control.CompareOptions{})
	require.Error(t, err)
	for i, c := range []string{"1 EUR", "1 USD"} {
		d.Risks.Risks[i].Estimate.Impact = risk.MoneyRange{Min: money.MustParse(c), Mode: money.MustParse(c), Max: money.MustParse(c)}
	}
	_, err = d.Prospects(t.Context(), day("2027-03-19"), control.CompareOptions{})
	require.ErrorContains(t, err, "currencies")
}

// How likely is it to be on time with all that may happen, and how much does each
// action help?
func ExampleDossier_Prospects() {
	d := steered()
	d.Project.End = day("2027-04-06")
	d.Risks = risk.Register{Matrix: risk.Classic5x5(), Risks: []risk.Risk{threat("R-1", "1/4", 5), threat("R-2", "1/3", 1)}}
	d.Control.Hits = []audit.Hit{{Risk: "R-1", Activities: []string{"test"}}}
	p, err := d.Prospects(context.Background(), day("2027-03-19"), control.CompareOptions{Iterations: 2000, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("drawn:", p.Hits)
	for _, o := range p.Comparison.Options {
		fmt.Printf("%s: P80 %s, by %s with %.0f %%\n", o.ID, o.P80.Value, p.Comparison.Due, 100*o.Agreed.Value)
	}
	better, _ := p.Difference("people", control.DoNothing)
	fmt.Println("people against doing nothing:", better.Agreed)
	reliefs, _ := d.Reliefs(context.Background(), day("2027-03-19"), control.DoNothing, control.CompareOptions{Iterations: 2000, Seed: 1})
	fmt.Println(reliefs[0].Delay, "costs most:", reliefs[0].Agreed)
	// Output:
	// drawn: [{R-1 [test]} {R-2 []}]
	// do_nothing: P80 2027-04-13, by 2027-04-06 with 45 %
	// people: P80 2027-04-07, by 2027-04-06 with 77 %
	// later: P80 2027-04-13, by 2027-04-06 with 45 %
	// people against doing nothing: +31.9 points (+29.8 to +33.9)
	// R-1 costs most: +16.7 points (+15.1 to +18.3)
}
