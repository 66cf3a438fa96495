package risk

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/risk/quant"
)

// A Worth is what a response that is still to be done would take off a
// percentile of the total (RI-05, RI-06). Estimates are in minor units.
type Worth struct {
	Risk     string         `json:"risk"`
	Response string         `json:"response"`
	Cost     money.Amount   `json:"cost,omitzero"`
	Priced   bool           `json:"priced"` // whether a cost is given; if not, Net leaves it out
	Before   quant.Estimate `json:"before"` // percentile of the total as it is
	After    quant.Estimate `json:"after"`  // and with the response done
	Saves    quant.Estimate `json:"saves"`  // Before − After
	Net      quant.Estimate `json:"net"`    // Saves − Cost
}

// PerCost returns Saves ÷ Cost. It is undefined (false) if no cost is given, or
// if it is 0.
func (w Worth) PerCost() (float64, bool) {
	if !w.Priced || w.Cost.Sign() == 0 {
		return 0, false
	}
	return w.Saves.Value / float64(w.Cost.Minor()), true
}

// Worth ranks the responses to live risks that are still to be done by what each
// alone takes off the percentile p of the total, 0.8 for the P80, less its cost:
// the best first, those without a cost last, equal ones by the ids of risk and
// response. It goes further than [Register.Benefits], which compares means:
// what a response does to effects of its risk counts, and so does what it does
// to the tail.
//
// All models share their draws where draws are needed, see
// [quant.Model.RankResponses]. Errors are those of [Register.Quantify] and of
// that. It takes one analysis for each response.
func (r Register) Worth(ctx context.Context, asOf calendar.Date, p float64, o quant.Options) ([]Worth, error) {
	q, err := r.quantifier(ctx, asOf)
	if err != nil {
		return nil, err
	}
	now, err := q.quantify(ctx, Risk.Residual)
	if err != nil {
		return nil, err
	}
	var all []Worth
	var responses []quant.Response
	for _, risk := range q.live {
		for i, response := range risk.Responses {
			if !response.Open() || !response.Strategy.Fits(risk.Kind) {
				continue
			}
			then, err := q.quantify(ctx, having(risk.ID, i))
			if err != nil {
				return nil, err
			}
			w := Worth{Risk: risk.ID, Response: response.ID, Cost: response.Cost, Priced: response.Cost != money.Amount{}}
			all = append(all, w)
			responses = append(responses, quant.Response{
				ID: place(len(responses)), Cost: max(float64(response.Cost.Minor()), 0), After: then.Model,
			})
		}
	}
	return all, rank(ctx, &now.Model, p, all, responses, o)
}

// having returns the outlook in which one more response is done.
func having(id string, i int) func(Risk) Outlook {
	return func(risk Risk) Outlook {
		if risk.ID != id {
			return risk.Residual()
		}
		return risk.outlook(operating, append(risk.done(), risk.Responses[i]))
	}
}

// place names a response by its place among the others: the ids of responses are
// unique within their risk only.
func place(i int) string { return strconv.Itoa(i) }

// rank fills in what each response is worth, and puts them in order.
func rank(ctx context.Context, now *quant.Model, p float64, all []Worth, responses []quant.Response, o quant.Options) error {
	ranked, err := now.RankResponses(ctx, p, responses, o)
	if err != nil {
		return err
	}
	for _, found := range ranked {
		w := &all[slices.IndexFunc(responses, func(r quant.Response) bool { return r.ID == found.ID })]
		w.Before, w.After, w.Saves, w.Net = found.Before, found.After, found.Saves, found.Net
	}
	slices.SortStableFunc(all, func(a, b Worth) int {
		return cmp.Or(
			cmp.Compare(boolInt(b.Priced), boolInt(a.Priced)), cmp.Compare(b.Net.Value, a.Net.Value),
			cmp.Compare(a.Risk, b.Risk), cmp.Compare(a.Response, b.Response),
		)
	})
	return nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
