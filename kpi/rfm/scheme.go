package rfm

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// The number of bins of a dimension.
const (
	DefaultBins = 5
	MaxBins     = 255
)

// An Axis says how one dimension is scored. The zero Axis makes five bins by
// [Quantile] with [TiesTogether]. Fields of other methods than the one chosen must
// be left zero.
type Axis struct {
	Method Method        `json:"method,omitzero"` // zero: Quantile
	Bins   int           `json:"bins,omitzero"`   // 1 to MaxBins; zero: DefaultBins, or what Cuts make
	Ties   Ties          `json:"ties,omitzero"`   // Quantile; zero: TiesTogether
	Break  Break         `json:"break,omitzero"`  // NTile; zero: BreakByCustomer
	Cuts   []ratio.Ratio `json:"cuts,omitempty"`  // Fixed: ascending; in days, orders, days with orders, or minor units
	Closed Side          `json:"closed,omitzero"` // Fixed; zero: RightClosed
	Unit   int64         `json:"unit,omitzero"`   // RCompatible: the number that R would see as 1, such as 100 minor units; zero: 1
}

// A Scheme says what recency, frequency and monetary value are and how they are
// scored. The zero Scheme scores number of orders and total money, less refunds,
// each in five quantile bins.
type Scheme struct {
	Recency   Axis            `json:"recency,omitzero"`
	Frequency Axis            `json:"frequency,omitzero"`
	Monetary  Axis            `json:"monetary,omitzero"`
	Count     Count           `json:"count,omitzero"`   // what frequency counts; zero: Orders
	Value     Value           `json:"value,omitzero"`   // what monetary value is; zero: Total
	Nesting   Nesting         `json:"nesting,omitzero"` // zero: Independent
	Amounts   kpi.Amounts     `json:"amounts,omitzero"` // events without a positive amount; zero: NetOfRefunds
	Window    calendar.Period `json:"window,omitzero"`  // only events of the period that ends with asOf; zero: all
}

// Uniform returns a scheme that scores all three dimensions alike.
func Uniform(a Axis) Scheme { return Scheme{Recency: a, Frequency: a, Monetary: a} }

// RPackage returns the scheme that gives the scores of the R package rfm (0.3.0,
// rfm_table_order) with its default of five bins, for amounts in minor units of
// which the given number make one unit in R: 100 for cents where R has euros,
// 1 where both have the same. Like the package, it counts every event.
func RPackage(unit int64) Scheme {
	s := Uniform(Axis{Method: RCompatible})
	s.Monetary.Unit = unit
	s.Amounts = kpi.EveryEvent
	return s
}

// Explicit returns the scheme with every default written out.
func (s Scheme) Explicit() Scheme {
	s.Recency, s.Frequency, s.Monetary = s.Recency.Explicit(), s.Frequency.Explicit(), s.Monetary.Explicit()
	s.Count = cmp.Or(s.Count, Orders)
	s.Value = cmp.Or(s.Value, Total)
	s.Nesting = cmp.Or(s.Nesting, Independent)
	s.Amounts = cmp.Or(s.Amounts, kpi.NetOfRefunds)
	return s
}

// Explicit returns the axis with every default of its method written out. It does
// not share its cuts with a.
func (a Axis) Explicit() Axis {
	a.Method = cmp.Or(a.Method, Quantile)
	a.Cuts = slices.Clone(a.Cuts)
	switch a.Method {
	case Quantile:
		a.Ties = cmp.Or(a.Ties, TiesTogether)
	case NTile:
		a.Break = cmp.Or(a.Break, BreakByCustomer)
	case Fixed:
		a.Closed = cmp.Or(a.Closed, RightClosed)
		a.Bins = cmp.Or(a.Bins, len(a.Cuts)+1)
	case RCompatible:
		a.Unit = cmp.Or(a.Unit, 1)
	}
	a.Bins = cmp.Or(a.Bins, DefaultBins)
	return a
}

// Validate reports every fault of the scheme, each at its path, such as
// "monetary.cuts[2]".
func (s Scheme) Validate() error {
	var faults verdict.Faults
	faults.Add("recency", s.Recency.Validate())
	faults.Add("frequency", s.Frequency.Validate())
	faults.Add("monetary", s.Monetary.Validate())
	known(&faults, "count", s.Count)
	known(&faults, "value", s.Value)
	known(&faults, "nesting", s.Nesting)
	known(&faults, "amounts", s.Amounts)
	if s.Window != (calendar.Period{}) && !s.Window.IsValid() {
		faults.Addf("window", "%w: %v", verdict.ErrInvalid, s.Window)
	}
	return faults.Err()
}

// Validate reports every fault of the axis.
func (a Axis) Validate() error {
	var faults verdict.Faults
	known(&faults, "method", a.Method)
	known(&faults, "ties", a.Ties)
	known(&faults, "break", a.Break)
	known(&faults, "closed", a.Closed)
	e := a.Explicit()
	if e.Bins < 1 || e.Bins > MaxBins {
		faults.Addf("bins", "%w: %d, want 1 to %d", verdict.ErrRange, e.Bins, MaxBins)
	}
	if a.Unit < 0 {
		faults.Addf("unit", "%w: %d", verdict.ErrRange, a.Unit)
	}
	a.checkForeign(&faults, e.Method)
	a.checkCuts(&faults, e)
	return faults.Err()
}

// checkForeign records fields that the method does not look at: whoever set them
// meant something else.
func (a Axis) checkForeign(faults *verdict.Faults, m Method) {
	foreign := func(path string, set bool, of Method) {
		if set && m != of && m.IsValid() {
			faults.Addf(path, "%w: for method %v, not for %v", verdict.ErrInvalid, of, m)
		}
	}
	foreign("ties", a.Ties != 0, Quantile)
	foreign("break", a.Break != 0, NTile)
	foreign("cuts", len(a.Cuts) > 0, Fixed)
	foreign("closed", a.Closed != 0, Fixed)
	foreign("unit", a.Unit != 0, RCompatible)
}

func (a Axis) checkCuts(faults *verdict.Faults, e Axis) {
	if e.Method != Fixed {
		return
	}
	if len(a.Cuts) == 0 {
		faults.Missing("cuts")
	} else if e.Bins != len(a.Cuts)+1 {
		faults.Addf("bins", "%w: %d cuts make %d bins, not %d", verdict.ErrInvalid, len(a.Cuts), len(a.Cuts)+1, e.Bins)
	}
	for i, cut := range a.Cuts {
		path := verdict.At("cuts", i)
		switch {
		case !cut.Defined():
			faults.Add(path, cut.Err())
		case i > 0 && a.Cuts[i-1].Defined() && cut.Cmp(a.Cuts[i-1]) <= 0:
			faults.Addf(path, "%w: %v is not above %v", verdict.ErrRange, cut, a.Cuts[i-1])
		}
	}
}

// known records an enumeration value that is neither zero nor one of its words.
func known[E interface {
	~uint8
	IsValid() bool
	MarshalText() ([]byte, error)
}](faults *verdict.Faults, path string, v E) {
	if v != 0 && !v.IsValid() {
		_, err := v.MarshalText()
		faults.Add(path, err)
	}
}
