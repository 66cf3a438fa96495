package objective

import "github.com/crmrollout/crm/crmproject/verdict"

// A Part is something that a good objective states. The zero Part is invalid.
type Part uint8

// The parts.
const (
	PartDirection Part = iota + 1 // which way
	PartMetric                    // what is measured
	PartAmount                    // how much, with its unit
	PartDeadline                  // by when
	PartBaseline                  // from where, unless the amount is a target
	PartOwner                     // who answers for it
	PartGoal                      // which business goal it serves
)

var partWords = verdict.NewWords[Part]("part", "direction", "metric", "amount", "deadline", "baseline", "owner", "goal")

// ParsePart returns the part of a word such as "direction".
func ParsePart(word string) (Part, error) { return partWords.Parse(word) }

// IsValid reports whether p is one of the parts.
func (p Part) IsValid() bool { return partWords.IsValid(p) }

// String returns the word of p, empty for the zero value.
func (p Part) String() string { return partWords.String(p) }

// AppendText appends the word of p to b.
func (p Part) AppendText(b []byte) ([]byte, error) { return partWords.AppendText(b, p) }

// MarshalText returns the word of p.
func (p Part) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a word; p is unchanged on error.
func (p *Part) UnmarshalText(text []byte) error { return partWords.UnmarshalText(text, p) }

// Missing returns the parts of a SMART objective that are not stated, in the
// order of the constants. Specific are direction, metric and amount with its
// unit, or for a milestone the deliverable and the deadline. Time-bound is the
// deadline. Measurable progress needs a baseline, or an amount that is itself the
// value to reach. Owner and business goal make it somebody's and worth it.
func (o Objective) Missing() []Part {
	var missing []Part
	need := func(p Part, have bool) {
		if !have {
			missing = append(missing, p)
		}
	}
	if o.IsMilestone() {
		need(PartDeadline, o.Deadline.IsValid())
	} else {
		need(PartDirection, o.Direction.IsValid())
		need(PartMetric, o.Metric != "")
		need(PartAmount, o.hasAmount())
		need(PartDeadline, o.Deadline.IsValid())
		need(PartBaseline, o.Baseline.Defined() || o.Target.Defined() || o.Amount.Kind == ToTarget || o.Amount.Kind == Binary)
	}
	need(PartOwner, o.Owner != "")
	need(PartGoal, o.Goal != "")
	return missing
}

// hasAmount reports whether there is a number with its unit: a multiple and a
// done-or-not need no unit, and a stated target takes that of its metric.
func (o Objective) hasAmount() bool {
	switch o.Amount.Kind {
	case Multiple, Binary:
		return true
	default:
		return o.Target.Defined() || (o.Amount.Value.Defined() && o.Amount.Unit != "")
	}
}

// Specific reports whether the objective can be told from a wish: direction,
// metric and amount are stated, or deliverable and deadline.
func (o Objective) Specific() bool {
	for _, p := range o.Missing() {
		switch p {
		case PartDirection, PartMetric, PartAmount:
			return false
		case PartDeadline:
			if o.IsMilestone() {
				return false
			}
		default: // the other parts make it SMART, not specific
		}
	}
	return true
}

// SMART reports whether every part is stated.
func (o Objective) SMART() bool { return len(o.Missing()) == 0 }
