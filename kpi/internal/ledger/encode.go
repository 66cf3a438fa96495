package ledger

import (
	"cmp"
	"encoding/binary"
	"errors"
	"iter"
	"reflect"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// The binary form, all numbers being varints (unsigned unless said otherwise):
//
//	magic     "CRMH", one byte for the version, one for the class of the keys
//	customers their number
//	keys      ascending; strings: length and bytes; integers: the first one
//	          (zigzag if signed), then each difference to the one before
//	records   for each customer: their number, then each one: days since the record
//	          before (the first: the day), kind, events, magnitude of the sum
//
// There is one record for each customer, day and kind, in this order. The kind is
// one byte: 0 refunds, 1 events without an amount (which have no magnitude), 2
// purchases, with 4 added if the magnitude exceeds 64 bits and its upper half
// follows. Varints are as short as can be, so the same events always have the
// same bytes.
const (
	magic   = "CRMH"
	version = 1

	classString   = 's'
	classSigned   = 'i'
	classUnsigned = 'u'

	kindRefund   = 0
	kindNothing  = 1
	kindPurchase = 2
	kindWide     = 4
)

// maxSplit bounds the rows that one record is split into when it is read back, so
// that a few hostile bytes cannot fill the memory. It allows for 10¹² events of a
// customer and day.
const maxSplit = 256

// ErrTooLarge is returned for a log with more events of one customer, day and
// kind, or a larger sum of theirs, than the binary form allows: 2⁴⁰ and 2⁷⁰.
var ErrTooLarge = errors.New("too much of one customer and day for the binary form")

// AppendBinary appends the binary form of the log to b: the same bytes for the
// same events, in whatever order they were added or merged. The error is
// [ErrTooLarge].
func (l *Log[K]) AppendBinary(b []byte) ([]byte, error) {
	c := l.Canonical()
	b = append(b, magic...)
	b = append(b, version, keyClass[K]())
	b = binary.AppendUvarint(b, uint64(len(c.keys)))
	b = appendKeys(b, c.keys)
	start := c.Starts()
	for who := range c.keys {
		var err error
		if b, err = c.appendRecords(b, start[who], start[who+1]); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// keyClass returns which of the three ways of writing keys is that of K.
func keyClass[K Key]() byte {
	switch kind := reflect.TypeFor[K]().Kind(); {
	case kind == reflect.String:
		return classString
	case kind <= reflect.Int64:
		return classSigned
	default:
		return classUnsigned
	}
}

func appendKeys[K Key](b []byte, keys []K) []byte {
	class := keyClass[K]()
	var before uint64
	for i := range keys {
		v := reflect.ValueOf(keys[i])
		switch {
		case class == classString:
			b = binary.AppendUvarint(b, uint64(v.Len()))
			b = append(b, v.String()...)
		case class == classSigned && i == 0:
			b, before = binary.AppendVarint(b, v.Int()), uint64(v.Int())
		case class == classSigned:
			b, before = binary.AppendUvarint(b, uint64(v.Int())-before), uint64(v.Int())
		default: // the first one is its difference to 0
			b, before = binary.AppendUvarint(b, v.Uint()-before), v.Uint()
		}
	}
	return b
}

// appendRecords writes the rows from start to end, those of one customer.
func (l *Log[K]) appendRecords(b []byte, start, end int) ([]byte, error) {
	records := 0
	for _, x := range l.cells(start, end) {
		if x.tooLarge() {
			return nil, ErrTooLarge
		}
		records++
	}
	b = binary.AppendUvarint(b, uint64(records))
	before := calendar.Date(0)
	for at, x := range l.cells(start, end) {
		b = binary.AppendUvarint(b, uint64(at.day-before))
		before = at.day
		b = appendCell(b, at.sign, x)
	}
	return b, nil
}

// tooLarge reports whether x may take more than maxSplit rows.
func (x cell) tooLarge() bool { return x.n > maxSplit*(1<<32) || x.sum.hi >= maxSplit/4 }

func appendCell(b []byte, sign int, x cell) []byte {
	kind := byte(kindNothing + sign)
	if x.sum.hi > 0 {
		kind |= kindWide
	}
	b = binary.AppendUvarint(append(b, kind), x.n)
	if sign != 0 {
		b = binary.AppendUvarint(b, x.sum.lo)
	}
	if x.sum.hi > 0 {
		b = binary.AppendUvarint(b, x.sum.hi)
	}
	return b
}

// A place is the day of a cell and the sign of its amounts.
type place struct {
	day  calendar.Date
	sign int
}

// cells yields the cells of the canonical rows from start to end, joining those
// that were split.
func (l *Log[K]) cells(start, end int) iter.Seq2[place, cell] {
	return func(yield func(place, cell) bool) {
		for i := start; i < end; {
			at := place{l.day[i], cmp.Compare(l.sum[i], 0)}
			var x cell
			for ; i < end && (place{l.day[i], cmp.Compare(l.sum[i], 0)}) == at; i++ {
				x.n += uint64(l.n[i])
				x.sum = x.sum.add(magnitude(l.sum[i]))
			}
			if !yield(at, x) {
				return
			}
		}
	}
}
