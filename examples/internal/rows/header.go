package rows

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// plain reduces the name of a column to its letters and digits, in lower case.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// layout is what a header says under one separator.
type layout struct {
	sep     byte
	names   []string // of all columns
	found   []found  // by wanted column
	reading []int    // the wanted columns that the file has, in the order of the file
}

// found is which columns of the file could be a wanted one, and which is, once
// settled.
type found struct {
	candidates []int
	exact      []int // of these, those with the own name
	at         int   // −1: none
}

func newLayout(sep byte, rec *record, wanted []wanted) layout {
	l := layout{sep: sep, names: make([]string, len(rec.fields)), found: make([]found, len(wanted))}
	for i := range rec.fields {
		l.names[i] = string(rec.value(i))
	}
	taken := map[int]bool{} // by a wanted column that is called by name
	for w := range wanted {
		if wanted[w].Called != "" && wanted[w].Called != None {
			l.found[w].look(l.names, wanted[w].isCalled, wanted[w].isExactly, nil)
			for _, i := range l.found[w].candidates {
				taken[i] = true
			}
		}
	}
	for w := range wanted {
		if wanted[w].Called == "" {
			l.found[w].look(l.names, wanted[w].isAlias, wanted[w].isOwn, taken)
		}
	}
	return l
}

// look notes the columns that could be the wanted one.
func (f *found) look(names []string, is, exactly func(name string) bool, taken map[int]bool) {
	for i, name := range names {
		if taken[i] || !is(name) {
			continue
		}
		f.candidates = append(f.candidates, i)
		if exactly(name) {
			f.exact = append(f.exact, i)
		}
	}
}

// better tells whether l makes more of the header than m.
func (l *layout) better(m *layout) bool {
	return cmp.Or(cmp.Compare(l.count(), m.count()), cmp.Compare(len(l.names), len(m.names))) > 0
}

// count returns how many of the wanted columns there are.
func (l *layout) count() int {
	n := 0
	for _, f := range l.found {
		n += min(len(f.candidates), 1)
	}
	return n
}

// settle decides which column is the wanted one w.
func (l *layout) settle(w int, c *wanted) error {
	f := &l.found[w]
	columns := f.candidates
	if len(f.exact) > 0 {
		columns = f.exact
	}
	f.at = -1
	switch {
	case c.Called == "" && c.unless >= 0 && l.found[c.unless].at >= 0:
		return nil
	case len(columns) == 1:
		f.at = columns[0]
		l.reading = append(l.reading, w)
		slices.SortStableFunc(l.reading, func(a, b int) int { return cmp.Compare(l.found[a].at, l.found[b].at) })
		return nil
	case len(columns) > 1 && c.Called != "":
		return fmt.Errorf("%w: %s", ErrAmbiguous, l.list(columns))
	case len(columns) > 1:
		return fmt.Errorf("%w: %s; call the right one, and no other, %s", ErrAmbiguous, l.list(columns), c.Name)
	case c.Called != "" && c.Called != None:
		return fmt.Errorf("%w as %s: the columns are %s", ErrColumn, verdict.Quote(c.Called), l.list(l.all()))
	case c.Need != Optional:
		names := append([]string{c.Name}, c.Aliases...)
		return fmt.Errorf("%w: the columns are %s; it may be called %s", ErrColumn, l.list(l.all()), strings.Join(names, ", "))
	default:
		return nil
	}
}

// all returns the numbers of all columns.
func (l *layout) all() []int {
	columns := make([]int, len(l.names))
	for i := range columns {
		columns[i] = i
	}
	return columns
}

// list names columns for a message, as many as are of use in one.
func (l *layout) list(columns []int) string {
	const most = 20
	var names []string
	for _, i := range columns[:min(len(columns), most)] {
		names = append(names, verdict.Quote(l.names[i]))
	}
	if n := len(columns) - most; n > 0 {
		names = append(names, fmt.Sprintf("and %d more", n))
	}
	return strings.Join(names, ", ")
}

// column returns the name of column i for a message: as it is, unless it cannot
// be read there. Rows may have more columns than the header.
func (l *layout) column(i int) string {
	const most = 40
	if i >= len(l.names) {
		return ""
	}
	name := l.names[i]
	if len(name) > most || !utf8.ValidString(name) || strings.ContainsFunc(name, isOdd) {
		return verdict.Quote(name)
	}
	return name
}

func isOdd(r rune) bool { return !unicode.IsPrint(r) }
