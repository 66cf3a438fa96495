package scope

import (
	"strconv"
	"strings"
)

// plain returns a word of an enumeration as people write it.
func plain(word string) string {
	return strings.Replace(strings.ReplaceAll(word, "_", " "), "data migration", "data-migration", 1)
}

// count writes a number of things: "1 milestone", "3 milestones".
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}
