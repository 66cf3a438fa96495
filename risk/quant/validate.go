package quant

import "math"

// Validate returns all that is wrong with a model, each fault located by its path;
// nil if nothing is. The faults wrap [ErrMissing], [ErrDuplicate], [ErrUnknown],
// [ErrRange], [ErrInvalid] or [ErrNotFinite].
func (m *Model) Validate() error {
	f := m.faults()
	return f.err()
}

func (m *Model) faults() faults {
	v := validator{model: m, index: make(map[string]int, len(m.Risks)), taken: map[Role]map[string]string{Occurrence: {}, Severity: {}}}
	for i, r := range m.Risks {
		v.risk(i, r)
	}
	blocks := make(map[string]bool)
	for i, b := range m.Blocks {
		v.block(i, b, blocks)
	}
	v.joints()
	v.drawn()
	v.pairs()
	v.f.number("base", m.Base)
	v.systemic()
	return v.f
}

// A validator collects the faults of a model.
type validator struct {
	model *Model
	f     faults
	index map[string]int
	taken map[Role]map[string]string // where a risk's role is already bound
}

func (v *validator) risk(i int, r Risk) {
	path := at("risks", i)
	switch _, known := v.index[r.ID]; {
	case r.ID == "":
		v.f.addf(path+".id", "%w", ErrMissing)
	case known:
		v.f.addf(path+".id", "%w %s", ErrDuplicate, quote(r.ID))
	default:
		v.index[r.ID] = i
	}
	v.f.probability(path+".p", r.P)
	if !(r.Rate >= 0 && r.Rate <= MaxRate) {
		v.f.addf(path+".rate", "%w: %v, want 0 to %d", ErrRange, r.Rate, MaxRate)
	}
	if r.P != 0 && r.Rate != 0 {
		v.f.addf(path+".rate", "%w: both a probability and a rate", ErrInvalid)
	}
	v.impact(path+".severity", r.Severity)
	v.impact(path+".delay", r.Delay)
}

// impact records a severity or delay that is not finite, or counts happening twice.
func (v *validator) impact(path string, d Dist) {
	switch d := d.(type) {
	case nil:
	case Bernoulli, Poisson:
		v.f.addf(path, "%w: a compound: give its chance or rate to the risk", ErrInvalid)
	case Discrete:
		if len(d.x) == 0 {
			v.f.addf(path, "%w: a discrete distribution without values", ErrInvalid)
		}
	default:
		v.f.severity(path, d)
	}
}

func (v *validator) block(i int, b Block, seen map[string]bool) {
	path := at("blocks", i)
	switch {
	case b.ID == "":
		v.f.addf(path+".id", "%w", ErrMissing)
	case seen[b.ID]:
		v.f.addf(path+".id", "%w %s", ErrDuplicate, quote(b.ID))
	}
	seen[b.ID] = true
	for k, member := range b.Members {
		here := at(path+".members", k)
		v.known(here+".risk", member.Risk)
		v.correlation(here+".occurrence", member.Occurrence)
		v.correlation(here+".severity", member.Severity)
		if member.Occurrence != 0 {
			v.take(here+".risk", member.Risk, Occurrence, path)
		}
		if member.Severity != 0 {
			v.take(here+".risk", member.Risk, Severity, path)
		}
	}
}

// known records an id that no risk has, and reports whether one has it.
func (v *validator) known(path, id string) bool {
	_, ok := v.index[id]
	if !ok {
		v.f.addf(path, "%w %s", ErrUnknown, quote(id))
	}
	return ok
}

func (v *validator) correlation(path string, r float64) {
	if !(math.Abs(r) <= 1) {
		v.f.addf(path, "%w: %v, want -1 to 1", ErrRange, r)
	}
}

// take records a risk whose role is bound elsewhere, and binds it.
func (v *validator) take(path, id string, r Role, where string) {
	if other, ok := v.taken[r][id]; ok {
		v.f.addf(path, "%w: the %v of %s stands in %s already", ErrInvalid, r, quote(id), other)
		return
	}
	v.taken[r][id] = where
}

func (v *validator) joints() {
	for i, j := range v.model.Joints {
		path := at("joints", i)
		before := len(v.f)
		for k, id := range j.Risks {
			here := at(path+".risks", k)
			if v.known(here, id) {
				v.take(here, id, Occurrence, path)
			}
		}
		switch n := len(j.Risks); {
		case n == 0:
			v.f.addf(path+".risks", "%w", ErrMissing)
		case n > MaxJoint:
			v.f.addf(path+".risks", "%w: %d risks, want at most %d", ErrRange, n, MaxJoint)
		case len(j.P) != 1<<n:
			v.f.addf(path+".p", "%w: %d probabilities for %d risks, want %d", ErrInvalid, len(j.P), n, 1<<n)
		}
		if len(v.f) == before {
			v.law(path, j)
		}
	}
}

// law checks the probabilities of a joint, and that they agree with those of its
// risks.
func (v *validator) law(path string, j Joint) {
	sum := 0.0
	for s, p := range j.P {
		v.f.probability(at(path+".p", s), p)
		sum += p
	}
	if !(math.Abs(sum-1) <= 1e-6) {
		v.f.addf(path+".p", "%w: %v in sum, want 1", ErrRange, sum)
		return
	}
	for k, marginal := range j.marginals() {
		i := v.index[j.Risks[k]]
		r := v.model.Risks[i]
		if r.Rate != 0 {
			v.f.addf(at("risks", i)+".rate", "%w: a risk of a joint happens once or not at all", ErrInvalid)
		}
		if r.P != 0 && math.Abs(r.P-marginal) > 1e-6 {
			v.f.addf(at("risks", i)+".p", "%w: %v, but %s makes it %v", ErrInvalid, r.P, path, marginal)
		}
	}
}

// marginals returns the probability of each risk of the joint.
func (j Joint) marginals() []float64 {
	m := make([]float64, len(j.Risks))
	sum := 0.0
	for s, p := range j.P {
		sum += p
		for k := range m {
			if s>>k&1 == 1 {
				m[k] += p
			}
		}
	}
	for k := range m {
		m[k] = math.Min(1, m[k]/sum)
	}
	return m
}

func (v *validator) pairs() {
	seen := make(map[[2]string]bool)
	for i, p := range v.model.Pairs {
		path := at("pairs", i)
		a, b := v.known(path+".a", p.A), v.known(path+".b", p.B)
		v.correlation(path+".occurrence", p.Occurrence)
		v.correlation(path+".severity", p.Severity)
		switch {
		case p.A == p.B:
			v.f.addf(path+".b", "%w: %s with itself", ErrInvalid, quote(p.A))
		case seen[[2]string{p.A, p.B}] || seen[[2]string{p.B, p.A}]:
			v.f.addf(path, "%w: %s and %s", ErrDuplicate, quote(p.A), quote(p.B))
		case a && b:
			v.free(path, p.A, p)
			v.free(path, p.B, p)
		}
		seen[[2]string{p.A, p.B}] = true
	}
}

// free records a risk of a pair whose role a block, joint or drawn law has.
func (v *validator) free(path, id string, p Pair) {
	for _, r := range []struct {
		role  Role
		value float64
	}{{Occurrence, p.Occurrence}, {Severity, p.Severity}} {
		if other, ok := v.taken[r.role][id]; ok && r.value != 0 {
			v.f.addf(path, "%w: the %v of %s stands in %s already", ErrInvalid, r.role, quote(id), other)
		}
	}
}

func (v *validator) systemic() {
	d := v.model.Systemic
	if d == nil {
		return
	}
	before := len(v.f)
	v.impact("systemic", d)
	if len(v.f) == before && !(d.CDF(0) == 0 && d.Quantile(1e-9) > 0) {
		v.f.addf("systemic", "%w: a factor must be positive", ErrRange)
	}
}
