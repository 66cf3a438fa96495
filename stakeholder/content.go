package stakeholder

import "github.com/crmrollout/crm/crmproject/verdict"

// A Content is a kind of news that a message carries. The zero Content is
// invalid.
type Content uint8

// The kinds of content. A communication plan must carry the first four.
const (
	Progress Content = iota + 1
	Changes          // to plan, scope or requirements
	Risks
	Issues
	Decisions
	Expectations
	Conflicts
	OrganisationalChange // reasons, benefits, what it means for a role
	Training
	Acceptance
	Feedback // the stakeholder is asked, and heard
)

var contentWords = verdict.NewWords[Content]("stakeholder: content",
	"progress", "changes", "risks", "issues", "decisions",
	"expectations", "conflicts", "organisational_change", "training", "acceptance", "feedback")

// ParseContent returns the content of a word: "progress", "changes", "risks",
// "issues", "decisions", "expectations", "conflicts", "organisational_change",
// "training", "acceptance" or "feedback". The error wraps
// [verdict.ErrUnknown].
func ParseContent(word string) (Content, error) { return contentWords.Parse(word) }

// IsValid reports whether c is a content; the zero Content is not.
func (c Content) IsValid() bool { return contentWords.IsValid(c) }

// String returns the word of c, empty for the zero Content.
func (c Content) String() string { return contentWords.String(c) }

// AppendText appends the word of c to b.
func (c Content) AppendText(b []byte) ([]byte, error) { return contentWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Content) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Content) UnmarshalText(text []byte) error { return contentWords.UnmarshalText(text, c) }

// A Channel is the way a message takes. The zero Channel is invalid.
type Channel uint8

// The channels, from the richest to the leanest. A rich channel suits what is
// difficult or open to misunderstanding (Daft and Lengel, Management Science
// 32(5), 1986).
const (
	FaceToFace Channel = iota + 1
	Video
	Phone
	InstantMessage
	Email
	Report // a document, a newsletter, a page
	OtherChannel
)

var channelWords = verdict.NewWords[Channel]("stakeholder: channel",
	"face_to_face", "video", "phone",
	"instant_message", "email", "report", "other")

// ParseChannel returns the channel of a word: "face_to_face", "video",
// "phone", "instant_message", "email", "report" or "other". The error wraps
// [verdict.ErrUnknown].
func ParseChannel(word string) (Channel, error) { return channelWords.Parse(word) }

// IsValid reports whether c is a channel; the zero Channel is not.
func (c Channel) IsValid() bool { return channelWords.IsValid(c) }

// String returns the word of c, empty for the zero Channel.
func (c Channel) String() string { return channelWords.String(c) }

// AppendText appends the word of c to b.
func (c Channel) AppendText(b []byte) ([]byte, error) { return channelWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Channel) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Channel) UnmarshalText(text []byte) error { return channelWords.UnmarshalText(text, c) }

// A Detail is how much of a matter a message tells. The zero Detail is invalid.
type Detail uint8

// The levels of detail.
const (
	KeyPoints        Detail = iota + 1 // short, for those who decide
	DetailAndContext                   // for those who do the work
)

var detailWords = verdict.NewWords[Detail]("stakeholder: level of detail", "key_points", "detail_and_context")

// ParseDetail returns the level of detail of a word: "key_points" or
// "detail_and_context". The error wraps [verdict.ErrUnknown].
func ParseDetail(word string) (Detail, error) { return detailWords.Parse(word) }

// IsValid reports whether d is a level of detail; the zero Detail is not.
func (d Detail) IsValid() bool { return detailWords.IsValid(d) }

// String returns the word of d, empty for the zero Detail.
func (d Detail) String() string { return detailWords.String(d) }

// AppendText appends the word of d to b.
func (d Detail) AppendText(b []byte) ([]byte, error) { return detailWords.AppendText(b, d) }

// MarshalText returns the word of d.
func (d Detail) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads a word; d is unchanged on error.
func (d *Detail) UnmarshalText(text []byte) error { return detailWords.UnmarshalText(text, d) }
