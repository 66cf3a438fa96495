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
	return names, t.each(len(n.parts), func(_, part int) { n.write(part, names) })
}

// deal writes hash and row of each text to the part of the hash.
func (n *numbering) deal() error {
	e, parts := n.Engine, len(n.parts)
	chunks := chunksOf(len(n.texts))
	e.codes, e.rows = grown(e.codes, len(n.texts)), grown(e.rows, len(n.texts))
	e.places.next = grown(e.places.next, chunks*parts)
	of := func(chunk int) []uint32 { return e.places.next[chunk*parts : (chunk+1)*parts] }
	err := n.team.chunks(len(n.texts), func(_, chunk, from, to int) {
		count, codes := of(chunk), e.codes[from:to]
		clear(count)
		for i, s := range n.texts[from:to] {
			codes[i] = maphash.String(n.seed, s)
			count[codes[i]>>n.shift]++
		}
	})
	if err != nil {
		return err
	}
	e.places.lay(chunks, parts)
	return n.team.chunks(len(n.texts), func(_, chunk, from, to int) {
		next, shift, rows := of(chunk), n.shift&63, e.rows
		for i, code := range e.codes[from:to] {
			place := &next[code>>shift]
			at := *place
			*place = at + 1
			rows[at] = row{code, uint64(from + i)}
		}
	})
}

func (n *numbering) part(part int) []row {
	return n.rows[n.places.start[part]:n.places.start[part+1]]
}

// resolve replaces the hashes of a part by the numbers of the texts within it.
func (n *numbering) resolve(worker, part int) {
	t := &n.workers[worker].table
	t.empty()
	rows := n.part(part)
	var first []uint32
	for i := range rows {
		r := &rows[i]
		number := t.match(r.code, func(number uint32) bool { return n.texts[first[number]] == n.texts[r.what] })
		if int(number) == len(first) {
			first = append(first, uint32(r.what))
		}
		r.code = uint64(number)
	}
	n.parts[part].first = first
}

// write gives the texts of a part their final numbers.
func (n *numbering) write(part int, names []string) {
	p := n.parts[part]
	for _, r := range n.part(part) {
		n.ids[r.what] = p.base + uint32(r.code)
	}
	for i, at := range p.first {
		names[int(p.base)+i] = n.texts[at]
	}
}
