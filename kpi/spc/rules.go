package spc

import (
	"fmt"
	"iter"
	"math/bits"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Rules is a set of rules. The zero Rules is the empty set, which means
// [WesternElectric] in options. Its text form, also in JSON, is the words in the order
// of the rules, with commas: "nelson_1,nelson_2".
type Rules uint16

// The sets that have a name; [ParseRules] knows them as "nelson" and
// "western_electric".
const (
	Nelson          Rules = 1<<Nelson8 - 1
	WesternElectric Rules = 1<<Western4 - 1 - Nelson
	allRules        Rules = 1<<RangeBeyond - 1
)

// RuleSet returns the set of the given rules; those that are none are left out.
func RuleSet(rules ...Rule) Rules {
	var set Rules
	for _, r := range rules {
		set |= r.bit()
	}
	return set
}

func (r Rule) bit() Rules {
	if !r.IsValid() {
		return 0
	}
	return 1 << (r - 1)
}

// Has reports whether r is in the set.
func (s Rules) Has(r Rule) bool { return s&r.bit() != 0 }

// With returns the set with the rules of both.
func (s Rules) With(other Rules) Rules { return s | other }

// Without returns the set less the rules of the other.
func (s Rules) Without(other Rules) Rules { return s &^ other }

// Len returns the number of rules in the set.
func (s Rules) Len() int { return bits.OnesCount16(uint16(s & allRules)) }

// IsValid reports whether s holds rules only; the empty set is valid.
func (s Rules) IsValid() bool { return s&^allRules == 0 }

// All yields the rules of the set in their order.
func (s Rules) All() iter.Seq[Rule] {
	return func(yield func(Rule) bool) {
		for left := s & allRules; left != 0; left &= left - 1 {
			if !yield(Rule(bits.TrailingZeros16(uint16(left)) + 1)) {
				return
			}
		}
	}
}

// ParseRules reads a set: words of rules, "nelson" for [Nelson] and
// "western_electric" for [WesternElectric], in any order, with commas. The empty
// string is the empty set. The error wraps [verdict.ErrUnknown] or
// [verdict.ErrMissing] for an empty word.
func ParseRules(text string) (Rules, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	var set Rules
	for word := range strings.SplitSeq(text, ",") {
		part, err := parseRulesWord(word)
		if err != nil {
			return 0, fmt.Errorf("spc: rules: %w", err)
		}
		set |= part
	}
	return set, nil
}

func parseRulesWord(word string) (Rules, error) {
	switch strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(word))) {
	case "nelson":
		return Nelson, nil
	case "western_electric":
		return WesternElectric, nil
	default:
		r, err := ruleWords.Parse(strings.TrimSpace(word))
		return r.bit(), err
	}
}

// String returns the text form, or one such as "rules(0x8000)" if s is not valid.
func (s Rules) String() string {
	text, err := s.AppendText(nil)
	if err != nil {
		return fmt.Sprintf("rules(%#x)", uint16(s))
	}
	return string(text)
}

// AppendText appends the text form to b; a set of what are no rules is an error.
func (s Rules) AppendText(b []byte) ([]byte, error) {
	if !s.IsValid() {
		return b, fmt.Errorf("spc: rules %#x: %w", uint16(s), verdict.ErrUnknown)
	}
	start := len(b)
	for r := range s.All() {
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(b, r.String()...)
	}
	return b, nil
}

// MarshalText returns the text form of s.
func (s Rules) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads what [ParseRules] reads; s is unchanged on error.
func (s *Rules) UnmarshalText(text []byte) error {
	set, err := ParseRules(string(text))
	if err == nil {
		*s = set
	}
	return err
}
