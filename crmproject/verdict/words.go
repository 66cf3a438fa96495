package verdict

import (
	"fmt"
	"iter"
	"strings"
)

// Words is the word list of an enumeration: word i stands for the value i+1,
// and the zero value, "not given", has no word. One table gives a type its
// String, MarshalText, UnmarshalText and Parse, all of one voice:
//
//	var severityWords = NewWords[Severity]("severity", "info", "minor", "major", "critical")
//
//	func (s Severity) String() string { return severityWords.String(s) }
//
// The words are the wire form and never change meaning.
type Words[T ~uint8] struct {
	what  string
	words []string
}

// NewWords returns the word list of the enumeration called what.
func NewWords[T ~uint8](what string, words ...string) Words[T] {
	return Words[T]{what, words}
}

// IsValid reports whether v has a word; the zero value has none.
func (w Words[T]) IsValid(v T) bool { return v > 0 && int(v) <= len(w.words) }

// String returns the word of v, the empty string for the zero value, and
// "severity(9)" for a value without a word.
func (w Words[T]) String(v T) string {
	switch {
	case w.IsValid(v):
		return w.words[v-1]
	case v == 0:
		return ""
	default:
		return fmt.Sprintf("%s(%d)", w.what, v)
	}
}

// AppendText appends the word of v to b; a value without a word is an error.
// The zero value appends nothing.
func (w Words[T]) AppendText(b []byte, v T) ([]byte, error) {
	if v != 0 && !w.IsValid(v) {
		return b, fmt.Errorf("%s %d: %w", w.what, v, ErrUnknown)
	}
	return append(b, w.String(v)...), nil
}

// Parse returns the value of a word. It takes the word in any case, with
// spaces or hyphens for underscores, but not the empty string. The error
// wraps [ErrUnknown] and lists the words.
func (w Words[T]) Parse(word string) (T, error) {
	if word == "" {
		return 0, fmt.Errorf("%s: %w", w.what, ErrMissing)
	}
	folded := foldWord(word)
	for i, have := range w.words {
		if have == folded {
			return T(i + 1), nil
		}
	}
	return 0, fmt.Errorf("%s: %w %s, want one of %s", w.what, ErrUnknown, Quote(word), strings.Join(w.words, ", "))
}

// UnmarshalText sets *v to the value of the word, to the zero value if text is
// empty; it leaves *v unchanged on error.
func (w Words[T]) UnmarshalText(text []byte, v *T) error {
	if len(text) == 0 {
		*v = 0
		return nil
	}
	parsed, err := w.Parse(string(text))
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}

// All yields every value that has a word, in ascending order.
func (w Words[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range w.words {
			if !yield(T(i + 1)) {
				return
			}
		}
	}
}

func foldWord(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(s)))
}
