package control

import (
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An EffectKind says what an [Effect] does to the network, and by which
// adjustment. The zero EffectKind is invalid.
type EffectKind uint8

// The kinds of effects.
const (
	RelaxDeadline  EffectKind = iota + 1 // timeline: another deadline of the project
	ReplaceLinks                         // timeline: other links between two activities, such as an overlap
	CrashActivity                        // resources: another duration by adding people
	TrimActivity                         // scope: a shorter duration by doing less
	DropActivity                         // scope: an activity left out, its predecessors tied to its successors
	InsertActivity                       // scope: an activity more
)

var effectKindWords = verdict.NewWords[EffectKind]("effect",
	"relax", "relink", "crash", "trim", "drop", "insert")

// ParseEffectKind returns the effect of a word such as "relax".
func ParseEffectKind(word string) (EffectKind, error) { return effectKindWords.Parse(word) }

// IsValid reports whether k is one of the constants.
func (k EffectKind) IsValid() bool { return effectKindWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k EffectKind) String() string { return effectKindWords.String(k) }

// AppendText appends the word of k to b.
func (k EffectKind) AppendText(b []byte) ([]byte, error) { return effectKindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k EffectKind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *EffectKind) UnmarshalText(text []byte) error { return effectKindWords.UnmarshalText(text, k) }

// Adjustment returns by which of the three adjustments an effect of this kind
// corrects the course (CP-35), the zero Adjustment if k is invalid.
func (k EffectKind) Adjustment() crmproject.Adjustment {
	switch k {
	case RelaxDeadline, ReplaceLinks:
		return crmproject.ChangeTimeline
	case CrashActivity:
		return crmproject.AddResources
	case TrimActivity, DropActivity, InsertActivity:
		return crmproject.ChangeScope
	default:
		return 0
	}
}
