package schedule

// A directory finds the index of an id. Neither the empty id nor one that no
// activity has is found.
type directory interface {
	find(id string) (int, bool)
	// resolve finds the ends of links.
	resolve(links []Link, arcs []arc)
}

// newDirectory returns the directory of ids. If an earlier one is the same, it
// calls duplicate with the index of the later one.
func newDirectory(ids []string, duplicate func(i int)) directory {
	if c, codes := coded(ids); c != nil {
		return newRegister(c, codes, duplicate)
	}
	return newTable(ids, duplicate)
}

// batch is how many ids, or ends of links, are looked at before they are worked
// on. The processor waits for many places of memory at the same time then and not
// for one after the other, which halves the time that large networks take here.
const batch = 64

// A register is the directory of ids that have a code.
type register struct {
	*code
	index []int32 // by code: 1 + the index, 0 if there is none
}

func newRegister(c *code, codes []uint32, duplicate func(i int)) *register {
	r := &register{c, make([]int32, c.size)}
	for i, code := range codes {
		switch {
		case uint64(code) >= r.size: // the empty id
		case r.index[code] != 0:
			duplicate(i)
		default:
			r.index[code] = int32(i + 1)
		}
	}
	return r
}

func (r *register) find(id string) (int, bool) {
	i := r.search(id)
	return int(i), i >= 0
}

// search returns the index of id, -1 if there is none.
func (r *register) search(id string) int32 {
	if code := r.of(id); code < uint64(len(r.index)) {
		return r.index[code] - 1
	}
	return -1
}

func (r *register) resolve(links []Link, arcs []arc) {
	for lo := 0; lo < len(links); lo += batch {
		hi := min(lo+batch, len(links))
		r.ends(links[lo:hi], arcs[lo:hi])
	}
}

// ends finds the ends of up to batch links.
func (r *register) ends(links []Link, arcs []arc) {
	var from, to [batch]uint64
	r.codes(links, &from, &to)
	arcs = arcs[:len(links)]
	for i := range links {
		relation := &links[i].Relation
		arcs[i] = arc{r.at(from[i%batch]), r.at(to[i%batch]), int32(relation.Lag.Amount), packed(*relation)}
	}
}

// at returns the index of the id with a code, -1 if there is none.
func (r *register) at(code uint64) int32 {
	if code < uint64(len(r.index)) {
		return r.index[code] - 1
	}
	return -1
}
