package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A Stage is one of the five phases of a project, on which every other scheme is
// mapped (CP-03, CP-05). The values ascend in time. The zero Stage is invalid.
type Stage uint8

// The stages.
const (
	Initiation Stage = iota + 1 // settle purpose, scope and objectives
	Planning                    // make a detailed plan to execute
	Execution                   // implement to the plan
	Control                     // monitoring and control: track, assess, correct
	Closure                     // complete, evaluate, hand over
)

var stageWords = verdict.NewWords[Stage]("stage", "initiation", "planning", "execution", "control", "closure")

// ParseStage returns the stage of a word such as "initiation".
func ParseStage(word string) (Stage, error) { return stageWords.Parse(word) }

// IsValid reports whether s is one of the stages.
func (s Stage) IsValid() bool { return stageWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Stage) String() string { return stageWords.String(s) }

// AppendText appends the word of s to b.
func (s Stage) AppendText(b []byte) ([]byte, error) { return stageWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Stage) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Stage) UnmarshalText(text []byte) error { return stageWords.UnmarshalText(text, s) }

// Evidence names the part of the project file whose facts prove that a key
// activity was done. The zero Evidence is "none".
type Evidence uint8

// The kinds of evidence.
const (
	ProjectEvidence     Evidence = iota + 1 // the project itself
	ScopeEvidence                           // the scope statement
	RiskEvidence                            // the risk register
	StakeholderEvidence                     // the stakeholder register
	KPIEvidence                             // the indicators
	ReviewEvidence                          // reviews and audits
)

var evidenceWords = verdict.NewWords[Evidence]("evidence", "project", "scope", "risk", "stakeholder", "kpi", "review")

// ParseEvidence returns the evidence of a word such as "project".
func ParseEvidence(word string) (Evidence, error) { return evidenceWords.Parse(word) }

// IsValid reports whether e is one of the kinds of evidence.
func (e Evidence) IsValid() bool { return evidenceWords.IsValid(e) }

// String returns the word of e, empty for the zero value.
func (e Evidence) String() string { return evidenceWords.String(e) }

// AppendText appends the word of e to b.
func (e Evidence) AppendText(b []byte) ([]byte, error) { return evidenceWords.AppendText(b, e) }

// MarshalText returns the word of e.
func (e Evidence) MarshalText() ([]byte, error) { return e.AppendText(nil) }

// UnmarshalText reads a word; e is unchanged on error.
func (e *Evidence) UnmarshalText(text []byte) error { return evidenceWords.UnmarshalText(text, e) }
