package strict

import (
	"bytes"
	"unicode/utf8"
)

// halt is a place in the document where reading cannot go on.
type halt struct {
	at  int
	err error
}

// scan checks the syntax of a whole document (RFC 8259) and returns the first
// fault, or nil. The decoder relies on it and checks no syntax of its own.
func scan(data []byte, depth int) *halt {
	s := scanner{data: data, left: depth}
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		return s.syntaxf("a byte order mark before the document")
	}
	if h := s.value(); h != nil {
		return h
	}
	s.space()
	if s.pos < len(data) {
		return s.stopf(ErrTrailing, "%s after the end of the document", s.here())
	}
	return nil
}

type scanner struct {
	data []byte
	pos  int
	left int // levels that may still be opened
}

func (s *scanner) stopf(kind error, format string, args ...any) *halt {
	return &halt{s.pos, troublef(kind, format, args...)}
}

func (s *scanner) syntaxf(format string, args ...any) *halt {
	return s.stopf(ErrSyntax, "invalid JSON: "+format, args...)
}

// here names what stands at the current position, for messages.
func (s *scanner) here() string {
	if s.pos >= len(s.data) {
		return "end of document"
	}
	r, size := utf8.DecodeRune(s.data[s.pos:])
	if r == utf8.RuneError && size == 1 {
		return quote(string(s.data[s.pos : s.pos+1]))
	}
	return quote(string(r))
}

// peek returns the next byte, or 0, which JSON allows nowhere, at the end.
func (s *scanner) peek() byte {
	if s.pos < len(s.data) {
		return s.data[s.pos]
	}
	return 0
}

func (s *scanner) space() { s.pos = skipSpace(s.data, s.pos) }

func skipSpace(data []byte, pos int) int {
	for pos < len(data) {
		switch data[pos] {
		case ' ', '\t', '\n', '\r':
			pos++
		default:
			return pos
		}
	}
	return pos
}

// value checks one value and the white space before it.
func (s *scanner) value() *halt {
	s.space()
	switch c := s.peek(); {
	case c == '{':
		return s.nested('}', s.member)
	case c == '[':
		return s.nested(']', s.value)
	case c == '"':
		return s.text()
	case c == '-', isDigit(c):
		return s.number()
	default:
		return s.literal()
	}
}

// nested checks an object or array: items separated by commas up to the end.
func (s *scanner) nested(end byte, item func() *halt) *halt {
	if s.left == 0 {
		return s.stopf(ErrDepth, "arrays and objects are nested too deep")
	}
	s.left--
	s.pos++
	if s.space(); s.peek() == end {
		s.pos++
		s.left++
		return nil
	}
	for {
		if h := item(); h != nil {
			return h
		}
		s.space()
		switch s.peek() {
		case ',':
			s.pos++
		case end:
			s.pos++
			s.left++
			return nil
		default:
			return s.syntaxf("want ',' or '%c', got %s", end, s.here())
		}
	}
}

// member checks one key and value of an object.
func (s *scanner) member() *halt {
	s.space()
	if s.peek() != '"' {
		return s.syntaxf("want a key in double quotes, got %s", s.here())
	}
	if h := s.text(); h != nil {
		return h
	}
	s.space()
	if s.peek() != ':' {
		return s.syntaxf("want ':' after a key, got %s", s.here())
	}
	s.pos++
	return s.value()
}

// literal checks true, false and null, and refuses whatever else starts a value.
func (s *scanner) literal() *halt {
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(s.data[s.pos:], []byte(word)) {
			s.pos += len(word)
			return nil
		}
	}
	return s.syntaxf("want a value, got %s", s.here())
}

// number checks a number. What may follow it, its surroundings know.
func (s *scanner) number() *halt {
	if s.peek() == '-' {
		s.pos++
	}
	if s.peek() == '0' {
		if s.pos++; isDigit(s.peek()) {
			return s.syntaxf("a number starts with a superfluous 0")
		}
	} else if h := s.digits(); h != nil {
		return h
	}
	if s.peek() == '.' {
		s.pos++
		if h := s.digits(); h != nil {
			return h
		}
	}
	if c := s.peek(); c != 'e' && c != 'E' {
		return nil
	}
	s.pos++
	if c := s.peek(); c == '+' || c == '-' {
		s.pos++
	}
	return s.digits()
}

func (s *scanner) digits() *halt {
	if !isDigit(s.peek()) {
		return s.syntaxf("want a digit, got %s", s.here())
	}
	for isDigit(s.peek()) {
		s.pos++
	}
	return nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
