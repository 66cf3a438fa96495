package stakeholder

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Attributes is the set of attributes that give a stakeholder's claim its
// weight, joined with |: Power|Urgency. The zero Attributes is the empty set.
// Its text form is the words in the order power, legitimacy, urgency with
// commas between them: "power,urgency".
type Attributes uint8

// The sets of one attribute.
const (
	Urgency    Attributes = 1 << iota // the claim is critical and does not bear delay
	Legitimacy                        // the claim is proper in the eyes of others
	Power                             // the stakeholder can impose his will

	everyAttribute = Power | Legitimacy | Urgency
)

var attributeWords = [...]struct {
	one  Attributes
	word string
}{{Power, "power"}, {Legitimacy, "legitimacy"}, {Urgency, "urgency"}}

// ParseAttributes reads the words power, legitimacy and urgency with commas
// between them, in any order; the empty string is the empty set. An unknown
// word is an error that wraps [verdict.ErrUnknown], a repeated one an error that
// wraps [verdict.ErrDuplicate].
func ParseAttributes(s string) (Attributes, error) {
	var all Attributes
	if s == "" {
		return 0, nil
	}
	for word := range strings.SplitSeq(s, ",") {
		one := attribute(strings.ToLower(strings.TrimSpace(word)))
		switch {
		case one == 0:
			return 0, fmt.Errorf("stakeholder: attribute: %w %s, want power, legitimacy, urgency",
				verdict.ErrUnknown, verdict.Quote(word))
		case all&one != 0:
			return 0, fmt.Errorf("stakeholder: attribute: %w %s", verdict.ErrDuplicate, verdict.Quote(word))
		}
		all |= one
	}
	return all, nil
}

func attribute(word string) Attributes {
	for _, a := range attributeWords {
		if a.word == word {
			return a.one
		}
	}
	return 0
}

// IsValid reports whether a holds nothing but the three attributes; the empty
// set is valid.
func (a Attributes) IsValid() bool { return a&^everyAttribute == 0 }

// Has reports whether every attribute of b is in a.
func (a Attributes) Has(b Attributes) bool { return a&b == b }

// Len returns the number of attributes in a, 0 to 3.
func (a Attributes) Len() int { return bits.OnesCount8(uint8(a & everyAttribute)) }

// String returns the words of a, the empty string for the empty set, and
// "Attributes(n)" for a set that is not valid.
func (a Attributes) String() string {
	b, err := a.AppendText(nil)
	if err != nil {
		return fmt.Sprintf("Attributes(%d)", uint8(a))
	}
	return string(b)
}

// AppendText appends the words of a to b. A set that is not valid is an error
// that wraps [verdict.ErrRange].
func (a Attributes) AppendText(b []byte) ([]byte, error) {
	if !a.IsValid() {
		return b, fmt.Errorf("stakeholder: attributes %d: %w", uint8(a), verdict.ErrRange)
	}
	var words []string
	for _, w := range attributeWords {
		if a.Has(w.one) {
			words = append(words, w.word)
		}
	}
	return append(b, strings.Join(words, ",")...), nil
}

// MarshalText is the text form of a; see [Attributes.AppendText] for the error.
func (a Attributes) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads what [ParseAttributes] reads; a is unchanged on error.
func (a *Attributes) UnmarshalText(text []byte) error {
	parsed, err := ParseAttributes(string(text))
	if err == nil {
		*a = parsed
	}
	return err
}

// A Salience is how much weight a stakeholder's claim has: one of the eight
// classes of Mitchell, Agle and Wood (Academy of Management Review 22(4), 1997,
// 853–886), one for each set of [Attributes]. The zero Salience means "not
// assessed" and is invalid.
type Salience uint8

// The classes, each with its attributes. The value is 1 more than that of the
// set.
const (
	NonStakeholder Salience = iota + 1 // none
	Demanding                          // urgency
	Discretionary                      // legitimacy
	Dependent                          // legitimacy, urgency
	Dormant                            // power
	Dangerous                          // power, urgency
	Dominant                           // power, legitimacy
	Definitive                         // all three
)

var salienceWords = verdict.NewWords[Salience]("stakeholder: salience",
	"non_stakeholder", "demanding", "discretionary", "dependent",
	"dormant", "dangerous", "dominant", "definitive")

// ParseSalience returns the salience of a word: "non_stakeholder",
// "demanding", "discretionary", "dependent", "dormant", "dangerous",
// "dominant" or "definitive". The error wraps [verdict.ErrUnknown].
func ParseSalience(word string) (Salience, error) { return salienceWords.Parse(word) }

// IsValid reports whether s is a salience; the zero Salience is not.
func (s Salience) IsValid() bool { return salienceWords.IsValid(s) }

// String returns the word of s, empty for the zero Salience.
func (s Salience) String() string { return salienceWords.String(s) }

// AppendText appends the word of s to b.
func (s Salience) AppendText(b []byte) ([]byte, error) { return salienceWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Salience) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Salience) UnmarshalText(text []byte) error { return salienceWords.UnmarshalText(text, s) }

// SalienceOf returns the class of the attributes, 0 for a set that is not valid.
func SalienceOf(a Attributes) Salience {
	if !a.IsValid() {
		return 0
	}
	return Salience(a) + NonStakeholder
}

// Attributes returns the attributes of the class, none for an invalid one.
func (s Salience) Attributes() Attributes {
	if !s.IsValid() {
		return 0
	}
	return Attributes(s - NonStakeholder)
}

// Score returns the number of attributes of the class, 0 to 3.
func (s Salience) Score() int { return s.Attributes().Len() }

// Group returns the group of the class by its number of attributes, 0 for an
// invalid class.
func (s Salience) Group() SalienceGroup {
	if !s.IsValid() {
		return 0
	}
	return NoGroup + SalienceGroup(s.Score())
}

// A SalienceGroup joins the classes of the same number of attributes, from none
// to three. The zero SalienceGroup is invalid.
type SalienceGroup uint8

// The groups.
const (
	NoGroup         SalienceGroup = iota + 1 // no attribute: "none"
	Latent                                   // one
	Expectant                                // two
	DefinitiveGroup                          // three: "definitive"
)

var salienceGroupWords = verdict.NewWords[SalienceGroup]("stakeholder: salience group",
	"none", "latent",
	"expectant", "definitive")

// ParseSalienceGroup returns the salience group of a word: "none", "latent",
// "expectant" or "definitive". The error wraps [verdict.ErrUnknown].
func ParseSalienceGroup(word string) (SalienceGroup, error) { return salienceGroupWords.Parse(word) }

// IsValid reports whether g is a salience group; the zero SalienceGroup is not.
func (g SalienceGroup) IsValid() bool { return salienceGroupWords.IsValid(g) }

// String returns the word of g, empty for the zero SalienceGroup.
func (g SalienceGroup) String() string { return salienceGroupWords.String(g) }

// AppendText appends the word of g to b.
func (g SalienceGroup) AppendText(b []byte) ([]byte, error) {
	return salienceGroupWords.AppendText(b, g)
}

// MarshalText returns the word of g.
func (g SalienceGroup) MarshalText() ([]byte, error) { return g.AppendText(nil) }

// UnmarshalText reads a word; g is unchanged on error.
func (g *SalienceGroup) UnmarshalText(text []byte) error {
	return salienceGroupWords.UnmarshalText(text, g)
}
