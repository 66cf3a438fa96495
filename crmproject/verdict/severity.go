package verdict

// A Severity says how much a finding matters. The values ascend, so that
// severities compare with <; the zero Severity is invalid.
type Severity uint8

// The four severities. Critical blocks: it must be mended or formally waived
// before the project moves on. Major endangers time, budget or need. Minor is a
// weakness to be put right in the ordinary course. Info is worth knowing.
const (
	Info Severity = iota + 1
	Minor
	Major
	Critical
)

var severityWords = NewWords[Severity]("severity", "info", "minor", "major", "critical")

// ParseSeverity returns the severity of a word: info, minor, major, critical.
func ParseSeverity(word string) (Severity, error) { return severityWords.Parse(word) }

// IsValid reports whether s is one of the four severities.
func (s Severity) IsValid() bool { return severityWords.IsValid(s) }

// String returns the word of s, empty for the zero Severity.
func (s Severity) String() string { return severityWords.String(s) }

// AppendText appends the word of s to b.
func (s Severity) AppendText(b []byte) ([]byte, error) { return severityWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Severity) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Severity) UnmarshalText(text []byte) error { return severityWords.UnmarshalText(text, s) }
