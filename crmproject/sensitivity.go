package crmproject

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Place is where a candidate comes in a [Ranking].
//
// Share is the weighted share of the points it could have. A candidate without a
// score on some criterion has none: nobody knows what it would come to. Place is 0
// for such a candidate, and for one that fails a must.
type Place struct {
	Candidate   string      `json:"candidate"`
	Place       int         `json:"place"` // 1 is best; equal shares have equal places
	Share       ratio.Ratio `json:"share"`
	Missing     []string    `json:"missing,omitempty"`      // criteria without a score
	KnockedBy   []string    `json:"knockedOutBy,omitempty"` // musts that it fails
	DominatedBy []string    `json:"dominatedBy,omitempty"`  // candidates as good at everything and better at something
}

// A Weighting is the share of one criterion in the decision. All of them together
// are 1.
type Weighting struct {
	Criterion string      `json:"criterion"`
	Weight    ratio.Ratio `json:"weight"`
}

// A Flip is the smallest change of one criterion's weight that lets a rival catch
// up with the winner; the weights of the others stay as they are to each other. At
// exactly After the two are level, beyond it the rival leads.
type Flip struct {
	Criterion string      `json:"criterion"`
	Rival     string      `json:"rival"`
	Weight    ratio.Ratio `json:"weight"` // in the units of [SelectionCriterion.Weight]
	Before    ratio.Ratio `json:"before"` // share of the criterion now
	After     ratio.Ratio `json:"after"`  // share of the criterion at the flip
}

// Change returns the size of the change: the distance of After and Before.
func (f Flip) Change() ratio.Ratio { return f.After.Sub(f.Before).Abs() }

// A Ranking is the outcome of a selection with its sensitivity (CP-15).
type Ranking struct {
	Weights []Weighting `json:"weights,omitempty"` // in the order of the criteria
	Places  []Place     `json:"places,omitempty"`  // best first, then those without a place, by id
	Winners []string    `json:"winners,omitempty"` // several if they are level
	Margin  ratio.Ratio `json:"margin"`            // share of the first less that of the second
	Flips   []Flip      `json:"flips,omitempty"`   // in the order of the criteria; those that cannot flip it are left out
}

// Fragile returns the flip with the smallest change, the first of several in the
// order of the criteria; ok is false if no weight of a single criterion can make
// another candidate win. With several winners the change is 0.
func (r Ranking) Fragile() (f Flip, ok bool) {
	for _, g := range r.Flips {
		if !ok || g.Change().Less(f.Change()) {
			f, ok = g, true
		}
	}
	return f, ok
}

// Of returns the place of a candidate; ok is false if there is no such candidate.
func (r Ranking) Of(candidate string) (p Place, ok bool) {
	i := slices.IndexFunc(r.Places, func(p Place) bool { return p.Candidate == candidate })
	if i < 0 {
		return Place{}, false
	}
	return r.Places[i], true
}

// Ranking ranks the candidates and says how much the result hangs on the weights.
// All numbers are exact; one that does not fit into int64 is undefined and says so,
// and a candidate whose share does not fit has no place.
//
// A rival is level with the winner W where Σ w_i·d_i = 0, with d_i what W scores
// more on criterion i. Changing the weight of criterion k alone, that is at
//
//	w_k' = w_k − D/d_k,  D = Σ w_i·d_i
//
// and it leads beyond, away from w_k. Weights below 0 do not exist, so a w_k' of 0
// or less flips nothing. Of the first winner's rivals the nearest counts. It takes
// O(criteria · candidates²) time.
func (s Selection) Ranking() Ranking {
	r := Ranking{Margin: ratio.Undefined("fewer than two candidates have a place")}
	sum := ratio.Int(0)
	for _, c := range s.Criteria {
		sum = sum.Add(ratio.Int(c.Weight))
	}
	for _, c := range s.Criteria {
		r.Weights = append(r.Weights, Weighting{c.ID, ratio.Int(c.Weight).Quo(sum)})
	}
	for _, c := range s.Candidates {
		r.Places = append(r.Places, s.place(c))
	}
	slices.SortStableFunc(r.Places, func(a, b Place) int {
		return cmp.Or(b.Place-a.Place, b.Share.Cmp(a.Share), cmp.Compare(a.Candidate, b.Candidate))
	})
	number(&r)
	if len(r.Winners) > 0 {
		r.Flips = s.flips(r, sum)
	}
	return r
}

// place judges one candidate alone; Place is 1 if it will have one.
func (s Selection) place(c Candidate) Place {
	st := s.standing(c)
	p := Place{Candidate: c.ID, Share: st.Share, Missing: st.Missing, KnockedBy: st.KnockedBy}
	if len(p.Missing) > 0 {
		p.Share = ratio.Undefined("not every criterion has a score")
	}
	if p.Share.Defined() && len(p.KnockedBy) == 0 {
		p.Place = 1
	}
	for _, other := range s.Candidates {
		if other.ID != c.ID && s.dominates(other, c) {
			p.DominatedBy = append(p.DominatedBy, other.ID)
		}
	}
	slices.Sort(p.DominatedBy)
	return p
}

// dominates reports whether a scores at least as much as b on every criterion and
// more on one; both must have every score.
func (s Selection) dominates(a, b Candidate) bool {
	better := false
	for _, c := range s.Criteria {
		pa, ok1 := a.points(c.ID)
		pb, ok2 := b.points(c.ID)
		if !ok1 || !ok2 || pa < pb {
			return false
		}
		better = better || pa > pb
	}
	return better
}

// number gives the places their numbers; the list is sorted.
func number(r *Ranking) {
	in := 0
	for i := range r.Places {
		p := &r.Places[i]
		if p.Place == 0 {
			break
		}
		in++
		p.Place = in
		if i > 0 && r.Places[i-1].Share == p.Share {
			p.Place = r.Places[i-1].Place
		}
		if p.Place == 1 {
			r.Winners = append(r.Winners, p.Candidate)
		}
	}
	if in > 1 {
		r.Margin = r.Places[0].Share.Sub(r.Places[1].Share)
	}
}

// flips looks for the nearest flip of each criterion among the rivals of the first
// winner.
func (s Selection) flips(r Ranking, sum ratio.Ratio) []Flip {
	winner := s.candidate(r.Winners[0])
	var flips []Flip
	for _, c := range s.Criteria {
		var best Flip
		for _, p := range r.Places[1:] {
			if p.Place == 0 {
				break
			}
			f, ok := s.flip(winner, s.candidate(p.Candidate), c, sum)
			if ok && (best.Rival == "" || f.Change().Less(best.Change())) {
				best = f
			}
		}
		if best.Rival != "" {
			flips = append(flips, best)
		}
	}
	return flips
}

// flip returns where the rival catches up by the weight of criterion c.
func (s Selection) flip(winner, rival Candidate, c SelectionCriterion, sum ratio.Ratio) (Flip, bool) {
	lead, gap := ratio.Int(0), ratio.Int(0)
	for _, k := range s.Criteria {
		pw, _ := winner.points(k.ID)
		pr, _ := rival.points(k.ID)
		d := ratio.Int(pw - pr)
		lead = lead.Add(d.Mul(ratio.Int(k.Weight)))
		if k.ID == c.ID {
			gap = d
		}
	}
	now := ratio.Int(c.Weight)
	weight := now.Sub(lead.Quo(gap)) // undefined where both score alike
	if !weight.Defined() || weight.Sign() < 0 || weight.Sign() == 0 && gap.Sign() > 0 {
		return Flip{}, false
	}
	f := Flip{c.ID, rival.ID, weight, now.Quo(sum), weight.Quo(sum.Sub(now).Add(weight))}
	return f, f.Change().Defined()
}

func (s Selection) candidate(id string) Candidate {
	i := slices.IndexFunc(s.Candidates, func(c Candidate) bool { return c.ID == id })
	return s.Candidates[i]
}
