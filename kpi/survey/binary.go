package survey

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// The binary form is the magic word, the version, lowest and highest of the scale, and
// the number of labels; then for each label, in ascending order, its length and bytes,
// invitations, blanks, and the count of each answer. Numbers are unsigned varints.
const (
	magic   = "crm/sur"
	version = 1
)

// ErrFormat is wrapped by the errors of [Survey.UnmarshalBinary].
var ErrFormat = errors.New("not the binary form of a survey")

// AppendBinary appends the binary form of s to b. The error is always nil.
func (s *Survey) AppendBinary(b []byte) ([]byte, error) {
	scale := s.Scale()
	b = append(append(b, magic...), version, byte(scale.Lowest), byte(scale.Highest))
	b = binary.AppendUvarint(b, uint64(len(s.labels)))
	for _, label := range slices.Sorted(maps.Keys(s.labels)) {
		c := s.labels[label]
		b = binary.AppendUvarint(b, uint64(len(label)))
		b = append(b, label...)
		b = binary.AppendUvarint(b, uint64(c.Invited))
		b = binary.AppendUvarint(b, uint64(c.Blank))
		for _, n := range c.Answers {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	return b, nil
}

// MarshalBinary returns the binary form: versioned, and the same for the same answers
// in whatever order and grouping they came. The error is always nil.
func (s *Survey) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// UnmarshalBinary replaces s by what [Survey.MarshalBinary] wrote. It accepts exactly
// the bytes that MarshalBinary would give back. The error wraps [ErrFormat], and s is
// unchanged then.
func (s *Survey) UnmarshalBinary(data []byte) error {
	r := reader{data: data}
	if string(r.bytes(uint64(len(magic)))) != magic || r.byte() != version {
		r.fail("header")
	}
	read := Survey{scale: Scale{int(r.byte()), int(r.byte())}}
	if read.scale == (Scale{}) || read.scale.Validate() != nil {
		r.fail("scale")
	}
	last := ""
	for i := range r.number() {
		label := string(r.bytes(r.number()))
		if i > 0 && label <= last {
			r.fail("labels out of order")
		}
		if last = label; !read.readCounts(&r, label) {
			break
		}
	}
	if len(r.data) > 0 {
		r.fail("bytes too many")
	}
	if r.err != nil {
		return r.err
	}
	*s = read
	return nil
}

// readCounts reads what was recorded under a label by recording it again, and reports
// whether it was sound.
func (s *Survey) readCounts(r *reader, label string) bool {
	before := len(s.labels)
	err := errors.Join(s.Invite(label, r.count()), s.Blank(label, r.count()))
	for answer := s.scale.Lowest; r.err == nil && answer <= s.scale.Highest; answer++ {
		err = errors.Join(err, s.AddN(label, answer, r.count()))
	}
	switch {
	case r.err != nil:
	case err != nil:
		r.fail("too many answers or invitations")
	case len(s.labels) == before:
		r.fail("a label with nothing")
	}
	return r.err == nil
}

// A reader takes the binary form apart. After the first fault it returns zeros.
type reader struct {
	data []byte
	err  error
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("survey: %w: %s, %d bytes before the end", ErrFormat, what, len(r.data))
	}
	r.data = nil
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.data)) {
		r.fail("ends early")
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

// number reads a number written in as few bytes as it takes.
func (r *reader) number() uint64 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || (n > 1 && r.data[n-1] == 0) {
		r.fail("bad number")
		return 0
	}
	r.data = r.data[n:]
	return v
}

// count reads a number that fits an int64.
func (r *reader) count() int64 {
	n := r.number()
	if n > math.MaxInt64 {
		r.fail("number too large")
		return 0
	}
	return int64(n)
}
