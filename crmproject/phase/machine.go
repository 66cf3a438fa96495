package phase

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Machine is a life cycle that was checked and is ready for use; [Compile]
// makes it. It holds the definition and no project: state, facts and dates are
// arguments. It is immutable and safe for use by several goroutines. The zero
// Machine is invalid.
type Machine[F any] struct {
	chart *chart
	rules map[*Gate][]verdict.Rule[F] // in the order of the gate's criteria
}

// chart is what of a machine does not depend on the type of the facts.
type chart struct {
	outline Outline
	at      map[ID]int // place in the order
	gates   []*Gate    // in declared order
	out     [][]*Gate  // by phase, in declared order
	closure ID
	codes   map[verdict.Code]Term // of each criterion; Waivable if it is so at any gate
}

// Compile checks a life cycle and makes it ready for use. It keeps no slice of
// d. The error has every fault there is, each located by path, such as
//
//	phases[3]: "pilot" is a dead end: no way leads from it to an end
//	transitions[2].criteria[1].code: duplicate "GATE-004"
//
// The faults are: no name, no phases, no closure phase or two; ids that are
// missing, invalid, used twice or [End]; transitions between unknown phases, to
// the same phase, or out of an end; two transitions between the same phases or
// two of one name out of the same phase; phases that cannot be reached or that
// no end can be reached from; criteria without code or need, with a code used
// twice at the gate, with a negative weight, or whose weights overflow together;
// one code for two different rules; and gates that no facts can open, because
// the threshold is above 1 or a criterion has no check.
func Compile[F any](d Definition[F]) (*Machine[F], error) {
	outline := d.Outline()
	var faults verdict.Faults
	faults.Add("", outline.Validate())
	d.checkRules(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	m := &Machine[F]{chart: newChart(outline), rules: map[*Gate][]verdict.Rule[F]{}}
	for i, t := range d.Transitions {
		for _, c := range t.Criteria {
			g := m.chart.gates[i]
			m.rules[g] = append(m.rules[g], c.Rule)
		}
	}
	return m, nil
}

// MustCompile is Compile for definitions in source code: it panics where Compile
// returns an error.
func MustCompile[F any](d Definition[F]) *Machine[F] {
	m, err := Compile(d)
	if err != nil {
		panic(err)
	}
	return m
}

// checkRules reports what only the rules show: criteria without a check, and
// codes that stand for different rules at different gates.
func (d Definition[F]) checkRules(f *verdict.Faults) {
	entries := map[verdict.Code]verdict.Entry{}
	for i, t := range d.Transitions {
		for j, c := range t.Criteria {
			at := verdict.At(verdict.At("transitions", i)+".criteria", j)
			if c.Rule.Check == nil {
				f.Addf(at+".check", "%w the gate: %s has no check", ErrShut, verdict.Quote(string(c.Rule.Code)))
			}
			if first, ok := entries[c.Rule.Code]; ok && first != c.Rule.Entry() {
				f.Addf(at+".code", "%s %w: %s and %s", verdict.Quote(string(c.Rule.Code)), ErrTwoRules,
					verdict.Quote(first.Title), verdict.Quote(c.Rule.Title))
			}
			entries[c.Rule.Code] = c.Rule.Entry()
		}
	}
}

// newChart compiles an outline that passed [Outline.Validate].
func newChart(o Outline) *chart {
	c := &chart{outline: o, at: o.position(), out: make([][]*Gate, len(o.Phases)), codes: map[verdict.Code]Term{}}
	for _, p := range o.Phases {
		if p.Role == Closure {
			c.closure = p.ID
		}
	}
	for _, edge := range o.Transitions {
		g := newGate(edge)
		c.gates = append(c.gates, g)
		from := c.at[edge.From]
		c.out[from] = append(c.out[from], g)
		for _, t := range edge.Criteria {
			t.Waivable = t.Need == Must && t.Waivable || c.codes[t.Code].Waivable
			c.codes[t.Code] = t
		}
	}
	return c
}

// Outline returns the part of the machine's definition that is data.
func (m *Machine[F]) Outline() Outline { return m.chart.outline.clone() }

// Gate returns the gate between two phases. Ask it again and again where the
// criteria are known; see [Gate.Judge].
func (m *Machine[F]) Gate(from, to ID) (*Gate, bool) {
	g := m.chart.gate(from, to)
	return g, g != nil
}

// Evaluate runs the checks of the gate between two phases and evaluates it at a
// date. The gate need not be the next: one behind the current phase is evaluated
// as if to confirm it again, and one ahead is closed because the life cycle is
// not there yet. The outcome of a transition that is not declared is
// [Undeclared]. A state of another life cycle, or one that [Machine.Check] finds
// fault with, gives an evaluation of no meaning, but no panic.
func (m *Machine[F]) Evaluate(s State, from, to ID, facts F, asOf calendar.Date) Evaluation {
	g := m.chart.gate(from, to)
	if g == nil {
		return Evaluation{From: from, To: to, AsOf: asOf, Outcome: Undeclared}
	}
	return m.chart.assess(g, s, asOf, m.run(g, s, facts), m.chart.situate(g, s, asOf))
}

// Permitted evaluates every gate out of the current phase, in declared order,
// the closed ones included: [Evaluation.Reasons] says why they are closed. It is
// empty before the start.
func (m *Machine[F]) Permitted(s State, facts F, asOf calendar.Date) []Evaluation {
	var out []Evaluation
	for _, g := range m.chart.outOf(s.Phase) {
		out = append(out, m.chart.assess(g, s, asOf, m.run(g, s, facts), m.chart.situate(g, s, asOf)))
	}
	return out
}

// run checks the criteria of a gate, but not those that are exempted.
func (m *Machine[F]) run(g *Gate, s State, facts F) []result {
	results := make([]result, len(g.edge.Criteria))
	for i, rule := range m.rules[g] {
		if _, ok := s.Exempted(rule.Code); ok {
			results[i] = result{Outcome: verdict.Outcome{Entry: rule.Entry()}}
			continue
		}
		results[i].Outcome, results[i].findings = rule.Run(facts)
	}
	return results
}
