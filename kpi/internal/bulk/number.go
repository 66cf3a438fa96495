package bulk

import (
	"hash/maphash"
	"math/bits"
)

// A numbering gives equal texts one number each, from 0 on, in no particular order.
// Texts are dealt by hash, as customers are; a part then has its texts to itself, and
// one worker numbers them.
type numbering struct {
	*Engine
	team  *team
	texts []string
	seed  maphash.Seed
	shift uint
	parts []textPart
}

// A textPart is what a worker leaves of a part.
type textPart struct {
	first []uint32 // by number within the part: the row where the text is
	base  uint32   // how many texts are in the parts before
}

// number writes the numbers of texts to e.ids and returns the texts by number.
func (e *Engine) number(t *team, texts []string) ([]string, error) {
	n := numbering{Engine: e, team: t, texts: texts, seed: maphash.MakeSeed()}
	parts := min(mostHashed, max(fewestHashed, bits.Len(uint(len(texts)))-hashedRows))
	n.shift, n.parts = uint(64-parts), make([]textPart, 1<<parts)
	e.hire(t.size)
	if err := n.deal(); err != nil {
		return nil, err
	}
	if err := t.each(len(n.parts), n.resolve); err != nil {
		return nil, err
	}
	total := uint32(0)
	for i := range n.parts {
		n.parts[i].base = total
		total += uint32(len(n.parts[i].first))
	}
	e.ids = grown(e.ids, len(texts))
	names := make([]string, total)
	return names, t.each(len(n.parts), func(worker, part int) { n.write(worker, part, names) })
}

// deal writes hash and row of each text to the part of the hash.
func (n *numbering) deal() error {
	b := &n.rows
	b.ready(len(n.texts), len(n.parts), n.team.size)
	return n.team.chunks(len(n.texts), func(worker, _, from, to int) {
		next, shift, rows, full := b.hands[worker], n.shift&63, b.rows, b.full()
		for i, s := range n.texts[from:to] {
			code := maphash.String(n.seed, s)
			place := &next[code>>shift]
			at := *place
			if at&full == 0 {
				at = b.take(at)
			}
			*place = at + 1
			rows[at] = row{code, uint64(from + i)}
		}
	})
}

// resolve replaces the hashes of a part by the numbers of the texts within it.
func (n *numbering) resolve(worker, part int) {
	w := &n.workers[worker]
	w.rows = n.rows.of(part, w.rows)
	t := &w.table
	t.empty()
	var first []uint32
	for _, rows := range w.rows {
		for i := range rows {
			r := &rows[i]
			number := t.match(r.code, func(number uint32) bool { return n.texts[first[number]] == n.texts[r.what] })
			if int(number) == len(first) {
				first = append(first, uint32(r.what))
			}
			r.code = uint64(number)
		}
	}
	n.parts[part].first = first
}

// write gives the texts of a part their final numbers.
func (n *numbering) write(worker, part int, names []string) {
	p, w := n.parts[part], &n.workers[worker]
	w.rows = n.rows.of(part, w.rows)
	for _, rows := range w.rows {
		for _, r := range rows {
			n.ids[r.what] = p.base + uint32(r.code)
		}
	}
	for i, at := range p.first {
		names[int(p.base)+i] = n.texts[at]
	}
}
