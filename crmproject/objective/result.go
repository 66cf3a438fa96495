package objective

import "github.com/crmrollout/crm/crmproject/verdict"

// A Result says what became of a target at a measurement. The zero Result is
// invalid.
type Result uint8

// The results.
const (
	ReachedTarget Result = iota + 1 // the target is reached or surpassed
	PartiallyMet                    // on the way: between baseline and target
	NoChange                        // exactly at the baseline
	Regressed                       // further from the target than the baseline
	NotMet                          // missed, where there is no way to say by how much
	NotMeasured                     // there is no measurement
	InvalidTarget                   // the target is not one: see [Target.Validate]
)

var resultWords = verdict.NewWords[Result]("result", "met", "partially_met", "no_change", "regressed", "not_met", "not_measured", "invalid_target")

// ParseResult returns the result of a word such as "met".
func ParseResult(word string) (Result, error) { return resultWords.Parse(word) }

// IsValid reports whether r is one of the results.
func (r Result) IsValid() bool { return resultWords.IsValid(r) }

// String returns the word of r, empty for the zero value.
func (r Result) String() string { return resultWords.String(r) }

// AppendText appends the word of r to b.
func (r Result) AppendText(b []byte) ([]byte, error) { return resultWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r Result) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *Result) UnmarshalText(text []byte) error { return resultWords.UnmarshalText(text, r) }

// A Rating is the traffic light of a target at a date. The zero Rating is
// invalid.
type Rating uint8

// The ratings.
const (
	Green   Rating = iota + 1 // at or ahead of the plan
	Amber                     // behind the plan, within tolerance
	Red                       // behind the plan beyond tolerance, or moving the wrong way
	Unrated                   // there is nothing to judge by
)

var ratingWords = verdict.NewWords[Rating]("rating", "green", "amber", "red", "unrated")

// ParseRating returns the rating of a word such as "green".
func ParseRating(word string) (Rating, error) { return ratingWords.Parse(word) }

// IsValid reports whether r is one of the ratings.
func (r Rating) IsValid() bool { return ratingWords.IsValid(r) }

// String returns the word of r, empty for the zero value.
func (r Rating) String() string { return ratingWords.String(r) }

// AppendText appends the word of r to b.
func (r Rating) AppendText(b []byte) ([]byte, error) { return ratingWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r Rating) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *Rating) UnmarshalText(text []byte) error { return ratingWords.UnmarshalText(text, r) }
