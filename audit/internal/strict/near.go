package strict

import "strings"

// maxNear is the longest name, in bytes, that a near one is looked for.
const maxNear = 40

// nearest returns the name most like key, "" if none is near. Case, '-' and '_'
// aside, a near name is at a Damerau distance of one, or of at most a third of
// the letters of key, and has something in common with it. Among equals the
// first wins.
func nearest(key string, names []string) string {
	if len(key) > maxNear {
		return ""
	}
	best, name := max(1, len(key)/3)+1, ""
	for _, candidate := range names {
		if len(candidate) > maxNear {
			continue
		}
		a, b := plain(key), plain(candidate)
		if d := distance(a, b); d < best && d < max(len(a), len(b)) {
			best, name = d, candidate
		}
	}
	return name
}

var plainer = strings.NewReplacer("-", "", "_", "")

func plain(name string) string { return strings.ToLower(plainer.Replace(name)) }

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to make b of a, no letter touched twice (optimal string alignment).
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			same := 1
			if a[i] == b[j] {
				same = 0
			}
			row[j+1] = min(last[j]+same, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
