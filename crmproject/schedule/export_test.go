package schedule

import "slices"

// Coded reports whether ids are found by code, not by hash.
func (n *Network) Coded() bool {
	_, ok := n.directory.(*register)
	return ok
}

// Order returns the ids by topological position.
func (n *Network) Order() []string {
	ids := make([]string, n.Len())
	for p := range ids {
		ids[p] = n.id(p)
	}
	return ids
}

// Rows returns all that the passes read of a network.
func (n *Network) Rows() [][]int32 {
	rows := [][]int32{n.order, n.position, n.first, n.from, n.to, n.lag, n.ordinal}
	for _, wide := range [][]int{n.duration, n.weight} {
		narrow := make([]int32, len(wide))
		for i, v := range wide {
			narrow[i] = int32(v)
		}
		rows = append(rows, narrow)
	}
	for i := range rows {
		rows[i] = slices.Clip(rows[i])
	}
	return rows
}
