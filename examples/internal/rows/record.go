package rows

import (
	"bytes"
	"errors"
	"fmt"
)

// errShort says that a record goes on after the text at hand.
var errShort = errors.New("short")

// record is a record cut into its fields. It points into the scanner's buffer,
// and is good until the scanner reads on.
type record struct {
	text   []byte
	fields []span
	line   int // where it begins
	size   int // in bytes, with its line end
	breaks int // how many line feeds it has
}

// span is where a field is in the text of its record, without its quotes.
type span struct {
	from, to int
	escaped  bool // it has doubled quotes
}

// cut cuts a line without quotes.
func (r *record) cut(line []byte, sep byte) {
	r.text, r.size, r.breaks, r.fields = line, len(line), 1, r.fields[:0]
	from := 0
	for i, c := range line {
		if c == sep {
			r.fields = append(r.fields, span{from: from, to: i})
			from = i + 1
		}
	}
	r.fields = append(r.fields, span{from: from, to: from + len(chomp(line[from:]))})
}

// parse cuts the record at the beginning of text, which has quotes. The text is
// the last of the input or goes on.
func (r *record) parse(text []byte, sep byte, last bool) error {
	r.text, r.fields = text, r.fields[:0]
	for i := 0; ; i++ {
		f, end, err := next(text, i, sep)
		if err != nil {
			return err
		}
		if end == len(text) && !last {
			return errShort
		}
		r.fields = append(r.fields, f)
		if end == len(text) || text[end] == '\n' {
			r.size = min(end+1, len(text))
			r.breaks = bytes.Count(text[:r.size], []byte{'\n'})
			return nil
		}
		i = end
	}
}

// next returns the field that begins at text[from], and where its separator or
// line feed is, or the end of the text.
func next(text []byte, from int, sep byte) (span, int, error) {
	if from < len(text) && text[from] == '"' {
		return nextQuoted(text, from+1, sep)
	}
	for i := from; i < len(text); i++ {
		switch text[i] {
		case sep:
			return span{from: from, to: i}, i, nil
		case '\n':
			return span{from: from, to: from + len(chomp(text[from:i]))}, i, nil
		case '"':
			return span{}, 0, fmt.Errorf("%w in a field that does not begin with one", ErrQuote)
		}
	}
	return span{from: from, to: from + len(chomp(text[from:]))}, len(text), nil
}

// nextQuoted is next for a field whose quote opens before text[from].
func nextQuoted(text []byte, from int, sep byte) (span, int, error) {
	f := span{from: from}
	for i := from; ; {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return f, 0, errShort
		}
		i += n
		switch rest := text[i+1:]; {
		case len(rest) == 0, len(rest) == 1 && rest[0] == '\r':
			f.to = i
			return f, len(text), nil
		case rest[0] == '"':
			f.escaped = true
			i += 2
		case rest[0] == sep, rest[0] == '\n':
			f.to = i
			return f, i + 1, nil
		case rest[0] == '\r' && rest[1] == '\n':
			f.to = i
			return f, i + 2, nil
		default:
			return f, 0, fmt.Errorf("%w inside a quoted field: double it", ErrQuote)
		}
	}
}

// value returns a field without the spaces around it.
func (r *record) value(i int) []byte {
	f := r.fields[i]
	if f.escaped {
		return trim(bytes.ReplaceAll(r.text[f.from:f.to], []byte(`""`), []byte(`"`)))
	}
	return trim(r.text[f.from:f.to])
}

// lineOf returns the line in which field i begins, or would, were it not broken.
func (r *record) lineOf(i int) int {
	to := 0
	switch {
	case i < len(r.fields):
		to = r.fields[i].from
	case i > 0:
		to = r.fields[i-1].to
	}
	return r.line + bytes.Count(r.text[:to], []byte{'\n'})
}

// chomp cuts a line end off.
func chomp(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}
