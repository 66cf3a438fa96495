package risk

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A ResponseStatus is how far a response has got. The zero value is invalid.
type ResponseStatus uint8

// The statuses of a response.
const (
	ResponsePlanned ResponseStatus = iota + 1
	ResponseInProgress
	ResponseDone    // it has its effect, or is in force
	ResponseDropped // it will not be done
)

var responseWords = verdict.NewWords[ResponseStatus]("response status", "planned", "in_progress", "done", "dropped")

// ParseResponseStatus returns the status of a word such as "in_progress".
func ParseResponseStatus(word string) (ResponseStatus, error) { return responseWords.Parse(word) }

// IsValid reports whether r is one of the constants.
func (r ResponseStatus) IsValid() bool { return responseWords.IsValid(r) }

// String returns the word of r, empty for the zero value.
func (r ResponseStatus) String() string { return responseWords.String(r) }

// AppendText appends the word of r to b.
func (r ResponseStatus) AppendText(b []byte) ([]byte, error) { return responseWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r ResponseStatus) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *ResponseStatus) UnmarshalText(text []byte) error {
	return responseWords.UnmarshalText(text, r)
}

// A Response is what someone does about a risk (RI-05, RI-06).
//
// Chance and Impact say what it achieves once done, as shares from 0 to 1; what
// is not given is 0. What they mean depends on the strategy, see [Risk.Residual].
type Response struct {
	ID        string         `json:"id"` // unique within the risk
	Strategy  Strategy       `json:"strategy"`
	Action    string         `json:"action,omitempty"` // what is done
	Owner     string         `json:"owner,omitempty"`
	Due       calendar.Date  `json:"due,omitzero"`
	Status    ResponseStatus `json:"status"`
	Cost      money.Amount   `json:"cost,omitzero"`
	Chance    ratio.Ratio    `json:"chance,omitzero"`
	Impact    ratio.Ratio    `json:"impact,omitzero"`
	To        string         `json:"to,omitempty"`        // who takes it over, if it is transferred, shared or escalated
	Approver  string         `json:"approver,omitempty"`  // who accepted the risk
	Until     calendar.Date  `json:"until,omitzero"`      // last day of an acceptance
	Secondary []string       `json:"secondary,omitempty"` // ids of risks that the response itself brings
}

// Open reports whether the response is still to be done.
func (r Response) Open() bool {
	return r.Status == ResponsePlanned || r.Status == ResponseInProgress
}

// Overdue reports whether the response is still to be done although its due
// date is before asOf.
func (r Response) Overdue(asOf calendar.Date) bool {
	return r.Open() && r.Due != 0 && r.Due < asOf
}

// Stands reports whether the response deals with a risk of kind k at asOf: it
// is not dropped, its strategy fits, and if it is an acceptance, someone has
// approved it and it has not expired.
func (r Response) Stands(k Kind, asOf calendar.Date) bool {
	if !r.Status.IsValid() || r.Status == ResponseDropped || !r.Strategy.Fits(k) {
		return false
	}
	return r.Strategy != Accept || (r.Approver != "" && r.Until != 0 && asOf <= r.Until)
}

// needsPartner reports whether the strategy puts something into other hands.
func (r Response) needsPartner() bool {
	return slices.Contains([]Strategy{Transfer, Share, Escalate}, r.Strategy)
}

func (r Response) clone() Response {
	r.Secondary = slices.Clone(r.Secondary)
	return r
}
