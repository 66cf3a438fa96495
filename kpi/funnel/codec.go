package funnel

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/crmrollout/crm/kpi"
)

// The binary form, all numbers being varints:
//
//	magic       "CRMF", one byte for the version, one for the class of the keys
//	names       their number, then length and bytes of each, ascending
//	attributes  the same
//	customers   their number, then for each, ascending: the key (length and bytes, or
//	            a zigzag or plain integer), the number of events, and of each event:
//	            seconds since the one before (the first: the time, zigzag), order
//	            (zigzag), number of the name, number of the attribute
const (
	magic   = "CRMF"
	version = 1

	classString   = 's'
	classSigned   = 'i'
	classUnsigned = 'u'
)

// ErrFormat is wrapped by the errors of [Log.UnmarshalBinary].
var ErrFormat = errors.New("not the binary form of a funnel log")

// AppendBinary appends the binary form of l to b; see [Log.MarshalBinary].
func (l *Log[K]) AppendBinary(b []byte) ([]byte, error) {
	c := l.canonical()
	b = append(b, magic...)
	b = append(b, version, keyClass[K]())
	b = appendStrings(b, c.names.values)
	b = appendStrings(b, c.attributes.values)
	b = binary.AppendUvarint(b, uint64(len(c.customers.values)))
	for rows := range c.byCustomer() {
		b = appendKey(b, c.customers.values[rows[0].who])
		b = binary.AppendUvarint(b, uint64(len(rows)))
		for i, r := range rows {
			if i == 0 {
				b = binary.AppendVarint(b, r.at)
			} else {
				b = binary.AppendUvarint(b, uint64(r.at-rows[i-1].at))
			}
			b = binary.AppendVarint(b, r.order)
			b = binary.AppendUvarint(b, uint64(r.name))
			b = binary.AppendUvarint(b, uint64(r.attribute))
		}
	}
	return b, nil
}

// MarshalBinary returns the binary form: versioned, and the same for the same
// events in whatever order and grouping they came. The error is always nil.
func (l *Log[K]) MarshalBinary() ([]byte, error) { return l.AppendBinary(nil) }

// UnmarshalBinary replaces l by what [Log.MarshalBinary] wrote, for a key type of
// the same class: strings, signed or unsigned integers. It accepts exactly the bytes
// that MarshalBinary would give back. The error wraps [ErrFormat], and l is unchanged
// then.
func (l *Log[K]) UnmarshalBinary(data []byte) error {
	r := reader{data: data}
	head := append([]byte(magic), version, keyClass[K]())
	if !bytes.Equal(r.bytes(uint64(len(head))), head) {
		return fmt.Errorf("funnel: %w: begins with %q, want %q", ErrFormat, data[:min(len(data), len(head))], head)
	}
	read := &Log[K]{}
	names, attributes := r.strings(), r.strings()
	for range r.count(6) { // at least a key, a number and an event for each
		readCustomer(&r, read, names, attributes)
	}
	if r.bad {
		return fmt.Errorf("funnel: %w: broken near byte %d", ErrFormat, len(data)-len(r.data))
	}
	// Whatever is not as this package writes it shows when it is written again.
	read.Compact()
	if again, err := read.AppendBinary(nil); err != nil || !bytes.Equal(again, data) {
		return fmt.Errorf("funnel: %w: not in canonical form", ErrFormat)
	}
	*l = *read
	return nil
}

// byCustomer yields the rows of each customer of a canonical log.
func (l *Log[K]) byCustomer() func(yield func([]row) bool) {
	return func(yield func([]row) bool) {
		for i := 0; i < len(l.rows); {
			end := i + 1
			for end < len(l.rows) && l.rows[end].who == l.rows[i].who {
				end++
			}
			if !yield(l.rows[i:end:end]) {
				return
			}
			i = end
		}
	}
}

func keyClass[K kpi.Key]() byte {
	switch kind := reflect.TypeFor[K]().Kind(); {
	case kind == reflect.String:
		return classString
	case kind <= reflect.Int64:
		return classSigned
	default:
		return classUnsigned
	}
}

func appendStrings(b []byte, values []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(values)))
	for _, s := range values {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

func appendKey[K kpi.Key](b []byte, key K) []byte {
	v := reflect.ValueOf(key)
	switch keyClass[K]() {
	case classString:
		return append(binary.AppendUvarint(b, uint64(v.Len())), v.String()...)
	case classSigned:
		return binary.AppendVarint(b, v.Int())
	default:
		return binary.AppendUvarint(b, v.Uint())
	}
}

// A reader takes the binary form apart. After the first fault it returns zeros.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) bytes(n uint64) []byte {
	if r.bad || n > uint64(len(r.data)) {
		r.bad = true
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.data)
	if r.bad || n <= 0 {
		r.bad = true
		return 0
	}
	r.data = r.data[n:]
	return v
}

func (r *reader) varint() int64 {
	u := r.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

// count reads how many things of at least so many bytes follow: what does not fit
// the data is refused before anything is allocated for it.
func (r *reader) count(bytesEach int) int {
	n := r.uvarint()
	if n > uint64(len(r.data)/bytesEach) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *reader) strings() []string {
	values := make([]string, 0, r.count(1))
	for range cap(values) {
		values = append(values, string(r.bytes(r.uvarint())))
	}
	r.bad = r.bad || !slices.IsSorted(values)
	return values
}

func readCustomer[K kpi.Key](r *reader, l *Log[K], names, attributes []string) {
	key := readKey[K](r)
	at := int64(0)
	for i := range r.count(4) {
		if i == 0 {
			at = r.varint()
		} else {
			at += int64(min(r.uvarint(), 2*maxTime))
		}
		e := Event[K]{Customer: key, Time: at, Order: r.varint()}
		name, attribute := r.uvarint(), r.uvarint()
		if r.bad || name >= uint64(len(names)) || attribute >= uint64(len(attributes)) {
			r.bad = true
			return
		}
		e.Name, e.Attribute = names[name], attributes[attribute]
		if l.Add(e) != nil {
			r.bad = true
			return
		}
	}
}

func readKey[K kpi.Key](r *reader) (key K) {
	v := reflect.ValueOf(&key).Elem()
	switch keyClass[K]() {
	case classString:
		v.SetString(string(r.bytes(r.uvarint())))
	case classSigned:
		i := r.varint()
		r.bad = r.bad || v.OverflowInt(i)
		v.SetInt(i)
	default:
		u := r.uvarint()
		r.bad = r.bad || v.OverflowUint(u)
		v.SetUint(u)
	}
	return key
}
