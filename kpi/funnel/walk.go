package funnel

// A walker goes through parts: it brings the words of each customer together, puts
// them into order and counts how far he came.
type walker struct {
	*job
	all, settled [MaxSteps + 1]int64 // customers by how far they came

	pieces [][]uint64 // the words of the part
	counts []int      // by customer of the part
	room   int        // the words that there are slots for, of each customer
	slots  []uint64
	spill  []uint64 // those that found no slot
	rest   []uint64 // the same, by customer
	ends   []int    // by customer: where his end among the rest
	sorter sorter
	marks  []mark
	began  [notKind + 1]int64
}

// slotWords is how many words the slots of a part may take, for the second cache.
const slotWords = 1 << 15

// ready lays out the memory for a job. Customers who have many events on average have
// no slots: most words would find none.
func (k *walker) ready(j *job) {
	k.job, k.sorter.layout = j, j.layout
	clear(k.all[:])
	clear(k.settled[:])
	k.sorter.sorted = j.sorted
	k.room = 0
	if len(j.Customer)/few < j.Customers {
		k.room = min(few, slotWords>>j.low)
	}
	k.counts = grown(k.counts, 1<<j.low)
	k.slots = grown(k.slots, k.room<<j.low+few) // some more, for reading few at once
}

// part counts the customers of one part and returns the number of their words.
func (k *walker) part(part int) (words int) {
	k.pieces = k.pieces[:0]
	for i := range k.dealers {
		k.pieces = k.dealers[i].pieces(k.pieces, part)
	}
	for _, piece := range k.pieces {
		words += len(piece)
	}
	if words == 0 {
		return 0
	}
	clear(k.counts)
	if k.room > 0 {
		k.fill()
	} else {
		k.count()
	}
	if len(k.pieces) > 0 {
		k.group()
	}
	plain := k.plain()
	for who, n := range k.counts {
		if n > 0 {
			k.enter(k.journey(k.customer(who, n), plain))
		}
	}
	return words
}

// customer returns the words of a customer in order.
func (k *walker) customer(who, n int) []uint64 {
	slot := k.slots[who*k.room:]
	if n <= k.room {
		return k.sorter.sort((*[few]uint64)(slot), n)
	}
	end := k.ends[who]
	return k.sorter.sortMany(slot[:k.room], k.rest[end-n+k.room:end])
}

func (k *walker) journey(words []uint64, plain bool) journey {
	if plain {
		return k.ride(words)
	}
	return k.machine.journey(k.unpack(words))
}

// enter counts a customer by how far he came, 0 for not at all, and whether the window
// that began last is over.
func (k *walker) enter(j journey) {
	k.all[j.came]++
	k.settled[j.came] += int64(1 - uint64(k.asOf-j.last-k.window)>>63)
}

// count counts the words of each customer.
func (k *walker) count() {
	mask := uint64(1)<<k.low - 1
	counts := k.counts[:mask+1]
	for _, piece := range k.pieces {
		for _, w := range piece {
			counts[w>>kindBits&mask]++
		}
	}
}

// fill counts words and puts them into the slots of their customers. Those that find
// none are what remains as pieces.
func (k *walker) fill() {
	room, mask, slots, spill := uint64(k.room), uint64(1)<<k.low-1, k.slots, k.spill[:0]
	counts, ours := k.counts[:mask+1], ^(mask << kindBits)
	for _, piece := range k.pieces {
		for _, w := range piece {
			who := w >> kindBits & mask
			n := uint64(counts[who])
			counts[who]++
			if n < room {
				slots[who*room+n] = w & ours
			} else {
				spill = append(spill, w)
			}
		}
	}
	k.spill, k.pieces = spill, k.pieces[:0]
	if len(spill) > 0 {
		k.pieces = append(k.pieces, spill)
	}
}

// group sorts the words of the pieces by customer, keeping their order otherwise.
// After it, ends says where those of a customer end who has any.
func (k *walker) group() {
	mask, total := uint64(1)<<k.low-1, 0
	k.ends = grown(k.ends, len(k.counts))
	ends, ours := k.ends[:mask+1], ^(mask << kindBits)
	for who, n := range k.counts {
		ends[who] = total
		total += max(n-k.room, 0)
	}
	k.rest = grown(k.rest, total+few)[:total]
	rest := k.rest
	for _, piece := range k.pieces {
		for _, w := range piece {
			end := &ends[w>>kindBits&mask]
			rest[*end] = w & ours
			*end++
		}
	}
}
