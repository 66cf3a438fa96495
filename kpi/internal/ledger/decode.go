package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"reflect"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// ErrFormat is wrapped by the errors of [Log.UnmarshalBinary].
var ErrFormat = errors.New("not the binary form of a history")

// UnmarshalBinary replaces l by what [Log.AppendBinary] wrote. It takes exactly
// the bytes that AppendBinary gives back, and nothing else; l is unchanged on
// error.
func (l *Log[K]) UnmarshalBinary(data []byte) error {
	r := reader{data: data, size: len(data)}
	r.header(keyClass[K]())
	read := &Log[K]{canonical: true, keys: readKeys[K](&r)}
	for who := range read.keys {
		read.readRecords(&r, uint32(who))
	}
	if r.err == nil && len(r.data) > 0 {
		r.failf("%d bytes too many", len(r.data))
	}
	if r.err != nil {
		return r.err
	}
	*l = *read
	return nil
}

// A reader takes the binary form apart. After the first fault it returns zeros.
type reader struct {
	data []byte
	size int
	err  error
}

func (r *reader) failf(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: byte %d: %s", ErrFormat, r.size-len(r.data), fmt.Sprintf(format, args...))
	}
	r.data = nil
}

func (r *reader) header(class byte) {
	head := r.bytes(uint64(len(magic)))
	if r.err == nil && string(head) != magic {
		r.failf("begins with %q", head)
	}
	if v := r.byte(); r.err == nil && v != version {
		r.failf("version %d", v)
	}
	if c := r.byte(); r.err == nil && c != class {
		r.failf("keys of class %q, want %q", c, class)
	}
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.data)) {
		r.failf("ends early")
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

// uvarint reads a number written in as few bytes as it takes.
func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || (n > 1 && r.data[n-1] == 0) {
		r.failf("bad number")
		return 0
	}
	r.data = r.data[n:]
	return v
}

// count reads how many things of at least so many bytes follow. What does not
// fit the data is refused before anything is allocated for it.
func (r *reader) count(bytesEach int) int {
	n := r.uvarint()
	if n > uint64(len(r.data)/bytesEach) {
		r.failf("%d of something, with %d bytes left", n, len(r.data))
		return 0
	}
	return int(n)
}

func readKeys[K Key](r *reader) []K {
	const keyAndRecords = 1 + 1 + 3 // a key, the number of its records, one record
	keys := make([]K, r.count(keyAndRecords))
	var before uint64
	for i := range keys {
		v := reflect.ValueOf(&keys[i]).Elem()
		switch class := keyClass[K](); class {
		case classString:
			v.SetString(string(r.bytes(r.uvarint())))
		case classSigned:
			before = r.signed(v, before, i == 0)
		default:
			before = r.unsigned(v, before)
		}
		if r.err == nil && i > 0 && keys[i] <= keys[i-1] {
			r.failf("keys out of order")
		}
		if r.err != nil {
			return nil
		}
	}
	return keys
}

// signed reads an integer key into v: the first as it is, any other as the
// difference to the one before. A difference that wraps breaks the order of keys.
func (r *reader) signed(v reflect.Value, before uint64, first bool) uint64 {
	key := r.uvarint()
	if first {
		key = key>>1 ^ -(key & 1) // zigzag
	} else {
		key += before
	}
	if v.OverflowInt(int64(key)) {
		r.failf("key %d does not fit", int64(key))
	}
	v.SetInt(int64(key))
	return key
}

// unsigned is signed for unsigned keys.
func (r *reader) unsigned(v reflect.Value, before uint64) uint64 {
	key := r.uvarint() + before
	if v.OverflowUint(key) {
		r.failf("key %d does not fit", key)
	}
	v.SetUint(key)
	return key
}

func (l *Log[K]) readRecords(r *reader, who uint32) {
	const record = 3
	n := r.count(record)
	if r.err == nil && n == 0 {
		r.failf("a customer without events")
	}
	last := place{}
	for range n {
		at, x := r.record(last)
		if r.err != nil {
			return
		}
		l.appendCell(who, at.day, at.sign, x)
		last = at
	}
}

// record reads a record, which must come after the last one.
func (r *reader) record(last place) (place, cell) {
	step := r.uvarint()
	kind := r.byte()
	at := place{sign: int(kind&^kindWide) - kindNothing}
	if step > uint64(calendar.MaxDate-last.day) || kind > kindPurchase|kindWide || kind&3 == 3 {
		r.failf("a record of kind %d, %d days on", kind, step)
		return at, cell{}
	}
	at.day = last.day + calendar.Date(step)
	if at.day == 0 || (step == 0 && at.sign <= last.sign) {
		r.failf("records out of order")
	}
	return at, r.cell(at.sign, kind&kindWide != 0)
}

func (r *reader) cell(sign int, isWide bool) cell {
	x := cell{n: r.uvarint()}
	if sign != 0 {
		x.sum.lo = r.uvarint()
	}
	if isWide {
		x.sum.hi = r.uvarint()
	}
	if r.err == nil && (x.tooLarge() || !x.possible(sign, isWide)) {
		r.failf("%d events of the wrong sum", x.n)
	}
	return x
}

// possible reports whether there can be x.n events with this sum: each amount
// has a magnitude from 1 up to the largest of an int64, or none if the sign is 0.
func (x cell) possible(sign int, isWide bool) bool {
	if sign == 0 {
		return x.n > 0 && !isWide
	}
	most := uint64(math.MaxInt64)
	if sign < 0 {
		most++
	}
	hi, lo := bits.Mul64(x.n, most)
	enough := x.sum.hi > 0 || x.sum.lo >= x.n
	return x.n > 0 && enough && isWide == (x.sum.hi > 0) &&
		(x.sum.hi < hi || (x.sum.hi == hi && x.sum.lo <= lo))
}
