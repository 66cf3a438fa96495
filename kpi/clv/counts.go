package clv

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A point is a distinct observation: x and one or two other numbers.
type point struct {
	x    int64
	a, b float64
}

func (p point) compare(q point) int {
	return cmp.Or(cmp.Compare(p.x, q.x), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
}

// A weighted point stands for n customers.
type weighted struct {
	point

	n int64
}

// counts count customers by point. The zero value is empty.
type counts struct {
	n     map[point]int64
	total int64
}

func (c *counts) add(p point, n int64) error {
	if n < 1 || c.total > math.MaxInt64-n {
		return fmt.Errorf("clv: %d customers more: %w", n, verdict.ErrRange)
	}
	if c.n == nil {
		c.n = map[point]int64{}
	}
	c.n[p] += n
	c.total += n
	return nil
}

func (c *counts) merge(other *counts) error {
	if c.total > math.MaxInt64-other.total {
		return fmt.Errorf("clv: %d customers more: %w", other.total, verdict.ErrRange)
	}
	for _, w := range other.sorted() {
		if err := c.add(w.point, w.n); err != nil {
			return err
		}
	}
	return nil
}

// sorted returns the points in ascending order.
func (c *counts) sorted() []weighted {
	rows := make([]weighted, 0, len(c.n))
	for p, n := range c.n {
		rows = append(rows, weighted{p, n})
	}
	slices.SortFunc(rows, func(v, w weighted) int { return v.compare(w.point) })
	return rows
}

// ErrFormat is wrapped by the errors of UnmarshalBinary.
var ErrFormat = errors.New("not the binary form of a sample")

const (
	magic      = "crmclv"
	version    = 1
	kindSample = 's'
	kindSpends = 'm'
)

// append writes the magic, version and kind, the number of points, and of each x, the
// two numbers (bits, little-endian) and how many customers it stands for.
func (c *counts) append(b []byte, kind byte) []byte {
	b = append(append(b, magic...), version, kind)
	b = binary.AppendUvarint(b, uint64(len(c.n)))
	for _, w := range c.sorted() {
		b = binary.AppendUvarint(b, uint64(w.x))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(w.a))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(w.b))
		b = binary.AppendUvarint(b, uint64(w.n))
	}
	return b
}

// readCounts reads what append wrote, and nothing else: points in ascending order that
// are usable, numbers in as few bytes as they take.
func readCounts(data []byte, kind byte, usable func(point) bool) (counts, error) {
	r := reader{data: data, size: len(data)}
	if head := string(r.take(len(magic) + 2)); r.err == nil && head != magic+string([]byte{version, kind}) {
		r.fail("begins with " + verdict.Quote(head))
	}
	const least = 1 + 8 + 8 + 1 // bytes of a point
	rows := r.uvarint()
	if rows > uint64(len(r.data)/least) {
		r.fail("more points than data")
	}
	var c counts
	var last point
	for i := uint64(0); i < rows && r.err == nil; i++ {
		p := point{x: int64(r.uvarint()), a: r.float(), b: r.float()}
		n := r.uvarint()
		switch {
		case r.err != nil:
		case !usable(p) || math.Signbit(p.a) || math.Signbit(p.b):
			r.fail("a point that none can be")
		case i > 0 && p.compare(last) <= 0:
			r.fail("points out of order")
		case n > math.MaxInt64 || c.add(p, int64(n)) != nil:
			r.fail("a number of customers that none can be")
		}
		last = p
	}
	if r.err == nil && len(r.data) > 0 {
		r.fail("goes on after its end")
	}
	return c, r.err
}

// A reader takes the binary form apart. After the first fault it returns zeros.
type reader struct {
	data []byte
	size int
	err  error
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("clv: %w: byte %d: %s", ErrFormat, r.size-len(r.data), what)
	}
	r.data = nil
}

func (r *reader) take(n int) []byte {
	if n > len(r.data) {
		r.fail("ends early")
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) float() float64 {
	if b := r.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// uvarint reads a number written in as few bytes as it takes.
func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || (n > 1 && r.data[n-1] == 0) {
		r.fail("bad number")
		return 0
	}
	r.data = r.data[n:]
	return v
}
