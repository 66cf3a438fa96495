package strict

import (
	"strconv"
	"strings"
)

// Bounds of a path: characters of one step, the steps kept at either end, and
// the characters of a path inside an inner document.
const (
	maxStep  = 48
	headKept = 12
	tailKept = 12
	maxRest  = 600
)

// path leads from the root of the document to a value.
type path []step

// step is a key, or an index where the index is not negative.
type step struct {
	key   string
	index int
}

func (p *path) enter(key string) { *p = append(*p, step{key, -1}) }
func (p *path) enterIndex(i int) { *p = append(*p, step{"", i}) }
func (p *path) leave()           { *p = (*p)[:len(*p)-1] }
func (p *path) String() string   { return p.join("") }

// join returns the path with that of an inner document behind it.
func (p *path) join(rest string) string {
	var b strings.Builder
	for i, s := range *p {
		if i >= headKept && i < len(*p)-tailKept {
			if i == headKept {
				b.WriteString("…")
			}
			continue
		}
		s.write(&b)
	}
	if b.Len() > 0 && rest != "" && rest[0] != '[' {
		b.WriteByte('.')
	}
	b.WriteString(clip(rest, maxRest))
	return b.String()
}

func (s step) write(b *strings.Builder) {
	switch {
	case s.index >= 0:
		b.WriteString("[" + strconv.Itoa(s.index) + "]")
	case !isWord(s.key):
		b.WriteString("[" + strconv.Quote(clip(s.key, maxStep)) + "]")
	default:
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.key)
	}
}
