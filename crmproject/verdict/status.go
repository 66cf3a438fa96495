package verdict

// A Status is what came of checking one rule. The zero Status is invalid.
type Status uint8

// The five statuses. The numbers ascend from good to bad, so that the status of
// a whole is the largest of its parts, with one exception: a rule that does not
// apply to some parts is judged on the others.
const (
	NotApplicable Status = iota + 1 // the rule has no subject here, for a stated reason
	Met                             // the rule was checked and nothing was found
	Unassessed                      // the facts to judge by are not there; never taken for Met
	NotMet                          // there is at least one finding
	Failed                          // the check itself could not run
)

var statusWords = NewWords[Status]("status", "not_applicable", "met", "unassessed", "not_met", "failed")

// ParseStatus returns the status of a word such as "not_met".
func ParseStatus(word string) (Status, error) { return statusWords.Parse(word) }

// IsValid reports whether s is one of the five statuses.
func (s Status) IsValid() bool { return statusWords.IsValid(s) }

// Satisfied reports whether a rule with this status is out of the way: it is
// met or does not apply.
func (s Status) Satisfied() bool { return s == Met || s == NotApplicable }

// String returns the word of s, empty for the zero Status.
func (s Status) String() string { return statusWords.String(s) }

// AppendText appends the word of s to b.
func (s Status) AppendText(b []byte) ([]byte, error) { return statusWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Status) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Status) UnmarshalText(text []byte) error { return statusWords.UnmarshalText(text, s) }
