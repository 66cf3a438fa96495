package crmproject

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Selection is the choice of a CRM solution on the requirements (CP-15).
type Selection struct {
	Criteria   []SelectionCriterion `json:"criteria,omitempty"`
	Candidates []Candidate          `json:"candidates,omitempty"`
	Chosen     string               `json:"chosen,omitempty"` // id of a candidate
	By         string               `json:"by,omitempty"`
	On         calendar.Date        `json:"on,omitzero"`
	Reason     string               `json:"reason,omitempty"`
}

// A SelectionCriterion is something that the candidates are judged by. A must
// rejects every candidate that scores too little on it: a knock-out criterion one
// with 0 points, and one with a Least any with fewer.
type SelectionCriterion struct {
	ID           string   `json:"id"`
	Title        string   `json:"title"`
	Weight       int64    `json:"weight"`
	KnockOut     bool     `json:"knockOut,omitempty"`
	Least        int64    `json:"least,omitempty"`        // fewest points that are accepted
	Requirements []string `json:"requirements,omitempty"` // ids of the requirements behind it
}

// knocks reports whether a candidate with so many points is out.
func (c SelectionCriterion) knocks(points int64) bool {
	return points < c.Least || c.KnockOut && points == 0
}

// A Candidate is a CRM solution with its scores, from 0 to [MaxScore], by
// criterion.
type Candidate struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Cost   money.Amount `json:"cost,omitzero"`
	Scores []Score      `json:"scores,omitempty"`
}

// A Score is how well a candidate does on one criterion.
type Score struct {
	Criterion string `json:"criterion"`
	Points    int64  `json:"points"`
}

// MaxScore is the best score on a criterion.
const MaxScore = 10

// A Standing is what a candidate comes to: the weighted share of the points it
// could have, and why it is out, if it is.
type Standing struct {
	Candidate string      `json:"candidate"`
	Share     ratio.Ratio `json:"share"` // 0 to 1; undefined without weights
	Missing   []string    `json:"missing,omitempty"`
	KnockedBy []string    `json:"knockedOutBy,omitempty"`
}

// Out reports whether the candidate fails a knock-out criterion.
func (s Standing) Out() bool { return len(s.KnockedBy) > 0 }

// Rank returns the candidates, best first: those that are in before those that
// are out, then by share, then by id. A criterion without a score counts as 0
// points and is listed as missing. See [Selection.Ranking] for a result that counts
// only complete candidates, and says how much hangs on the weights.
func (s Selection) Rank() []Standing {
	standings := make([]Standing, len(s.Candidates))
	for i, c := range s.Candidates {
		standings[i] = s.standing(c)
	}
	slices.SortStableFunc(standings, func(a, b Standing) int {
		return cmp.Or(
			cmp.Compare(boolInt(a.Out()), boolInt(b.Out())),
			b.Share.Cmp(a.Share),
			cmp.Compare(a.Candidate, b.Candidate),
		)
	})
	return standings
}

func (s Selection) standing(c Candidate) Standing {
	st := Standing{Candidate: c.ID}
	got, all := ratio.Int(0), ratio.Int(0)
	for _, criterion := range s.Criteria {
		points, ok := c.points(criterion.ID)
		if !ok {
			st.Missing = append(st.Missing, criterion.ID)
		}
		if criterion.knocks(points) {
			st.KnockedBy = append(st.KnockedBy, criterion.ID)
		}
		got = got.Add(ratio.Int(criterion.Weight).Mul(ratio.Int(points)))
		all = all.Add(ratio.Int(criterion.Weight).Mul(ratio.Int(MaxScore)))
	}
	if all.Defined() && all.Sign() == 0 {
		st.Share = ratio.Undefined("no criterion has a weight")
		return st
	}
	st.Share = got.Quo(all)
	return st
}

func (c Candidate) points(criterion string) (int64, bool) {
	for _, s := range c.Scores {
		if s.Criterion == criterion {
			return s.Points, true
		}
	}
	return 0, false
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s Selection) validate(faults *verdict.Faults) {
	faults.IDs("selection.criteria", len(s.Criteria), func(i int) string { return s.Criteria[i].ID })
	for i, c := range s.Criteria {
		if c.Weight < 0 {
			faults.Addf(verdict.At("selection.criteria", i)+".weight", "%w: %d is negative", verdict.ErrRange, c.Weight)
		}
		if c.Least < 0 || c.Least > MaxScore {
			faults.Addf(verdict.At("selection.criteria", i)+".least", "%w: %d, want 0 to %d", verdict.ErrRange, c.Least, MaxScore)
		}
	}
	faults.IDs("selection.candidates", len(s.Candidates), func(i int) string { return s.Candidates[i].ID })
	criteria := idSet(s.Criteria, func(c SelectionCriterion) string { return c.ID })
	for i, c := range s.Candidates {
		seen := map[string]bool{}
		for j, score := range c.Scores {
			at := verdict.At(verdict.At("selection.candidates", i)+".scores", j)
			reference(faults, at+".criterion", score.Criterion, criteria)
			required(faults, at+".criterion", score.Criterion != "")
			if seen[score.Criterion] {
				faults.Duplicate(at+".criterion", score.Criterion)
			}
			seen[score.Criterion] = true
			if score.Points < 0 || score.Points > MaxScore {
				faults.Addf(at+".points", "%w: %d, want 0 to %d", verdict.ErrRange, score.Points, MaxScore)
			}
		}
	}
	reference(faults, "selection.chosen", s.Chosen, idSet(s.Candidates, func(c Candidate) string { return c.ID }))
}
