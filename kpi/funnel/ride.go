package funnel

// plain reports whether ride will do.
func (k *walker) plain() bool {
	for _, within := range k.within[:k.steps] {
		if within != orForever(0) {
			return false
		}
	}
	return k.mode == Ordered
}

// ride is machine.ordered where no step has a window of its own, no event is of two
// steps, and words are read as they are: of a chain, only where it began matters. The
// chain of no steps begins with the event itself. Nothing branches on an event: which
// step it is of, and whether it comes in time, no processor can foresee.
func (k *walker) ride(words []uint64) journey {
	const never = -1 << 62
	began := &k.began
	for s := range began[:k.steps+1] {
		began[s] = never
	}
	window, shift := min(k.window, 1<<60), k.shift&63
	for _, w := range words {
		at, step := int64(w>>shift), w%notKind
		began[0] = at
		first, next := began[step], began[step+1]
		if at-first <= window {
			next = first
		}
		began[step+1] = next
	}
	came := 0
	for _, first := range began[1 : k.steps+1] {
		came += int(1 + first>>63)
	}
	return journey{came, began[1] - 1<<(63-shift) + k.base} // without the bit of kept
}

// unpack returns words as marks.
func (k *walker) unpack(words []uint64) []mark {
	k.marks = k.marks[:0]
	for _, w := range words {
		k.marks = append(k.marks, mark{int64(w&^kept>>k.shift) + k.base, uint8(w % notKind)})
	}
	return k.marks
}
