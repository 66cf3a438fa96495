package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// An IssueKind says where an issue comes from. The zero IssueKind is invalid.
type IssueKind uint8

// The issue kinds.
const (
	DeploymentIssue IssueKind = iota + 1 // it came up in a first deployment (CP-25)
	OperationIssue                       // it came up in use (CP-38)
	RiskIssue                            // a risk that has happened (RI-08)
	ProjectIssue                         // it concerns the work of the project itself
)

var issueKindWords = verdict.NewWords[IssueKind]("issue kind", "deployment", "operation", "risk", "project")

// ParseIssueKind returns the issue kind of a word such as "deployment".
func ParseIssueKind(word string) (IssueKind, error) { return issueKindWords.Parse(word) }

// IsValid reports whether i is one of the issue kinds.
func (i IssueKind) IsValid() bool { return issueKindWords.IsValid(i) }

// String returns the word of i, empty for the zero value.
func (i IssueKind) String() string { return issueKindWords.String(i) }

// AppendText appends the word of i to b.
func (i IssueKind) AppendText(b []byte) ([]byte, error) { return issueKindWords.AppendText(b, i) }

// MarshalText returns the word of i.
func (i IssueKind) MarshalText() ([]byte, error) { return i.AppendText(nil) }

// UnmarshalText reads a word; i is unchanged on error.
func (i *IssueKind) UnmarshalText(text []byte) error { return issueKindWords.UnmarshalText(text, i) }
