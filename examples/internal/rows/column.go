package rows

import "slices"

// None is what an optional column is called that is to be left out.
const None = "-"

// A Column is a column that is wanted of a file.
type Column struct {
	Name    string   // its own name, which is first choice
	Aliases []string // other names that it may have
	Called  string   // the only name that it may have, if given; [None] leaves an optional column out
	Kind    Kind     // what its cells are
	Need    Need     // whether it, or a cell of it, may be missing
	Unless  string   // the name of a wanted column before it: where that is there, this one is not looked for
}

// A Kind is what the cells of a column are. The zero Kind is Text.
type Kind uint8

// The kinds. The value of a cell is got from a [Row] by the method that is named.
const (
	Text       Kind = iota // any text: Row.Text
	Day                    // a day, or the day of a timestamp: Row.Day
	DayOrMonth             // the same, or a month, which stands for its first day: Row.Day
	Month                  // a month, or that of a day: Row.Month
	Time                   // a timestamp to the second; a day is its first second: Row.Int, seconds since 1970-01-01 UTC
	Amount                 // a decimal number of at most two decimals: Row.Int, in hundredths
	Integer                // a whole number: Row.Int
	Number                 // a decimal number, with an exponent if need be: Row.Float
)

// A Need says whether a column must be there. The zero Need is Required.
type Need uint8

// The needs.
const (
	Required  Need = iota // no file without the column, no row without a value
	Blankable             // no file without the column
	Optional              // neither
)

// wanted is a column with the plain forms of its names.
type wanted struct {
	Column

	plain  []string // own name first
	unless int      // the place of the column that it is not looked for beside; −1: none
}

func newWanted(c Column, before []wanted) wanted {
	w := wanted{Column: c, plain: []string{plain(c.Name)}, unless: -1}
	if c.Unless != "" {
		w.unless = slices.IndexFunc(before, func(b wanted) bool { return b.Name == c.Unless })
	}
	for _, name := range c.Aliases {
		w.plain = append(w.plain, plain(name))
	}
	return w
}

// A column with an alias is found under it, in any dress; so is one that is
// called by name, unless there is one that has the name as it is written.
func (w *wanted) isAlias(name string) bool   { return slices.Contains(w.plain, plain(name)) }
func (w *wanted) isOwn(name string) bool     { return plain(name) == w.plain[0] }
func (w *wanted) isExactly(name string) bool { return name == w.Called }
func (w *wanted) isCalled(name string) bool {
	return name == w.Called || plain(name) == plain(w.Called) && plain(name) != ""
}
