package strict

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// text checks a string, its escapes and its encoding.
func (s *scanner) text() *halt {
	for s.pos++; ; {
		switch c := s.peek(); {
		case s.pos >= len(s.data):
			return s.syntaxf("a string has no closing quote")
		case c == '"':
			s.pos++
			return nil
		case c < ' ':
			return s.syntaxf("control character %s in a string", s.here())
		case c == '\\':
			if h := s.escape(); h != nil {
				return h
			}
		case c < utf8.RuneSelf:
			s.pos++
		default:
			r, size := utf8.DecodeRune(s.data[s.pos:])
			if r == utf8.RuneError && size == 1 {
				return s.stopf(ErrEncoding, "invalid UTF-8: byte 0x%02X in a string", c)
			}
			s.pos += size
		}
	}
}

// escape checks one escape sequence, or two that make up a surrogate pair.
func (s *scanner) escape() *halt {
	rest := s.data[s.pos:]
	if len(rest) < 2 {
		return s.syntaxf("a string has no closing quote")
	}
	if rest[1] != 'u' {
		if unescaped(rest[1]) == 0 {
			s.pos++
			return s.syntaxf("%s after a backslash", s.here())
		}
		s.pos += 2
		return nil
	}
	r, size := unicodeEscape(rest)
	switch {
	case size == 0:
		return s.syntaxf(`want four hexadecimal digits after \u`)
	case r == utf8.RuneError && utf16.IsSurrogate(hex4(rest[2:])):
		return s.stopf(ErrEncoding, "half of a surrogate pair: %s", rest[:6])
	}
	s.pos += size
	return nil
}

// unicodeEscape returns the code point that \uXXXX, or a pair of them, at the
// start of b stands for, and its length; length 0 if there is no such escape.
// Half of a pair gives utf8.RuneError and length 6.
func unicodeEscape(b []byte) (rune, int) {
	const single, pair = 6, 12
	r := hex4(b[2:])
	if r < 0 {
		return utf8.RuneError, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, single
	}
	if len(b) >= pair && b[single] == '\\' && b[single+1] == 'u' {
		if both := utf16.DecodeRune(r, hex4(b[single+2:])); both != utf8.RuneError {
			return both, pair
		}
	}
	return utf8.RuneError, single
}

// hex4 reads four hexadecimal digits; -1 if they are not there.
func hex4(b []byte) rune {
	if len(b) < 4 {
		return -1
	}
	n, err := strconv.ParseUint(string(b[:4]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}

// unescaped returns what a backslash and c stand for, 0 if nothing.
func unescaped(c byte) byte {
	switch c {
	case '"', '\\', '/':
		return c
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return 0
}

// unquote returns the text of a checked string token without its quotes. It
// shares the bytes of raw where raw has no escapes.
func unquote(raw []byte) []byte {
	raw = raw[1 : len(raw)-1 : len(raw)-1]
	i := 0
	for i < len(raw) && raw[i] != '\\' {
		i++
	}
	if i == len(raw) {
		return raw
	}
	text := append(make([]byte, 0, len(raw)), raw[:i]...)
	for i < len(raw) {
		switch {
		case raw[i] != '\\':
			text = append(text, raw[i])
			i++
		case raw[i+1] == 'u':
			r, size := unicodeEscape(raw[i:])
			text = utf8.AppendRune(text, r)
			i += size
		default:
			text = append(text, unescaped(raw[i+1]))
			i += 2
		}
	}
	return text
}
