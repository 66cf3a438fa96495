package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// validateBaselines reports what cannot be of baselines and the quality plan. That
// a baseline comes from an approved change, and was not edited, is for the rules.
func (p *Project) validateBaselines(f *verdict.Faults) {
	members := p.memberIDs()
	f.IDs("quality", len(p.Quality), func(i int) string { return p.Quality[i].ID })
	for i, q := range p.Quality {
		reference(f, verdict.At("quality", i)+".owner", q.Owner, members)
	}
	changes := idSet(p.Changes, func(c Change) string { return c.ID })
	for i, b := range p.Baselines {
		at := verdict.At("baselines", i)
		if b.Number != i+1 {
			f.Addf(at+".number", "%w: %d, want %d", verdict.ErrRange, b.Number, i+1)
		}
		required(f, at+".on", b.On.IsValid())
		required(f, at+".by", b.By != "")
		reference(f, at+".change", b.Change, changes)
		if i > 0 {
			ordered(f, at+".on", p.Baselines[i-1].On, b.On)
		}
		b.validateLists(at, f)
	}
	for i, c := range p.Changes {
		at := verdict.At("changes", i)
		ordered(f, at+".decideBy", c.RequestedOn, c.DecideBy)
		baselineNumber(f, at+".against", c.Against, len(p.Baselines))
		baselineNumber(f, at+".baseline", c.Baseline, len(p.Baselines))
	}
}

func (b Baseline) validateLists(at string, f *verdict.Faults) {
	distinct(f, at+".scope", b.Scope)
	f.IDs(at+".milestones", len(b.Milestones), func(i int) string { return b.Milestones[i].ID })
	f.IDs(at+".quality", len(b.Quality), func(i int) string { return b.Quality[i].ID })
	seen := map[Category]bool{}
	for i, c := range b.Budget {
		here := verdict.At(at+".budget", i) + ".category"
		required(f, here, c.Category.IsValid())
		if seen[c.Category] {
			f.Duplicate(here, c.Category.String())
		}
		seen[c.Category] = true
	}
}

// distinct records the ids of a plain list that are empty or come twice.
func distinct(f *verdict.Faults, path string, ids []string) {
	seen := map[string]bool{}
	for i, id := range ids {
		required(f, verdict.At(path, i), id != "")
		if seen[id] {
			f.Duplicate(verdict.At(path, i), id)
		}
		seen[id] = true
	}
}

// baselineNumber records a number of a baseline that is not there; 0 is none.
func baselineNumber(f *verdict.Faults, path string, n, most int) {
	if n < 0 || n > most {
		f.Addf(path, "%w: baseline %d of %d", verdict.ErrRange, n, most)
	}
}
