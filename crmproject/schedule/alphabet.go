package schedule

// An alphabet holds the bytes that occur in ids, by length and place.
type alphabet struct {
	bytes [maxCoded + 1][][256]bool
	long  bool // some id is too long to have a code
}

// add takes note of an id.
func (a *alphabet) add(id string) {
	if len(id) > maxCoded {
		a.long = true
		return
	}
	if a.bytes[len(id)] == nil {
		a.bytes[len(id)] = make([][256]bool, len(id))
	}
	for i := range len(id) {
		a.bytes[len(id)][i][id[i]] = true
	}
}

// join adds what b holds, and reports whether that is anything.
func (a *alphabet) join(b *alphabet) (changed bool) {
	if a.long = a.long || b.long; b.long {
		changed = true
	}
	for n, places := range b.bytes {
		if a.bytes[n] == nil && len(places) > 0 {
			a.bytes[n] = make([][256]bool, n)
		}
		for i := range places {
			for at, occurs := range places[i] {
				if occurs {
					a.bytes[n][i][at], changed = true, true
				}
			}
		}
	}
	return changed
}

// code returns the code of ids with these bytes, nil if its numbers and weights
// are more than limit.
func (a *alphabet) code(limit uint64) *code {
	c := new(code)
	for n, places := range a.bytes {
		c.lengths[n].low = c.size
		if len(places) == 0 {
			c.lengths[n].low = noCode
			continue
		}
		size := uint64(len(places) * 256)
		if limit < size {
			return nil
		}
		limit -= size
		c.lengths[n].weight, size = weights(places, limit)
		if limit < size {
			return nil
		}
		limit -= size
		c.size += size
	}
	if a.long {
		return nil
	}
	return c
}

// weights returns the digits of ids of one length, and how many numbers they
// make; more than limit if they are more.
func weights(places [][256]bool, limit uint64) (weight [][256]uint64, size uint64) {
	weight, size = make([][256]uint64, len(places)), 1
	for i := len(places) - 1; i >= 0 && size <= limit; i-- {
		one := size
		size = 0
		for b, occurs := range places[i] {
			weight[i][b] = noCode
			if occurs {
				weight[i][b] = size
				size += one
			}
		}
	}
	return weight, size
}
