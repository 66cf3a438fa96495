package strict

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of what a message quotes, in characters.
const (
	maxQuoted  = 40
	maxMessage = 300
)

// clip cuts a text after so many characters and marks the cut.
func clip(text string, limit int) string {
	for i := range text {
		if limit == 0 {
			return text[:i] + "…"
		}
		limit--
	}
	return text
}

// quote returns a clipped text in double quotes, with what cannot be seen escaped.
func quote(text string) string { return strconv.Quote(clip(text, maxQuoted)) }

// describe says what a value is, for messages. It takes the checked document
// from the value's first byte on.
func describe(data []byte) string {
	switch data[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "string " + excerpt(data)
	case 't', 'f', 'n':
		return excerpt(data)
	default:
		return "number " + excerpt(data)
	}
}

// excerpt returns the beginning of a value, for messages.
func excerpt(data []byte) string {
	switch data[0] {
	case '{':
		return "{…}"
	case '[':
		return "[…]"
	case '"':
		return quote(string(unquote(data[:endOfString(data, 0)])))
	default:
		return clip(string(data[:endOfWord(data, 0)]), maxQuoted)
	}
}

// endOfString returns the position after the checked string that starts at pos.
func endOfString(data []byte, pos int) int {
	for pos++; data[pos] != '"'; pos++ {
		if data[pos] == '\\' {
			pos++
		}
	}
	return pos + 1
}

// endOfWord returns the position after the number or literal that starts at pos.
func endOfWord(data []byte, pos int) int {
	for pos < len(data) && !strings.ContainsRune(" \t\r\n,:]}", rune(data[pos])) {
		pos++
	}
	return pos
}

// isWord tells whether a key can stand in a path without quotes.
func isWord(key string) bool {
	for i := range len(key) {
		c := key[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
		if !letter && !isDigit(c) && c != '-' {
			return false
		}
	}
	return key != "" && utf8.RuneCountInString(key) <= maxStep
}
