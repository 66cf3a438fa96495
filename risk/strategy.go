package risk

import "github.com/crmrollout/crm/crmproject/verdict"

// A Strategy is the way a response deals with a risk. The zero Strategy is
// invalid.
type Strategy uint8

// The strategies: five for threats and five for opportunities, of which accept
// and escalate serve both. (PMI, PMBOK Guide, 6th ed. (2017), 11.5.2.4 and
// 11.5.2.5; RI-06.)
const (
	Avoid    Strategy = iota + 1 // change the plan so that the threat is gone
	Transfer                     // let another party bear the loss, or a share of it; the chance stays
	Mitigate                     // reduce the chance or the impact
	Accept                       // live with it until a date; changes nothing
	Escalate                     // hand it to someone with more authority
	Exploit                      // make sure that the opportunity happens
	Share                        // let a partner take part in the gain; the chance may rise
	Enhance                      // raise the chance or the impact
)

var strategyWords = verdict.NewWords[Strategy]("strategy",
	"avoid", "transfer", "mitigate", "accept", "escalate", "exploit", "share", "enhance")

// Fits reports whether a risk of kind k can be dealt with in this way.
func (s Strategy) Fits(k Kind) bool {
	switch s {
	case Accept, Escalate:
		return k.IsValid()
	case Avoid, Transfer, Mitigate:
		return k == Threat
	case Exploit, Share, Enhance:
		return k == Opportunity
	default:
		return false
	}
}

// ParseStrategy returns the strategy of a word such as "mitigate".
func ParseStrategy(word string) (Strategy, error) { return strategyWords.Parse(word) }

// IsValid reports whether s is one of the constants.
func (s Strategy) IsValid() bool { return strategyWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Strategy) String() string { return strategyWords.String(s) }

// AppendText appends the word of s to b.
func (s Strategy) AppendText(b []byte) ([]byte, error) { return strategyWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Strategy) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Strategy) UnmarshalText(text []byte) error { return strategyWords.UnmarshalText(text, s) }
