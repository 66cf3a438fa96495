package sample

import (
	"fmt"
	"math/rand/v2"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// End is the last day of the events.
const End calendar.Date = 738_000

// days is from how many days up to End the events are.
const days = 1000

// DefaultRows is how many events a benchmark goes through unless told otherwise.
const DefaultRows = 1_000_000

// Columns are events in no order, of customers that are numbered densely.
type Columns struct {
	Who   []uint32
	Days  []calendar.Date
	Minor []int64
}

// Events returns so many events: nine for each customer on average, and more for a
// third of them. Amounts are positive.
func Events(rows int) Columns {
	rng := rand.New(rand.NewPCG(1, 2))
	customers := rows/9 + 1
	c := Columns{make([]uint32, rows), make([]calendar.Date, rows), make([]int64, rows)}
	for i := range rows {
		who := uint32(rng.IntN(customers))
		if i%4 == 0 {
			who /= 3
		}
		c.Who[i] = who
		c.Days[i] = End - calendar.Date(rng.IntN(days))
		c.Minor[i] = 1 + rng.Int64N(50_000)
	}
	return c
}

// Integers returns the customers as integers spread over 64 bits, so that nothing
// can be had from their being dense.
func Integers(who []uint32) []int64 {
	return keys(who, func(w uint32) int64 { return int64((uint64(w) + 1) * 0x9e3779b97f4a7c15) })
}

// Texts returns the customers as texts such as "C0012345", those of one customer
// sharing their bytes.
func Texts(who []uint32) []string {
	return keys(who, func(w uint32) string { return fmt.Sprintf("C%07d", w) })
}

// LongTexts returns the customers as texts of 36 characters.
func LongTexts(who []uint32) []string {
	return keys(who, func(w uint32) string {
		x := (uint64(w) + 1) * 0x9e3779b97f4a7c15
		return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", x>>32, x>>16&0xffff, x&0xffff, w&0xffff, x>>16)
	})
}

func keys[K any](who []uint32, key func(uint32) K) []K {
	byNumber := map[uint32]K{}
	all := make([]K, len(who))
	for i, w := range who {
		k, ok := byNumber[w]
		if !ok {
			k = key(w)
			byNumber[w] = k
		}
		all[i] = k
	}
	return all
}
