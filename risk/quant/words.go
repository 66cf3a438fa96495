package quant

import (
	"fmt"
	"slices"
	"strings"
)

// words is the word list of an enumeration: word i stands for the value i. An
// empty word marks a value that is not valid, such as a zero value that means
// "not given".
type words[T ~uint8] struct {
	what  string
	words []string
}

func (w words[T]) isValid(v T) bool { return int(v) < len(w.words) && w.words[v] != "" }

func (w words[T]) string(v T) string {
	if int(v) < len(w.words) {
		return w.words[v]
	}
	return fmt.Sprintf("%s(%d)", w.what, v)
}

// appendText appends the word of v; a value out of the list is an error.
func (w words[T]) appendText(b []byte, v T) ([]byte, error) {
	if int(v) >= len(w.words) {
		return b, fmt.Errorf("quant: %s %d: %w", w.what, v, ErrUnknown)
	}
	return append(b, w.words[v]...), nil
}

func (w words[T]) parse(text string) (T, error) {
	i := slices.Index(w.words, text)
	if i < 0 || text == "" {
		return 0, fmt.Errorf("quant: %s: %w %s, want one of %s", w.what, ErrUnknown, quote(text), w.list())
	}
	return T(i), nil
}

// unmarshal sets *v to the value of the word; no text is the zero value.
func (w words[T]) unmarshal(text []byte, v *T) error {
	if len(text) == 0 {
		*v = 0
		return nil
	}
	parsed, err := w.parse(string(text))
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}

func (w words[T]) list() string {
	return strings.Join(slices.DeleteFunc(slices.Clone(w.words), func(s string) bool { return s == "" }), ", ")
}
