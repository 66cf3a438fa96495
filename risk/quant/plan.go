package quant

// A plan is a compiled model made ready for drawing: streams and inverse tables. It
// is only read while drawing.
type plan struct {
	keys     *roundKeys
	units    []drawUnit
	groups   []drawGroup
	systemic *drawSystemic
	base     float64
	longest  bool // delays run side by side
}

// A drawUnit draws what one risk adds.
type drawUnit struct {
	p                float64
	counts           []float64
	occurs, costs    source
	again            []source // severities of the second time, the third, …
	delays           source
	severity, delay  sampler
	certain          uint64 // draws of 64 bits below it do not happen: (1 − p)·2⁶⁴
	occ, sev         int    // index of the group, -1 for none
	occAt, sevAt     int
	occLoad, sevLoad float64
}

// A drawGroup draws the latent variables of a group.
type drawGroup struct {
	role    Role
	factor  source
	members []source // own parts of a group without a single factor
	chol    [][]float64
	cum     []float64 // of a joint: cumulated probabilities of its states
	states  []uint32
	from    States // of a drawn law
	start   uint64 // number of its first draw
	size    int
}

type drawSystemic struct {
	source
	sampler sampler
}

// newPlan prepares a model that is ready.
func (c *compiled) newPlan(seed uint64, longest bool) *plan {
	keys := newRoundKeys([2]uint32{uint32(seed), uint32(seed >> 32)})
	p := &plan{keys: keys, base: c.base, longest: longest, units: make([]drawUnit, len(c.units))}
	index := make(map[*group]int)
	for i, g := range c.groups {
		index[g] = i
		p.groups = append(p.groups, newDrawGroup(g, c, keys, drawsOf(seed)))
	}
	for i := range c.units {
		p.units[i] = newDrawUnit(&c.units[i], keys, index)
	}
	if c.systemic != nil {
		p.systemic = &drawSystemic{newSource(keys, "", roleSystemic, 0), newSampler(c.systemic)}
	}
	return p
}

func newDrawGroup(g *group, c *compiled, keys *roundKeys, start uint64) drawGroup {
	d := drawGroup{role: g.role}
	own := roleOccurrence
	factor := roleFactorOccurrence
	if g.role == Severity {
		own, factor = roleSeverity, roleFactorSeverity
	}
	switch {
	case g.from != nil:
		d.from, d.start, d.size = g.from, start, len(g.members)
	case g.joint != nil:
		d.factor = newSource(keys, g.id, roleJoint, 0)
		sum := 0.0
		for s, p := range g.joint {
			if p > 0 {
				sum += p
				d.cum, d.states = append(d.cum, sum), append(d.states, uint32(s))
			}
		}
	case g.corr != nil:
		d.chol = cholesky(g.corr)
		for _, i := range g.members {
			d.members = append(d.members, newSource(keys, c.units[i].id, own, 0))
		}
	default:
		d.factor = newSource(keys, g.id, factor, 0)
	}
	return d
}

func newDrawUnit(u *unit, keys *roundKeys, index map[*group]int) drawUnit {
	d := drawUnit{
		p: u.p, counts: u.counts, occ: -1, sev: -1, certain: share(1 - u.p), severity: u.costs, delay: u.delays,
		occurs: newSource(keys, u.id, roleOccurrence, 0),
		costs:  newSource(keys, u.id, roleSeverity, 0),
		delays: newSource(keys, u.id, roleDelay, 0),
	}
	for n := 2; n < len(u.counts); n++ {
		d.again = append(d.again, newSource(keys, u.id, roleSeverity, n))
	}
	if g := u.occ.group; g != nil {
		d.occ, d.occAt = index[g], u.occ.at
		if g.load != nil {
			d.occLoad = g.load[u.occ.at]
		}
	}
	if g := u.sev.group; g != nil {
		d.sev, d.sevAt = index[g], u.sev.at
		if g.load != nil {
			d.sevLoad = g.load[u.sev.at]
		}
	}
	return d
}
