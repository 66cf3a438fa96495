package verdict

import (
	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Waiver excuses a finding for a time: named people accept a known fault
// until a date, in writing. Both ends of the interval belong to it, and both
// must be given: nothing is excused for ever.
type Waiver struct {
	Code    Code          `json:"code"`
	Subject string        `json:"subject,omitempty"` // the finding's subject or a path above it; empty for every finding of the rule
	By      string        `json:"by"`                // the approver
	Reason  string        `json:"reason"`
	From    calendar.Date `json:"from"`
	Until   calendar.Date `json:"until"`
}

// Validate reports every fault of the waiver.
func (w Waiver) Validate() error {
	var faults Faults
	if !w.Code.IsValid() {
		faults.Addf("code", "%w code %s", ErrInvalid, Quote(string(w.Code)))
	}
	if w.By == "" {
		faults.Missing("by")
	}
	if w.Reason == "" {
		faults.Missing("reason")
	}
	if !w.From.IsValid() {
		faults.Missing("from")
	}
	if !w.Until.IsValid() {
		faults.Missing("until")
	}
	if w.From.IsValid() && w.Until.IsValid() && w.Until < w.From {
		faults.Addf("until", "%w: %s is before %s", ErrRange, w.Until, w.From)
	}
	return faults.Err()
}

// Effective reports whether the waiver is valid and asOf lies in its interval.
func (w Waiver) Effective(asOf calendar.Date) bool { return w.StateAt(asOf) == Effective }

// StateAt returns the state of the waiver at a date, whether or not it finds
// anything to excuse.
func (w Waiver) StateAt(asOf calendar.Date) WaiverState {
	switch {
	case w.Validate() != nil || !asOf.IsValid():
		return Invalid
	case asOf < w.From:
		return Pending
	case asOf > w.Until:
		return Expired
	default:
		return Effective
	}
}

// Covers reports whether the waiver speaks of the finding, at whatever date.
func (w Waiver) Covers(f Finding) bool {
	return w.Code == f.Code && isBelow(f.Subject, w.Subject)
}

// A WaiverState is where a waiver stands at a date. The zero value is invalid.
type WaiverState uint8

// The states of a waiver.
const (
	Effective WaiverState = iota + 1 // it is in force
	Pending                          // its interval has not begun
	Expired                          // its interval is over: the finding is open again
	Idle                             // in force, but nothing is found that it excuses
	Invalid                          // it lacks an approver, a reason or dates, and excuses nothing
)

var waiverWords = NewWords[WaiverState]("waiver state", "effective", "pending", "expired", "idle", "invalid")

// ParseWaiverState returns the state of a word such as "expired".
func ParseWaiverState(word string) (WaiverState, error) { return waiverWords.Parse(word) }

// IsValid reports whether s is one of the states.
func (s WaiverState) IsValid() bool { return waiverWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s WaiverState) String() string { return waiverWords.String(s) }

// AppendText appends the word of s to b.
func (s WaiverState) AppendText(b []byte) ([]byte, error) { return waiverWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s WaiverState) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *WaiverState) UnmarshalText(text []byte) error { return waiverWords.UnmarshalText(text, s) }

// A WaiverUse is what became of a waiver in a report.
type WaiverUse struct {
	Waiver
	State    WaiverState `json:"state"`
	Findings int         `json:"findings"` // how many findings it speaks of, in force or not
}

// Waive returns the report with the waivers that are in force at asOf applied.
// Waived findings stay and are marked; the first waiver that covers a finding is
// the one shown. What became of each waiver is listed in Waivers, in the order
// given: an expired one excuses nothing, and the list says so.
func (r Report) Waive(asOf calendar.Date, waivers ...Waiver) Report {
	findings := append([]Finding{}, r.Findings...)
	uses := append([]WaiverUse(nil), r.Waivers...)
	for _, w := range waivers {
		use := WaiverUse{Waiver: w, State: w.StateAt(asOf)}
		for i := range findings {
			if !w.Covers(findings[i]) {
				continue
			}
			use.Findings++
			if use.State == Effective && findings[i].Waiver == nil {
				findings[i].Waiver = &w
			}
		}
		if use.State == Effective && use.Findings == 0 {
			use.State = Idle
		}
		uses = append(uses, use)
	}
	r.Findings, r.Waivers = findings, uses
	return r
}
