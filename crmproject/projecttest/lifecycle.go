package projecttest

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// TestLifecycle checks a life cycle of your own on samples of facts, and returns
// everything that is wrong, nil if nothing is:
//
//   - it compiles; its outline survives JSON, and bound to its rules again gives
//     the same life cycle
//   - each rule at its gates keeps the promises that [TestRules] checks
//   - each gate is opened for a go by some sample, and closed by some sample if
//     there is anything that could close it
//   - at every phase that the samples lead to, hold, recycle and kill are
//     available, and work; so do resume and reopen
//   - after every decision on the way the state is sound, the records give it
//     back, and states, records and evaluations survive JSON unchanged
//   - diagrams are the same for the same state
//
// Without samples the gates are not tried, and the walk is left out. If the
// definition does not compile, that is all it says.
func TestLifecycle[F any](d phase.Definition[F], samples ...F) error {
	m, err := phase.Compile(d)
	if err != nil {
		return err
	}
	var f verdict.Faults
	testOutline(d, &f)
	calm := testCriteria(d, samples, &f)
	if calm && len(samples) > 0 {
		w := newWalk(m, samples)
		w.testGates(&f)
		w.run(&f)
	}
	return f.Err()
}

// testOutline stores the life cycle as data and loads it again.
func testOutline[F any](d phase.Definition[F], f *verdict.Faults) {
	outline := d.Outline()
	back, err := throughJSON(outline)
	if err != nil || !reflect.DeepEqual(outline, back) {
		f.Addf("outline", "%w: it does not survive JSON (%v)", verdict.ErrInvalid, err)
		return
	}
	bound, err := phase.Bind(back, catalogue(d))
	if err != nil {
		f.Add("outline", err)
		return
	}
	if !reflect.DeepEqual(bound.Outline(), outline) {
		f.Addf("outline", "%w: bound to its rules it is another life cycle", verdict.ErrInvalid)
	}
}

// catalogue lists the rules of the life cycle, each once.
func catalogue[F any](d phase.Definition[F]) []verdict.Rule[F] {
	var rules []verdict.Rule[F]
	seen := map[verdict.Code]bool{}
	for _, t := range d.Transitions {
		for _, c := range t.Criteria {
			if !seen[c.Rule.Code] {
				rules = append(rules, c.Rule)
			}
			seen[c.Rule.Code] = true
		}
	}
	return rules
}

// testCriteria checks each rule where it is first used, and reports whether none
// of them panics.
func testCriteria[F any](d phase.Definition[F], samples []F, f *verdict.Faults) bool {
	seen, calm := map[verdict.Code]bool{}, true
	for i, t := range d.Transitions {
		for j, c := range t.Criteria {
			if seen[c.Rule.Code] {
				continue
			}
			seen[c.Rule.Code] = true
			at := verdict.At(verdict.At("transitions", i)+".criteria", j)
			testRule(c.Rule, at, samples, f)
			calm = calm && !slices.ContainsFunc(samples, func(sample F) bool {
				_, _, err := try(c.Rule, sample)
				return err != nil
			})
		}
	}
	return calm
}

// throughJSON returns what comes back when v is written and read.
func throughJSON[T any](v T) (back T, err error) {
	data, err := json.Marshal(v)
	if err != nil {
		return back, err
	}
	err = json.Unmarshal(data, &back)
	return back, err
}
