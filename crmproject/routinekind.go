package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A RoutineKind is a kind of work that comes again and again while the CRM is
// built and used. The zero RoutineKind is invalid.
type RoutineKind uint8

// The routine kinds.
const (
	PerformanceReview  RoutineKind = iota + 1 // watching how the system performs (CP-26)
	FeedbackReview                            // hearing what its users say (CP-26, KP-11)
	KPIReview                                 // analysing the indicators (KP-08)
	PlanReview                                // holding progress against timeline and budget (CP-37)
	DataIntegrity                             // checking that the data is right (CP-28)
	DataSecurity                              // checking that the data is safe (CP-28)
	OngoingTraining                           // training after launch (CP-23)
	OngoingSupportWork                        // helping users after launch (CP-38)
)

var routineKindWords = verdict.NewWords[RoutineKind]("routine kind",
	"performance", "user_feedback", "kpi", "plan", "data_integrity", "data_security", "training", "support")

// ParseRoutineKind returns the routine kind of a word such as "performance".
func ParseRoutineKind(word string) (RoutineKind, error) { return routineKindWords.Parse(word) }

// IsValid reports whether r is one of the routine kinds.
func (r RoutineKind) IsValid() bool { return routineKindWords.IsValid(r) }

// String returns the word of r, empty for the zero value.
func (r RoutineKind) String() string { return routineKindWords.String(r) }

// AppendText appends the word of r to b.
func (r RoutineKind) AppendText(b []byte) ([]byte, error) { return routineKindWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r RoutineKind) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *RoutineKind) UnmarshalText(text []byte) error {
	return routineKindWords.UnmarshalText(text, r)
}
