package rows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

const (
	firstBuffer = 64 << 10
	maxRecord   = 1 << 20 // bytes of a line or record; what is longer is no row
	patience    = 100     // empty reads in a row, after which the reader is taken for broken
)

// errEnd says that there is no further record: [scanner.broken] says why.
var errEnd = errors.New("end")

// scanner finds the records of a stream. A record is a line, or several where a
// quoted field holds line breaks. It is looked at before it is taken, so that
// the header can be tried with several separators and a broken record be left
// after its first line.
type scanner struct {
	src      io.Reader
	buf      []byte
	pos, end int   // buf[pos:end] was read and not taken
	err      error // why src gives no more
	line     int   // the line that begins at pos
}

// start skips a byte order mark, and refuses that of another encoding.
func (s *scanner) start() error {
	s.more()
	switch text := s.text(); {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		s.pos += 3
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return fmt.Errorf("%w but UTF-16: save the file as UTF-8", ErrEncoding)
	}
	return nil
}

// text is what was read and not taken.
func (s *scanner) text() []byte { return s.buf[s.pos:s.end] }

// more reads until the buffer is full, and reports whether there is more text
// than before. It keeps no more than a record and a half, so a caller that looks
// at the text from its beginning each time does no more than linear work.
func (s *scanner) more() bool {
	if s.err != nil || len(s.text()) > maxRecord {
		return false
	}
	room := s.buf
	if len(s.text()) >= len(s.buf)/2 {
		room = make([]byte, max(firstBuffer, 2*len(s.buf)))
	}
	s.end = copy(room, s.text())
	s.buf, s.pos = room, 0
	before := s.end
	for idle := 0; s.end < len(s.buf) && s.err == nil; {
		var n int
		n, s.err = s.src.Read(s.buf[s.end:])
		s.end += n
		if n > 0 {
			idle = 0
		} else if idle++; idle >= patience && s.err == nil {
			s.err = io.ErrNoProgress
		}
	}
	return s.end > before
}

// nextLine returns the next line, with its line feed if it has one. It is empty
// at the end of the text, and false if the line goes on where nobody can follow.
func (s *scanner) nextLine() ([]byte, bool) {
	for seen := 0; ; {
		text := s.text()
		if i := bytes.IndexByte(text[seen:], '\n'); i >= 0 {
			return text[:seen+i+1], seen+i <= maxRecord
		}
		seen = len(text)
		if !s.more() {
			return text, s.atEOF() && seen <= maxRecord
		}
	}
}

// peek cuts the next record that is not blank into rec, without taking it. The
// error is errEnd, or wraps [ErrQuote]: then rec has the fields before the quote.
func (s *scanner) peek(sep byte, rec *record) error {
	line, ok := s.skipBlank()
	if !ok || len(line) == 0 {
		return errEnd
	}
	rec.line = s.line
	if bytes.IndexByte(line, '"') < 0 {
		rec.cut(line, sep)
		return nil
	}
	for {
		text, last := s.text(), s.atEOF()
		tooLong := len(text) > maxRecord
		if tooLong {
			text, last = text[:maxRecord+1], false
		}
		err := rec.parse(text, sep, last)
		switch {
		case !errors.Is(err, errShort):
			return err
		case tooLong || last:
			return fmt.Errorf("%w: it is never closed", ErrQuote)
		case !s.more() && !s.atEOF():
			return errEnd
		}
	}
}

// take goes past a record.
func (s *scanner) take(rec *record) {
	s.pos += rec.size
	s.line += rec.breaks
}

// skipLine goes past the next line.
func (s *scanner) skipLine() {
	line, _ := s.nextLine()
	s.pos += len(line)
	s.line++
}

// skipBlank goes past blank lines, and returns the next line as nextLine does.
func (s *scanner) skipBlank() ([]byte, bool) {
	for {
		line, ok := s.nextLine()
		if !ok || len(line) == 0 || !isBlank(line) {
			return line, ok
		}
		s.pos += len(line)
		s.line++
	}
}

// isBlank tells whether a line is white all over. It looks at one byte of most.
func isBlank(line []byte) bool {
	for _, c := range line {
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

// broken returns why the end of the records is not that of the input: the
// reader failed, or a line is too long.
func (s *scanner) broken() error {
	switch {
	case s.err != nil && !s.atEOF():
		return fmt.Errorf("reading: %w", s.err)
	case len(s.text()) > 0:
		return ErrTooLong
	default:
		return nil
	}
}

// atEOF tells whether the input has ended in good order. An end that a reader
// wraps is an end too soon, say of a compressed file.
func (s *scanner) atEOF() bool { return s.err == io.EOF } //nolint:errorlint // see above
