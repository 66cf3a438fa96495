package risk

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Ranked is a risk with its place in a ranking.
type Ranked struct {
	Place  int      `json:"place"` // from 1; no two share one
	Risk   string   `json:"risk"`
	Title  string   `json:"title"`
	Kind   Kind     `json:"kind"`
	State  State    `json:"state"`
	Rated  bool     `json:"rated"`  // false if there is no assessment that can be rated
	Rating Rating   `json:"rating"` // as it stands, see Register.Standing
	EMV    Exposure `json:"emv"`    // residual
}

// Rank returns the active risks at asOf, the gravest first. They are ordered
//
//  1. by band, the highest first; risks that cannot be rated come last,
//  2. by residual EMV, the greatest first; undefined ones come last,
//  3. by level of impact, the highest first,
//  4. by id.
//
// Bands and impacts of different matrices are compared by their height in their
// own. Amounts are compared without regard to currency; a valid register has
// only one. The score takes no part: it sorts cells of a heat map and nothing
// else.
func (r Register) Rank(asOf calendar.Date) []Ranked {
	active := r.Active(asOf)
	rows := make([]rankRow, len(active))
	for i, risk := range active {
		rows[i] = r.rankRow(risk, asOf)
	}
	slices.SortStableFunc(rows, compareRanked)
	ranked := make([]Ranked, len(rows))
	for i, row := range rows {
		ranked[i] = row.Ranked
		ranked[i].Place = i + 1
	}
	return ranked
}

// A rankRow is a Ranked with the key that needs its matrix.
type rankRow struct {
	Ranked
	impact ratio.Ratio // height of the impact in its scale, from 0 to 1
}

func (r Register) rankRow(risk Risk, asOf calendar.Date) rankRow {
	standing, ok := r.Standing(risk, asOf)
	row := rankRow{Ranked: Ranked{
		Risk: risk.ID, Title: risk.Title, Kind: risk.Kind, State: risk.StateAt(asOf),
		Rated: ok, Rating: standing.Rating, EMV: risk.Residual().EMV,
	}}
	if m, found := r.MatrixOf(standing.Matrix); ok && found {
		row.impact = ratio.New(int64(standing.Rating.Impact), int64(max(len(m.Impact.Levels)-1, 1)))
	}
	return row
}

func compareRanked(a, b rankRow) int {
	return cmp.Or(
		descending(a.Rating.Height, b.Rating.Height),
		descending(a.EMV.Minor, b.EMV.Minor),
		descending(a.impact, b.impact),
		cmp.Compare(a.Risk, b.Risk),
	)
}

// Benefits weighs the responses to the active risks at asOf, the one with the
// greatest net benefit first. Equal ones are ordered by the ids of risk and
// response, and undefined ones come last. See [Risk.Benefits].
func (r Register) Benefits(asOf calendar.Date) []Benefit {
	var all []Benefit
	for _, risk := range r.Active(asOf) {
		all = append(all, risk.Benefits()...)
	}
	slices.SortStableFunc(all, func(a, b Benefit) int {
		return cmp.Or(
			descending(a.Net.Minor, b.Net.Minor),
			cmp.Compare(a.Risk, b.Risk),
			cmp.Compare(a.Response, b.Response),
		)
	})
	return all
}
