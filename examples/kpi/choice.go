package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A choice is a flag with one of some words; the first is the default.
type choice struct {
	words []string
	word  string
}

func newChoice(words ...string) choice { return choice{words, words[0]} }

// String returns the word.
func (c *choice) String() string { return c.word }

// Set takes a word.
func (c *choice) Set(word string) error {
	if !slices.Contains(c.words, word) {
		return fmt.Errorf("want %s", strings.Join(c.words, ", "))
	}
	c.word = word
	return nil
}

// numbers is a flag with whole numbers and commas between them.
type numbers []int

// String returns the numbers as they are given.
func (n *numbers) String() string {
	words := make([]string, len(*n))
	for i, v := range *n {
		words[i] = strconv.Itoa(v)
	}
	return strings.Join(words, ",")
}

// Set takes the numbers.
func (n *numbers) Set(text string) error {
	var list numbers
	for word := range strings.SplitSeq(text, ",") {
		v, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil {
			return fmt.Errorf("%q is not a whole number", word)
		}
		list = append(list, v)
	}
	*n = list
	return nil
}

// words is a flag with texts and commas between them.
type words []string

// String returns the texts as they are given.
func (w *words) String() string { return strings.Join(*w, ",") }

// Set takes the texts.
func (w *words) Set(text string) error {
	*w = nil
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			*w = append(*w, word)
		}
	}
	return nil
}

// seconds is a flag with a length of time: a number with s, min, h, d or w, days
// without.
type seconds int64

var unitSeconds = []struct {
	suffix string
	length int64
}{{"min", 60}, {"s", 1}, {"h", 3600}, {"d", 86400}, {"w", 7 * 86400}, {"", 86400}}

// String returns the time in the largest unit that it is a multiple of.
func (s *seconds) String() string {
	v := int64(*s)
	for _, unit := range []string{"d", "h", "min"} {
		for _, u := range unitSeconds {
			if u.suffix == unit && v%u.length == 0 {
				return strconv.FormatInt(v/u.length, 10) + unit
			}
		}
	}
	return strconv.FormatInt(v, 10) + "s"
}

// Set takes the time.
func (s *seconds) Set(text string) error {
	for _, u := range unitSeconds {
		number, ok := strings.CutSuffix(text, u.suffix)
		if !ok {
			continue
		}
		v, err := strconv.ParseInt(number, 10, 64)
		if err != nil || v < 0 || v > (1<<62)/u.length {
			return errors.New("want a number with s, min, h, d or w")
		}
		*s = seconds(v * u.length)
		return nil
	}
	return nil
}
