package projecttest

import (
	"cmp"
	"encoding/binary"
	"hash"
	"hash/fnv"
	"math"
	"reflect"
	"slices"
)

// fingerprint returns a digest of everything that can be reached from v, so that
// a change anywhere in the facts shows without a copy of them. Maps count without
// order; pointers count by what they point to; functions and channels count by
// identity.
func fingerprint(v any) string {
	p := printer{out: fnv.New128a(), seen: map[place]int{}}
	p.value(reflect.ValueOf(&v).Elem())
	return string(p.out.Sum(nil))
}

// place is a pointer that was met: the type tells a struct from its first field.
type place struct {
	at   uintptr
	n    int // length, for slices
	kind reflect.Type
}

type printer struct {
	out  hash.Hash
	seen map[place]int // nil for one that writes pointers as addresses
}

func (p *printer) number(n uint64) {
	p.out.Write(binary.LittleEndian.AppendUint64(nil, n))
}

func (p *printer) text(s string) {
	p.number(uint64(len(s)))
	p.out.Write([]byte(s))
}

// met writes the number of a pointer that was met before, and reports it.
func (p *printer) met(v reflect.Value, n int) bool {
	if p.seen == nil {
		p.number(uint64(v.Pointer()))
		return true
	}
	key := place{v.Pointer(), n, v.Type()}
	if i, ok := p.seen[key]; ok {
		p.number(uint64(i))
		return true
	}
	p.seen[key] = len(p.seen)
	return false
}

func (p *printer) value(v reflect.Value) {
	p.number(uint64(v.Kind()))
	switch v.Kind() {
	case reflect.Invalid:
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		p.scalar(v)
	case reflect.String:
		p.text(v.String())
	case reflect.Array:
		p.elements(v)
	case reflect.Slice:
		if p.number(uint64(v.Len())); !v.IsNil() && !p.met(v, v.Len()) {
			p.elements(v)
		}
	case reflect.Map:
		if p.number(uint64(v.Len())); !v.IsNil() && !p.met(v, 0) {
			p.entries(v)
		}
	case reflect.Pointer:
		if !v.IsNil() && !p.met(v, 0) {
			p.value(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() {
			p.text(v.Elem().Type().String())
			p.value(v.Elem())
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			p.value(field)
		}
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		p.number(uint64(v.Pointer()))
	}
}

func (p *printer) scalar(v reflect.Value) {
	switch {
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			p.number(1)
		}
	case v.CanInt():
		p.number(uint64(v.Int()))
	case v.CanUint():
		p.number(v.Uint())
	case v.CanFloat():
		p.number(math.Float64bits(v.Float()))
	default:
		p.number(math.Float64bits(real(v.Complex())))
		p.number(math.Float64bits(imag(v.Complex())))
	}
}

func (p *printer) elements(v reflect.Value) {
	for i := range v.Len() {
		p.value(v.Index(i))
	}
}

// entries writes a map, sorted by the identity of its keys.
func (p *printer) entries(v reflect.Value) {
	type entry struct {
		sort string
		key  reflect.Value
	}
	var all []entry
	for _, key := range v.MapKeys() {
		id := printer{out: fnv.New128a()}
		id.value(key)
		all = append(all, entry{string(id.out.Sum(nil)), key})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.sort, b.sort) })
	for _, e := range all {
		p.value(e.key)
		p.value(v.MapIndex(e.key))
	}
}
