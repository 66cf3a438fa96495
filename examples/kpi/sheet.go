package main

import (
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"
)

// A sheet prints rows as CSV, as a JSON array of objects, or as a table for
// people. An undefined value is empty, null or a dash.
type sheet struct {
	w       io.Writer
	format  string
	columns []string
	buf     []byte
	rows    int
	lines   [][]value // of a table, which is printed once its widths are known
	err     error
}

// writeError says that the result could not be printed.
type writeError struct{ err error }

func (w *writeError) Error() string { return w.err.Error() }
func (w *writeError) Unwrap() error { return w.err }

func newSheet(w io.Writer, format string) sheet { return sheet{w: w, format: format} }

// begin prints the names of the columns.
func (s *sheet) begin(columns ...string) {
	s.columns = columns
	switch s.format {
	case "csv":
		s.buf = append(s.buf, strings.Join(columns, ",")...)
		s.buf = append(s.buf, '\n')
	case "json":
		s.buf = append(s.buf, '[')
	}
}

// row prints a row, with a value for each column.
func (s *sheet) row(values ...value) {
	switch s.format {
	case "csv":
		for i := range values {
			if i > 0 {
				s.buf = append(s.buf, ',')
			}
			s.buf = values[i].appendCSV(s.buf)
		}
		s.buf = append(s.buf, '\n')
	case "json":
		s.object(values)
	default:
		s.lines = append(s.lines, append([]value(nil), values...))
	}
	s.rows++
	if len(s.buf) >= 1<<16 {
		s.write()
	}
}

func (s *sheet) object(values []value) {
	if s.rows > 0 {
		s.buf = append(s.buf, ',')
	}
	s.buf = append(s.buf, "\n{"...)
	for i := range values {
		if i > 0 {
			s.buf = append(s.buf, ',')
		}
		s.buf = append(s.buf, '"')
		s.buf = append(append(s.buf, s.columns[i]...), `":`...)
		s.buf = values[i].appendJSON(s.buf)
	}
	s.buf = append(s.buf, '}')
}

// document prints a JSON document instead of rows.
func (s *sheet) document(v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	s.format = ""
	s.buf = append(append(s.buf, text...), '\n')
	return err
}

// flush prints what is left. The error is that of the first write that failed.
func (s *sheet) flush() error {
	switch s.format {
	case "json":
		if s.rows > 0 {
			s.buf = append(s.buf, '\n')
		}
		s.buf = append(s.buf, "]\n"...)
	case "table":
		s.table()
	}
	s.write()
	if s.err != nil {
		return &writeError{s.err}
	}
	return nil
}

func (s *sheet) write() {
	if s.err == nil {
		_, s.err = s.w.Write(s.buf)
	}
	s.buf = s.buf[:0]
}

// table prints the lines: texts to the left, all else to the right.
func (s *sheet) table() {
	widths := make([]int, len(s.columns))
	for i, name := range s.columns {
		widths[i] = utf8.RuneCountInString(name)
	}
	for _, line := range s.lines {
		for i := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(line[i].forPeople()))
		}
	}
	left := make([]bool, len(s.columns))
	head := make([]string, len(s.columns))
	copy(head, s.columns)
	for i := range head {
		left[i] = len(s.lines) > 0 && s.lines[0][i].isText()
	}
	s.line(head, widths, left)
	for _, line := range s.lines {
		for i := range line {
			head[i] = line[i].forPeople()
		}
		s.line(head, widths, left)
	}
}

func (s *sheet) line(cells []string, widths []int, left []bool) {
	var b strings.Builder
	for i, cell := range cells {
		fill := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if i > 0 {
			b.WriteString("  ")
		}
		if left[i] {
			b.WriteString(cell + fill)
		} else {
			b.WriteString(fill + cell)
		}
	}
	s.buf = append(s.buf, strings.TrimRight(b.String(), " ")...)
	s.buf = append(s.buf, '\n')
}
