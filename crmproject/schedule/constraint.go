package schedule

import "github.com/crmrollout/crm/crmproject/verdict"

// A ConstraintKind says what a [Constraint] asks. The zero value is invalid. The
// kinds come in pairs, a lower bound before an upper one.
type ConstraintKind uint8

// The kinds of constraints. The lower bounds move the early dates, the upper
// ones the late dates, and a "must" is both. None breaks a link: where the
// network needs more time, the date stays later than asked and the float turns
// negative.
const (
	StartNoEarlier  ConstraintKind = iota + 1 // the activity starts on the day or later
	StartNoLater                              // … on the day or before
	FinishNoEarlier                           // the activity finishes on the day or later
	FinishNoLater                             // … on the day or before
	MustStart                                 // the activity starts on the day
	MustFinish                                // the activity finishes on the day
)

var constraintWords = verdict.NewWords[ConstraintKind]("schedule: constraint",
	"start_no_earlier", "start_no_later", "finish_no_earlier", "finish_no_later", "must_start", "must_finish")

// ParseConstraintKind returns the kind of a word such as "start_no_earlier".
func ParseConstraintKind(word string) (ConstraintKind, error) { return constraintWords.Parse(word) }

// IsValid reports whether k is one of the six kinds.
func (k ConstraintKind) IsValid() bool { return constraintWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k ConstraintKind) String() string { return constraintWords.String(k) }

// AppendText appends the word of k to b.
func (k ConstraintKind) AppendText(b []byte) ([]byte, error) {
	return constraintWords.AppendText(b, k)
}

// MarshalText returns the word of k.
func (k ConstraintKind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *ConstraintKind) UnmarshalText(text []byte) error {
	return constraintWords.UnmarshalText(text, k)
}

// Hard reports whether k is an upper bound, which can hold the network back
// from showing what a delay does. The DCMA calls those hard constraints.
func (k ConstraintKind) Hard() bool { return k.above() }

// ofStart reports whether k speaks of the start.
func (k ConstraintKind) ofStart() bool {
	return k == StartNoEarlier || k == StartNoLater || k == MustStart
}

// below and above report whether k is a lower and an upper bound.
func (k ConstraintKind) below() bool {
	return k == StartNoEarlier || k == FinishNoEarlier || k.must()
}

func (k ConstraintKind) above() bool {
	return k == StartNoLater || k == FinishNoLater || k.must()
}

func (k ConstraintKind) must() bool { return k == MustStart || k == MustFinish }

// A Constraint ties an activity to a point of time for reasons that are not in
// the network: the supplier delivers on the 1st, the old licence ends in June.
type Constraint struct {
	Kind ConstraintKind `json:"kind"`
	At   Point          `json:"at"`
}
