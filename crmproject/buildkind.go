package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A BuildKind is a kind of building work on the CRM (CP-20, CP-22). The zero
// BuildKind is invalid.
type BuildKind uint8

// The build kinds.
const (
	Configuration   BuildKind = iota + 1 // settings of the product, aligned to a process
	Customisation                        // a new feature beyond the product
	IntegrationWork                      // a connection with another system
	Tailoring                            // a fit to the needs of its users
)

var buildKindWords = verdict.NewWords[BuildKind]("build kind", "configuration", "customisation", "integration", "tailoring")

// ParseBuildKind returns the build kind of a word such as "configuration".
func ParseBuildKind(word string) (BuildKind, error) { return buildKindWords.Parse(word) }

// IsValid reports whether k is one of the build kinds.
func (k BuildKind) IsValid() bool { return buildKindWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k BuildKind) String() string { return buildKindWords.String(k) }

// AppendText appends the word of k to b.
func (k BuildKind) AppendText(b []byte) ([]byte, error) { return buildKindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k BuildKind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *BuildKind) UnmarshalText(text []byte) error { return buildKindWords.UnmarshalText(text, k) }

// A TrainingSubject is what people are trained on (ST-19). The zero value is
// invalid.
type TrainingSubject uint8

// The training subjects.
const (
	OnSystem  TrainingSubject = iota + 1 // the CRM itself
	OnProcess                            // the way of working with it
)

var trainingSubjectWords = verdict.NewWords[TrainingSubject]("training subject", "system", "process")

// ParseTrainingSubject returns the training subject of a word such as "system".
func ParseTrainingSubject(word string) (TrainingSubject, error) {
	return trainingSubjectWords.Parse(word)
}

// IsValid reports whether t is one of the training subjects.
func (t TrainingSubject) IsValid() bool { return trainingSubjectWords.IsValid(t) }

// String returns the word of t, empty for the zero value.
func (t TrainingSubject) String() string { return trainingSubjectWords.String(t) }

// AppendText appends the word of t to b.
func (t TrainingSubject) AppendText(b []byte) ([]byte, error) {
	return trainingSubjectWords.AppendText(b, t)
}

// MarshalText returns the word of t.
func (t TrainingSubject) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *TrainingSubject) UnmarshalText(text []byte) error {
	return trainingSubjectWords.UnmarshalText(text, t)
}
