package stakeholder

import "github.com/crmrollout/crm/crmproject/verdict"

// A Level is how engaged a stakeholder is. The levels ascend in steps of one, so
// that they compare with < and their difference is the gap. They are those of
// the stakeholder engagement assessment matrix (A Guide to the Project
// Management Body of Knowledge, 6th ed., 13.2.2.5). The zero Level means "not
// assessed" and is invalid.
type Level uint8

// The levels.
const (
	Unaware    Level = iota + 1 // does not know of the project or of what it changes
	Resistant                   // knows, and is against it
	Neutral                     // knows, and is neither for nor against it
	Supportive                  // knows, and is for it
	Leading                     // is for it, and works to make it succeed
)

var levelWords = verdict.NewWords[Level]("stakeholder: level",
	"unaware", "resistant",
	"neutral", "supportive", "leading")

// ParseLevel returns the level of a word: "unaware", "resistant", "neutral",
// "supportive" or "leading". The error wraps [verdict.ErrUnknown].
func ParseLevel(word string) (Level, error) { return levelWords.Parse(word) }

// IsValid reports whether l is a level; the zero Level is not.
func (l Level) IsValid() bool { return levelWords.IsValid(l) }

// String returns the word of l, empty for the zero Level.
func (l Level) String() string { return levelWords.String(l) }

// AppendText appends the word of l to b.
func (l Level) AppendText(b []byte) ([]byte, error) { return levelWords.AppendText(b, l) }

// MarshalText returns the word of l.
func (l Level) MarshalText() ([]byte, error) { return l.AppendText(nil) }

// UnmarshalText reads a word; l is unchanged on error.
func (l *Level) UnmarshalText(text []byte) error { return levelWords.UnmarshalText(text, l) }

// Gap returns the number of steps from the current level to the desired one,
// negative where a stakeholder is more engaged than needed, and false if either
// is not a level.
func Gap(current, desired Level) (steps int, ok bool) {
	if !current.IsValid() || !desired.IsValid() {
		return 0, false
	}
	return int(desired) - int(current), true
}

// An Alignment says on which side of the desired level the current one is. The
// zero Alignment means that one of them is not known, and is invalid.
type Alignment uint8

// The alignments.
const (
	Aligned   Alignment = iota + 1 // as desired
	Short                          // below the desired level, an action is owed: "gap"
	Exceeding                      // above it: "surplus"
)

var alignmentWords = verdict.NewWords[Alignment]("stakeholder: alignment", "aligned", "gap", "surplus")

// ParseAlignment returns the alignment of a word: "aligned", "gap" or
// "surplus". The error wraps [verdict.ErrUnknown].
func ParseAlignment(word string) (Alignment, error) { return alignmentWords.Parse(word) }

// IsValid reports whether a is a alignment; the zero Alignment is not.
func (a Alignment) IsValid() bool { return alignmentWords.IsValid(a) }

// String returns the word of a, empty for the zero Alignment.
func (a Alignment) String() string { return alignmentWords.String(a) }

// AppendText appends the word of a to b.
func (a Alignment) AppendText(b []byte) ([]byte, error) { return alignmentWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Alignment) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Alignment) UnmarshalText(text []byte) error { return alignmentWords.UnmarshalText(text, a) }

// AlignmentOf returns on which side of the desired level the current one is, 0
// if either is not a level.
func AlignmentOf(current, desired Level) Alignment {
	gap, ok := Gap(current, desired)
	switch {
	case !ok:
		return 0
	case gap > 0:
		return Short
	case gap < 0:
		return Exceeding
	default:
		return Aligned
	}
}
