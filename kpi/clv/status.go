package clv

import "github.com/crmrollout/crm/crmproject/verdict"

// A Status says how a fit ended. The zero Status is invalid.
type Status uint8

// The ways to end, from good to bad.
const (
	// Converged: the maximum of the likelihood is found, with a positive definite
	// information matrix.
	Converged Status = iota + 1

	// Boundary: the likelihood has no maximum inside. It rises, or stays flat, as a
	// parameter tends to nought or to infinity: there are too few repeat purchases, all
	// customers are alike, or nobody leaves. The parameters are where the search ended;
	// forecasts from them may be good, standard errors there are none.
	Boundary

	// IterationLimit: FitOptions.MaxIterations was too small.
	IterationLimit

	// Stalled: no step leads further up, and this is no maximum either.
	Stalled
)

var statusWords = verdict.NewWords[Status]("fit status", "converged", "boundary", "iteration_limit", "stalled")

// ParseStatus returns the status of a word such as "converged".
func ParseStatus(word string) (Status, error) { return statusWords.Parse(word) }

// IsValid reports whether s is one of the statuses.
func (s Status) IsValid() bool { return statusWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Status) String() string { return statusWords.String(s) }

// AppendText appends the word of s to b.
func (s Status) AppendText(b []byte) ([]byte, error) { return statusWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Status) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Status) UnmarshalText(text []byte) error { return statusWords.UnmarshalText(text, s) }
