package quant

import (
	"math"
	"slices"
)

// A unit is a risk made ready for computing.
type unit struct {
	id              string
	p               float64   // probability that it happens at all
	counts          []float64 // for a rate: P(N ≤ n) for n = 0, 1, … up to 1 − 1e-15; the last is 1
	rate            float64
	severity, delay Dist
	occ, sev        place

	// Made ready once, see ready.
	costs, delays sampler
	expansion     *expansion // nil unless the severity depends on others
}

// A place is where a unit stands in a group; the zero place is nowhere.
type place struct {
	group *group
	at    int
}

// A group is a set of units that depend on each other in one role.
type group struct {
	role    Role
	id      string // of the block, or of the first risk
	members []int
	load    []float64   // loadings on a common factor; nil if there is none
	corr    [][]float64 // latent correlations, for pairs
	joint   []float64   // probabilities of the sets that happen, for a joint
	from    States      // of a drawn law
	both    [][]float64 // of a drawn law: how often two members happen together
	name    string      // for messages
}

// latent returns the latent correlation of two members.
func (g *group) latent(i, k int) float64 {
	if g.corr != nil {
		return g.corr[i][k]
	}
	return g.load[i] * g.load[k]
}

// A compiled is a valid model made ready for computing.
type compiled struct {
	units    []unit
	groups   []*group
	repairs  []Repair
	base     float64
	systemic Dist
	delays   bool // whether any risk has one
	drawn    bool // whether there is a drawn law
}

// compile validates a model and finds its groups.
func (m *Model) compile() (*compiled, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	c := &compiled{units: make([]unit, len(m.Risks)), base: m.Base, systemic: m.Systemic}
	index := make(map[string]int, len(m.Risks))
	for i, r := range m.Risks {
		c.units[i] = newUnit(r)
		c.delays = c.delays || r.Delay != nil
		index[r.ID] = i
	}
	for _, j := range m.Joints {
		c.addJoint(j, index)
	}
	for i, d := range m.Drawn {
		if err := c.addDrawn(i, d, index); err != nil {
			return nil, err
		}
	}
	for _, b := range m.Blocks {
		c.addBlock(b, index)
	}
	if err := c.addPairs(m.Pairs, index); err != nil {
		return nil, err
	}
	for _, g := range c.groups {
		for k, i := range g.members {
			if g.role == Occurrence {
				c.units[i].occ = place{g, k}
			} else {
				c.units[i].sev = place{g, k}
			}
		}
	}
	return c, nil
}

// ready makes inverse tables and expansions, on several goroutines.
func (c *compiled) ready(workers int) {
	parallel(workers, len(c.units), func(i int) {
		u := &c.units[i]
		if u.severity != nil {
			u.costs = newSampler(u.severity)
		}
		if u.delay != nil {
			u.delays = newSampler(u.delay)
		}
		if g := u.sev.group; g != nil && len(g.members) > 1 && u.severity != nil {
			u.expansion = newExpansion(u.severity, u.costs)
		}
	})
}

func newUnit(r Risk) unit {
	u := unit{id: r.ID, p: r.P, rate: r.Rate, severity: r.Severity, delay: r.Delay}
	if r.Rate > 0 {
		u.p = -math.Expm1(-r.Rate)
		u.counts = poissonCDF(r.Rate)
	}
	return u
}

// addJoint keeps a joint as it is, with exact unit sum.
func (c *compiled) addJoint(j Joint, index map[string]int) {
	g := &group{role: Occurrence, id: j.Risks[0], joint: slices.Clone(j.P), name: "the joint of " + quote(j.Risks[0])}
	sum := 0.0
	for _, p := range j.P {
		sum += p
	}
	for s := range g.joint {
		g.joint[s] /= sum
	}
	for k, p := range j.marginals() {
		i := index[j.Risks[k]]
		c.units[i].p = p
		g.members = append(g.members, i)
	}
	c.groups = append(c.groups, g)
}

// addBlock makes a group of each role in which at least two members take part.
func (c *compiled) addBlock(b Block, index map[string]int) {
	for _, role := range []Role{Occurrence, Severity} {
		g := &group{role: role, id: b.ID, name: "block " + quote(b.ID)}
		for _, member := range b.Members {
			load := member.Occurrence
			if role == Severity {
				load = member.Severity
			}
			if load != 0 {
				g.members = append(g.members, index[member.Risk])
				g.load = append(g.load, load)
			}
		}
		if len(g.members) > 0 {
			c.groups = append(c.groups, g)
		}
	}
}

// addPairs makes a group of each set of risks that pairs connect in a role.
func (c *compiled) addPairs(pairs []Pair, index map[string]int) error {
	for _, role := range []Role{Occurrence, Severity} {
		links := make(map[[2]int]float64)
		sets := newSets(len(c.units))
		for _, p := range pairs {
			rho := p.Occurrence
			if role == Severity {
				rho = p.Severity
			}
			if rho != 0 {
				i, k := index[p.A], index[p.B]
				links[[2]int{min(i, k), max(i, k)}] = Latent(rho)
				sets.join(i, k)
			}
		}
		for _, members := range sets.all() {
			if len(members) < 2 {
				continue
			}
			if err := c.addMatrix(role, members, links); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *compiled) addMatrix(role Role, members []int, links map[[2]int]float64) error {
	given := identity(len(members))
	ids := make([]string, len(members))
	for a, i := range members {
		ids[a] = c.units[i].id
		for b, k := range members[:a] {
			given[a][b] = links[[2]int{k, i}]
			given[b][a] = given[a][b]
		}
	}
	repair, err := NearestCorrelation(given)
	if err != nil {
		return err
	}
	if repair.Iterations > 0 {
		repair.Role, repair.IDs = role, ids
		c.repairs = append(c.repairs, repair)
	}
	c.groups = append(c.groups, &group{
		role: role, id: ids[0], members: members, corr: repair.Matrix, load: commonFactor(repair.Matrix),
		name: "the pairs of " + quote(ids[0]),
	})
	return nil
}

// commonFactor returns loadings with r[i][k] = load[i]·load[k] for all i ≠ k, nil if
// there are none: λᵢ² = r[i][j]·r[i][k]/r[j][k].
func commonFactor(r [][]float64) []float64 {
	n := len(r)
	load := make([]float64, n)
	if n == 2 {
		root := math.Sqrt(math.Abs(r[0][1]))
		return []float64{root, math.Copysign(root, r[0][1])}
	}
	for i := range n {
		j, k := strongest(r, i)
		square := r[i][j] * r[i][k] / r[j][k]
		if !(square >= 0 && square <= 1+1e-9) {
			return nil
		}
		load[i] = math.Min(1, math.Sqrt(square))
	}
	for i := 1; i < n; i++ { // all in a group are connected, so each sign follows
		if r[0][i] < 0 {
			load[i] = -load[i]
		}
	}
	for i := range n {
		for k := range i {
			if math.Abs(load[i]*load[k]-r[i][k]) > 1e-9 {
				return nil
			}
		}
	}
	return load
}

// strongest returns the pair with the largest correlation that does not involve i.
func strongest(r [][]float64, i int) (j, k int) {
	most := -1.0
	for a := range r {
		for b := range a {
			if a != i && b != i && math.Abs(r[a][b]) > most {
				j, k, most = a, b, math.Abs(r[a][b])
			}
		}
	}
	return j, k
}

// disjoint sets of the numbers below n.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) find(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// join makes the least member of both stand for them.
func (s sets) join(i, k int) {
	i, k = s.find(i), s.find(k)
	s[max(i, k)] = min(i, k)
}

// all returns the sets in the order of their least members, each ascending.
func (s sets) all() [][]int {
	var out [][]int
	place := make(map[int]int)
	for i := range s {
		root := s.find(i)
		at, ok := place[root]
		if !ok {
			at = len(out)
			place[root] = at
			out = append(out, nil)
		}
		out[at] = append(out[at], i)
	}
	return out
}
