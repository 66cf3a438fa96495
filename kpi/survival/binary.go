package survival

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrFormat is wrapped by the errors of [Sample.UnmarshalBinary].
var ErrFormat = errors.New("not the binary form of a sample")

// The binary form: the magic, the version, the number of rows, and for each row in
// ascending order of time its distance from the one before (the first: its time),
// events, censored and entered. Numbers are unsigned varints in their shortest form.
const (
	magic   = "crmS"
	version = 1
)

// AppendBinary appends the binary form of s to b; see [Sample.MarshalBinary].
func (s *Sample) AppendBinary(b []byte) ([]byte, error) {
	rows := s.rows()
	b = append(b, magic...)
	b = append(b, version)
	b = binary.AppendUvarint(b, uint64(len(rows)))
	last := int64(0)
	for _, r := range rows {
		for _, v := range [...]int64{r.time - last, r.events, r.censored, r.entered} {
			b = binary.AppendUvarint(b, uint64(v))
		}
		last = r.time
	}
	return b, nil
}

// MarshalBinary returns the binary form: versioned, and the same bytes for the same
// subjects in whatever order and grouping they came. The error is always nil.
func (s *Sample) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// UnmarshalBinary replaces s by what [Sample.MarshalBinary] wrote. It takes exactly
// the bytes that MarshalBinary would give back, and only counts that subjects can
// have; the error wraps [ErrFormat], and s is unchanged then.
func (s *Sample) UnmarshalBinary(data []byte) error {
	const head = len(magic) + 1
	if len(data) < head || string(data[:head]) != magic+string(rune(version)) {
		return fmt.Errorf("survival: %w: begins with %q", ErrFormat, data[:min(len(data), head)])
	}
	d := decoder{data: data[head:]}
	read := Sample{}
	count, last := d.number(), int64(-1)
	for i := int64(0); i < count && d.err == nil; i++ {
		r := d.row(max(last, 0))
		if d.err == nil && (r.time <= last || r.time > MaxTime || r.tally == (tally{})) {
			d.fail("a time that is out of order, too large or empty")
		}
		if d.err == nil && !d.count(&read.total, r) {
			d.fail("too many subjects")
		}
		if d.err == nil {
			read.put(r.time, r.tally)
		}
		last = r.time
	}
	if d.err == nil && len(d.data) > 0 {
		d.fail("too many bytes")
	}
	if d.err == nil && !read.possible() {
		d.fail("more entries than ends after them")
	}
	if d.err != nil {
		return d.err
	}
	*s = read
	return nil
}

// possible reports whether every late entry has an end after it: counted from the
// last time down, there are never fewer ends above a time than entries from it on.
func (s *Sample) possible() bool {
	rows := s.rows()
	var ended, entered int64
	for _, r := range slices.Backward(rows) {
		if r.entered > math.MaxInt64-entered || r.time == 0 && r.entered > 0 {
			return false
		}
		if entered += r.entered; entered > ended {
			return false
		}
		ended += r.events + r.censored
	}
	return true
}

// A decoder takes the binary form apart. After the first fault it returns zeros.
type decoder struct {
	data []byte
	err  error
}

func (d *decoder) fail(what string) {
	d.err = fmt.Errorf("survival: %w: %s", ErrFormat, what)
}

// number reads a varint in its shortest form that fits an int64.
func (d *decoder) number() int64 {
	v, n := binary.Uvarint(d.data)
	switch {
	case d.err != nil:
		return 0
	case n <= 0 || v > math.MaxInt64 || n > 1 && d.data[n-1] == 0:
		d.fail("a number that ends early, is too large or is not in its shortest form")
		return 0
	}
	d.data = d.data[n:]
	return int64(v)
}

// row reads a row that follows the time last.
func (d *decoder) row(last int64) row {
	step := d.number()
	if step > MaxTime {
		d.fail("a time that is too large")
	}
	return row{last + step, tally{d.number(), d.number(), d.number()}}
}

// count adds the subjects that end in a row, and reports whether the total fits.
func (*decoder) count(total *int64, r row) bool {
	if r.events > math.MaxInt64-*total {
		return false
	}
	*total += r.events
	if r.censored > math.MaxInt64-*total {
		return false
	}
	*total += r.censored
	return true
}
