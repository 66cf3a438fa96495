package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Topic is what a message is about. The zero Topic is invalid.
type Topic uint8

// The topics.
const (
	DeviationTopic Topic = iota + 1 // something is off plan
	ActionTopic                     // a corrective action was chosen
	ChangeTopic                     // a change was approved: there is a new baseline
)

var topicWords = verdict.NewWords[Topic]("topic", "deviation", "action", "change")

// ParseTopic returns the topic of a word such as "deviation".
func ParseTopic(word string) (Topic, error) { return topicWords.Parse(word) }

// IsValid reports whether t is one of the constants.
func (t Topic) IsValid() bool { return topicWords.IsValid(t) }

// String returns the word of t, empty for the zero value.
func (t Topic) String() string { return topicWords.String(t) }

// AppendText appends the word of t to b.
func (t Topic) AppendText(b []byte) ([]byte, error) { return topicWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Topic) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Topic) UnmarshalText(text []byte) error { return topicWords.UnmarshalText(text, t) }
