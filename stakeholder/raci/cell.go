package raci

import (
	"slices"
	"strings"
	"unicode"
)

// A Cell is what is written where an activity and a role cross, as written.
// It is read like this:
//
//   - letters and words are separated by slash, comma, semicolon, plus,
//     ampersand, bar or space: "A/R", "R, A", "a + r";
//   - upper and lower case are the same, and spaces around do not count;
//   - "AR" and "RA" are A/R, the one pair people write together;
//   - the words responsible, accountable, consulted and informed stand for
//     their letters;
//   - a dash stands for nothing, as does the empty cell.
//
// Whatever else it holds is unknown, and never lost: see [Cell.Unknown].
type Cell string

// Letters returns the letters of c that are known.
func (c Cell) Letters() Letters {
	l, _ := c.read()
	return l
}

// Unknown returns the words of c that are no letters, each once, in the order
// in which they are written, in capitals.
func (c Cell) Unknown() []string {
	_, unknown := c.read()
	return unknown
}

// IsEmpty reports whether c assigns nothing, neither known nor unknown.
func (c Cell) IsEmpty() bool {
	l, unknown := c.read()
	return l == 0 && len(unknown) == 0
}

// Canonical returns the one spelling of c that all cells with the same content
// share: the letters as [Letters.String] writes them, then the unknown words.
func (c Cell) Canonical() Cell {
	l, words := c.read()
	if l != 0 {
		words = slices.Insert(words, 0, l.String())
	}
	return Cell(strings.Join(words, "/"))
}

func (c Cell) read() (letters Letters, unknown []string) {
	for _, word := range strings.FieldsFunc(strings.ToUpper(string(c)), separates) {
		l, ok := letterOf(word)
		if ok {
			letters |= l
		} else if !slices.Contains(unknown, word) {
			unknown = append(unknown, word)
		}
	}
	return letters, unknown
}

func separates(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("/,;+&|", r) }

func letterOf(word string) (Letters, bool) {
	switch word {
	case "A", "ACCOUNTABLE":
		return Accountable, true
	case "R", "RESPONSIBLE":
		return Responsible, true
	case "C", "CONSULTED":
		return Consulted, true
	case "I", "INFORMED":
		return Informed, true
	case "AR", "RA":
		return Accountable | Responsible, true
	case "-", "–", "—":
		return 0, true
	default:
		return 0, false
	}
}

// fold returns the form in which names are compared: without regard to upper
// and lower case, as strings.EqualFold sees them, and to spaces around and
// between words.
func fold(name string) string {
	lowest := func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}
	return strings.Map(lowest, strings.Join(strings.Fields(name), " "))
}
