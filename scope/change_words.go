package scope

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A State is where a change request stands. The zero State is "not given"; a
// [Change] without a state is a draft.
type State uint8

// The change states.
const (
	Draft       State = iota + 1 // being written
	Submitted                    // handed in, not yet assessed
	Assessed                     // its five impacts are known
	Approved                     // decided for; work may begin
	Rejected                     // decided against
	Deferred                     // put off; to be assessed again before it is decided
	Implemented                  // part of a new version of the baseline
	Verified                     // done as approved, everything it touched reviewed
	Closed                       // finished
	Withdrawn                    // taken back before a decision
)

var changeStateWords = verdict.NewWords[State]("change state",
	"draft",
	"submitted",
	"assessed",
	"approved",
	"rejected",
	"deferred",
	"implemented",
	"verified",
	"closed",
	"withdrawn",
)

// ParseState returns the change state of a word such as "draft".
func ParseState(word string) (State, error) { return changeStateWords.Parse(word) }

// IsValid reports whether s is one of the change states.
func (s State) IsValid() bool { return changeStateWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s State) String() string { return changeStateWords.String(s) }

// AppendText appends the word of s to b.
func (s State) AppendText(b []byte) ([]byte, error) { return changeStateWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s State) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *State) UnmarshalText(text []byte) error { return changeStateWords.UnmarshalText(text, s) }

// steps lists, for every state, the states that can follow.
var steps = map[State][]State{
	Draft:       {Submitted, Withdrawn},
	Submitted:   {Assessed, Withdrawn},
	Assessed:    {Approved, Rejected, Deferred, Withdrawn},
	Deferred:    {Assessed},
	Approved:    {Implemented},
	Implemented: {Verified, Approved}, // back, if the verification fails
	Verified:    {Closed},
	Rejected:    {Closed},
}

// Next returns the states that can follow s, none for closed and withdrawn.
func (s State) Next() []State { return slices.Clone(steps[s]) }

func (s State) leadsTo(t State) bool { return slices.Contains(steps[s], t) }

// An ImpactLevel says how much a change means in one respect. The zero ImpactLevel
// is "not assessed", which is not the same as none.
type ImpactLevel uint8

// The impact levels.
const (
	NoImpact     ImpactLevel = iota + 1 // assessed: nothing changes
	LowImpact                           // absorbed in the ordinary course
	MediumImpact                        // plans have to be adapted
	HighImpact                          // an objective, the end date or the budget is at stake
)

var impactLevelWords = verdict.NewWords[ImpactLevel]("impact level", "none", "low", "medium", "high")

// ParseImpactLevel returns the impact level of a word such as "none".
func ParseImpactLevel(word string) (ImpactLevel, error) { return impactLevelWords.Parse(word) }

// IsValid reports whether i is one of the impact levels.
func (i ImpactLevel) IsValid() bool { return impactLevelWords.IsValid(i) }

// String returns the word of i, empty for the zero value.
func (i ImpactLevel) String() string { return impactLevelWords.String(i) }

// AppendText appends the word of i to b.
func (i ImpactLevel) AppendText(b []byte) ([]byte, error) { return impactLevelWords.AppendText(b, i) }

// MarshalText returns the word of i.
func (i ImpactLevel) MarshalText() ([]byte, error) { return i.AppendText(nil) }

// UnmarshalText reads a word; i is unchanged on error.
func (i *ImpactLevel) UnmarshalText(text []byte) error {
	return impactLevelWords.UnmarshalText(text, i)
}

// An Origin is where a change request comes from. The zero Origin is "not
// given".
type Origin uint8

// The origins.
const (
	OriginFeature Origin = iota + 1 // somebody wants more
	OriginNeed                      // the business or its needs changed
	OriginGrowth                    // more users, sites or customers
	OriginRule                      // a law or a standard
	OriginDefect                    // what was specified does not work
	OriginControl                   // a corrective action of project control changes the scope
)

var originWords = verdict.NewWords[Origin]("origin", "new_feature", "changed_need", "growth", "regulation", "defect", "control_adjustment")

// ParseOrigin returns the origin of a word such as "new_feature".
func ParseOrigin(word string) (Origin, error) { return originWords.Parse(word) }

// IsValid reports whether o is one of the origins.
func (o Origin) IsValid() bool { return originWords.IsValid(o) }

// String returns the word of o, empty for the zero value.
func (o Origin) String() string { return originWords.String(o) }

// AppendText appends the word of o to b.
func (o Origin) AppendText(b []byte) ([]byte, error) { return originWords.AppendText(b, o) }

// MarshalText returns the word of o.
func (o Origin) MarshalText() ([]byte, error) { return o.AppendText(nil) }

// UnmarshalText reads a word; o is unchanged on error.
func (o *Origin) UnmarshalText(text []byte) error { return originWords.UnmarshalText(text, o) }
