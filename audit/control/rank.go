package control

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// dominate marks every option that another one is better than without a price.
func dominate(options []Option) {
	for i := range options {
		for _, other := range options {
			if other.dominates(options[i]) {
				options[i].DominatedBy = append(options[i].DominatedBy, other.ID)
			}
		}
	}
}

// dominates reports whether o is at least as good as p in every respect, and better
// in one.
func (o Option) dominates(p Option) bool {
	better := false
	for _, c := range o.respects(p) {
		if c > 0 {
			return false
		}
		better = better || c < 0
	}
	switch {
	case !subset(o.GivesUp, p.GivesUp):
		return false
	case len(o.GivesUp) < len(p.GivesUp):
		better = true
	}
	return better
}

// respects compares o and p in each respect that can be compared: below 0 where o is
// better.
func (o Option) respects(p Option) []int {
	// One currency throughout: Compare has added them up.
	return []int{
		cmp.Compare(o.Due, p.Due), cmp.Compare(o.Finish, p.Finish),
		cmp.Compare(o.P50.Value, p.P50.Value), cmp.Compare(o.P80.Value, p.P80.Value),
		cmp.Compare(o.EAC.Minor(), p.EAC.Minor()),
		cmp.Compare(p.OnTime.Value, o.OnTime.Value), cmp.Compare(p.Agreed.Value, o.Agreed.Value),
	}
}

// subset reports whether every element of a is in b; both ascend.
func subset(a, b []string) bool {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); !ok {
			return false
		}
	}
	return true
}

// Rank returns the options by the criteria, the best first: by the first criterion,
// equal ones by the second, and so on, and in the end by id. Criteria are never mixed
// into one number. Dominated options stay where the criteria put them. The error
// wraps [verdict.ErrMissing] without criteria, [verdict.ErrUnknown] for one that is
// none.
func (c Comparison) Rank(by ...Criterion) ([]Option, error) {
	var f verdict.Faults
	if len(by) == 0 {
		f.Missing("criteria")
	}
	for i, k := range by {
		if !k.IsValid() {
			f.Addf(verdict.At("criteria", i), "%w criterion %d", verdict.ErrUnknown, k)
		}
	}
	if err := f.Err(); err != nil {
		return nil, fmt.Errorf("control: rank: %w", err)
	}
	ranked := slices.Clone(c.Options)
	slices.SortStableFunc(ranked, func(a, b Option) int {
		for _, k := range by {
			if r := k.compare(a, b); r != 0 {
				return r
			}
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return ranked, nil
}

func (c Criterion) compare(a, b Option) int {
	switch c {
	case EarliestFinish:
		return cmp.Compare(a.Finish, b.Finish)
	case EarliestP50:
		return cmp.Compare(a.P50.Value, b.P50.Value)
	case EarliestP80:
		return cmp.Compare(a.P80.Value, b.P80.Value)
	case LeastCost:
		return cmp.Compare(a.EAC.Minor(), b.EAC.Minor())
	case SurestOnTime:
		return cmp.Compare(b.OnTime.Value, a.OnTime.Value)
	case SurestAgreed:
		return cmp.Compare(b.Agreed.Value, a.Agreed.Value)
	default:
		return cmp.Compare(len(a.GivesUp), len(b.GivesUp))
	}
}

// Option returns the option of the given id, and false if there is none.
func (c Comparison) Option(id string) (Option, bool) {
	for _, o := range c.Options {
		if o.ID == id {
			return o, true
		}
	}
	return Option{}, false
}

// Markdown renders the comparison as a table for people. The text ends with a
// newline and depends on the comparison alone.
func (c Comparison) Markdown() string {
	var b strings.Builder
	b.WriteString("| option | finish | P50 | P80 | due | on time | by " + c.Due.String() + " | cost | EAC | gives up | dominated by |\n")
	b.WriteString("|---|---|---|---|---|---|---|---:|---:|---|---|\n")
	for _, o := range c.Options {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n",
			cell(o.ID), o.Finish, o.P50.Value, o.P80.Value, o.Due, chance(o.OnTime.Value, o.OnTime.Low, o.OnTime.High),
			chance(o.Agreed.Value, o.Agreed.Low, o.Agreed.High), o.Cost, o.EAC, cell(strings.Join(o.GivesUp, ", ")),
			cell(strings.Join(o.DominatedBy, ", ")))
	}
	return b.String()
}

// chance writes a probability with its interval in percent.
func chance(v, low, high float64) string {
	return fmt.Sprintf("%.0f%% (%.0f–%.0f)", 100*v, 100*low, 100*high)
}

// cell makes a text safe for a cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ").Replace(text)
}
