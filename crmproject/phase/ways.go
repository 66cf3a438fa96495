package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// position returns the place of each phase in the order; of two with one id the
// first counts.
func (o Outline) position() map[ID]int {
	at := make(map[ID]int, len(o.Phases))
	for i, p := range o.Phases {
		if _, twice := at[p.ID]; !twice {
			at[p.ID] = i
		}
	}
	return at
}

// checkEnds reports transitions whose ends are not phases, or not such as a
// transition can join.
func (o Outline) checkEnds(f *verdict.Faults) {
	at := o.position()
	for i, e := range o.Transitions {
		here := verdict.At("transitions", i)
		from, known := at[e.From]
		switch {
		case e.From == "":
			f.Missing(here + ".from")
		case !known:
			f.Unknown(here+".from", string(e.From))
		case o.Phases[from].Role.ends() && e.To != End:
			f.Addf(here+".from", "%s %w: only the end follows it", verdict.Quote(string(e.From)), ErrPastTheEnd)
		}
		_, known = at[e.To]
		switch {
		case e.To == "":
			f.Missing(here + ".to")
		case e.To == e.From:
			f.Addf(here+".to", "%s %w: recycle does that", verdict.Quote(string(e.To)), ErrSelf)
		case !known && e.To != End:
			f.Unknown(here+".to", string(e.To))
		}
	}
}

// checkPairs reports transitions that a decision could not tell apart: by where
// they lead, or by their name.
func (o Outline) checkPairs(f *verdict.Faults) {
	type way struct{ from, to ID }
	type call struct {
		from ID
		name string
	}
	ways, calls := map[way]int{}, map[call]int{}
	for i, e := range o.Transitions {
		here := verdict.At("transitions", i)
		if first, twice := ways[way{e.From, e.To}]; twice {
			f.Addf(here, "%w: leads from %s to %s like transitions[%d]", ErrAmbiguous,
				verdict.Quote(string(e.From)), verdict.Quote(string(e.To)), first)
			continue
		}
		ways[way{e.From, e.To}] = i
		if e.Name == "" {
			continue
		}
		if first, twice := calls[call{e.From, e.Name}]; twice {
			f.Addf(here+".name", "%w: %s is also transitions[%d] out of %s", ErrAmbiguous,
				verdict.Quote(e.Name), first, verdict.Quote(string(e.From)))
			continue
		}
		calls[call{e.From, e.Name}] = i
	}
}

// checkWays reports phases that cannot be reached from the first, and phases
// from which no end can be reached. The closure phase is always reached, by a
// kill; but a kill is no way out for the phases before it.
func (o Outline) checkWays(f *verdict.Faults) {
	at := o.position()
	next, back := make([][]int, len(o.Phases)), make([][]int, len(o.Phases))
	var ends []int
	for _, e := range o.Transitions {
		from, okFrom := at[e.From]
		to, okTo := at[e.To]
		switch {
		case okFrom && okTo:
			next[from], back[to] = append(next[from], to), append(back[to], from)
		case okFrom && e.To == End:
			ends = append(ends, from)
		}
	}
	starts := []int{}
	for i, p := range o.Phases {
		if i == 0 || p.Role == Closure {
			starts = append(starts, i)
		}
		if p.Role.ends() {
			ends = append(ends, i)
		}
	}
	reached, leaving := flood(starts, next), flood(ends, back)
	for i, p := range o.Phases {
		if at[p.ID] != i {
			continue // a duplicate, reported as such
		}
		if !reached[i] {
			f.Addf(verdict.At("phases", i), "%s is %w: no transition leads to it from %s", verdict.Quote(string(p.ID)),
				ErrUnreachable, verdict.Quote(string(o.Phases[0].ID)))
		}
		if !leaving[i] {
			f.Addf(verdict.At("phases", i), "%s is a %w: no way leads from it to an end", verdict.Quote(string(p.ID)), ErrDeadEnd)
		}
	}
}

// flood marks what can be reached from the starts along next.
func flood(starts []int, next [][]int) []bool {
	seen := make([]bool, len(next))
	todo := append([]int(nil), starts...)
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[i] {
			continue
		}
		seen[i] = true
		todo = append(todo, next[i]...)
	}
	return seen
}
