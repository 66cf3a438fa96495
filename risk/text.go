package risk

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// riskPath returns the path of a risk below the register: "risks[R-07]".
func riskPath(id string) string { return verdict.Key("risks", id) }

// label names a risk in a sentence: threat R-07 "Data cannot be migrated".
func label(r Risk) string {
	kind := "risk"
	if r.Kind.IsValid() {
		kind = r.Kind.String()
	}
	if r.Title == "" {
		return kind + " " + r.ID
	}
	return kind + " " + r.ID + " " + verdict.Quote(r.Title)
}

// days returns a number of days in words: "1 day", "12 days".
func days[N int | int64](n N) string { return count(int64(n), "day") }

// count returns a number of things in words, by the regular plural.
func count(n int64, thing string) string {
	if n != 1 && n != -1 {
		thing += "s"
	}
	return strconv.FormatInt(n, 10) + " " + thing
}

// normal reduces a text to its words in lower case, so that texts that differ
// in punctuation, case or spacing compare equal.
func normal(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	return strings.Join(words, " ")
}

// numbered returns an id such as "A3".
func numbered(prefix string, n int) string { return prefix + strconv.Itoa(n) }

// capital returns the text with its first letter in upper case.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// spaced joins the words that are not empty with a space.
func spaced(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// are returns a number of things with its verb: "1 risk is", "2 risks are".
func are(n int, thing string) string {
	if n == 1 {
		return count(1, thing) + " is"
	}
	return count(int64(n), thing) + " are"
}
