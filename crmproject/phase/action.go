package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// An Action is what a [Decision] decides. The zero Action is invalid.
type Action uint8

// The actions. The five that answer the question of a gate stand together, the
// boldest first; an [Evaluation] lists the permitted ones in this order.
const (
	// Start enters the first phase.
	Start Action = iota + 1
	// Go passes a gate: all musts are met or do not apply, and the should score
	// reaches the threshold.
	Go
	// ConditionalGo passes a gate on waivers, or with a should score below the
	// threshold, under conditions with an owner and a due date.
	ConditionalGo
	// Hold suspends the work until a review.
	Hold
	// Recycle sends the work back to a phase visited before, or to do the
	// current one over.
	Recycle
	// Kill gives the project up; it leads to the closure phase.
	Kill
	// Resume takes up work that is on hold, without passing a gate.
	Resume
	// Reopen opens a finished phase again.
	Reopen
	// Note puts papers on file and moves nothing: waivers granted, exemptions
	// approved, conditions fulfilled.
	Note
)

var actionWords = verdict.NewWords[Action]("action",
	"start", "go", "conditional_go", "hold", "recycle", "kill", "resume", "reopen", "note")

// ParseAction returns the action of a word such as "conditional_go".
func ParseAction(word string) (Action, error) { return actionWords.Parse(word) }

// IsValid reports whether a is one of the actions.
func (a Action) IsValid() bool { return actionWords.IsValid(a) }

// passes reports whether a takes a project through a gate.
func (a Action) passes() bool { return a == Go || a == ConditionalGo }

// String returns the word of a, empty for the zero Action.
func (a Action) String() string { return actionWords.String(a) }

// AppendText appends the word of a to b.
func (a Action) AppendText(b []byte) ([]byte, error) { return actionWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Action) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Action) UnmarshalText(text []byte) error { return actionWords.UnmarshalText(text, a) }
