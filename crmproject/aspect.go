package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// An Aspect is one thing that must be so before a wave goes live (CP-24). The
// zero Aspect is invalid.
type Aspect uint8

// The readiness aspects.
const (
	TrainingAspect Aspect = iota + 1 // every user of the wave is trained
	DataAspect                       // its data are reconciled
	DefectsAspect                    // no grave defect is open
	SupportAspect                    // help for its users is in place
	BuildAspect                      // what it needs is built and tested
	EntryAspect                      // its entry criteria are met
	RollbackAspect                   // its way back is ruled and rehearsed
	EarlierAspect                    // the waves before it are finished
)

var aspectWords = verdict.NewWords[Aspect]("readiness aspect",
	"training", "data", "defects", "support", "build", "entry", "rollback", "earlier_waves")

// ParseAspect returns the readiness aspect of a word such as "training".
func ParseAspect(word string) (Aspect, error) { return aspectWords.Parse(word) }

// IsValid reports whether a is one of the readiness aspects.
func (a Aspect) IsValid() bool { return aspectWords.IsValid(a) }

// String returns the word of a, empty for the zero value.
func (a Aspect) String() string { return aspectWords.String(a) }

// AppendText appends the word of a to b.
func (a Aspect) AppendText(b []byte) ([]byte, error) { return aspectWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Aspect) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Aspect) UnmarshalText(text []byte) error { return aspectWords.UnmarshalText(text, a) }
