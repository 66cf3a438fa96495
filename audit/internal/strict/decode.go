package strict

import (
	"encoding/json"
	"reflect"
)

// decoder reads a document that scan has found sound.
type decoder struct {
	data     []byte
	pos      int
	path     path
	examples map[reflect.Type]string
	faults   *collector
}

func (d *decoder) space() { d.pos = skipSpace(d.data, d.pos) }

// reportf notes a fault of the value or key at an offset, under the current path.
func (d *decoder) reportf(at int, kind error, format string, args ...any) {
	if d.faults.full() {
		d.faults.more++ // the message would be thrown away
		return
	}
	d.faults.add(at, &Fault{Path: d.path.String(), Err: troublef(kind, format, args...)})
}

func (d *decoder) want(s *shape) string {
	if example := d.examples[s.typ]; example != "" {
		return forms[s.how].want + " such as " + clip(example, maxQuoted)
	}
	return forms[s.how].want
}

// value decodes the value at the current position, which is no white space.
func (d *decoder) value(v reflect.Value, s *shape) {
	switch c := d.data[d.pos]; {
	case c == 'n' && s.null && s.how != byUnmarshaler && v.CanSet():
		d.pos += len("null") // and v is nil already
	case s.how == byNothing, s.how != byStruct && !v.CanSet():
		// What an unexported embedded pointer or scalar holds cannot be set;
		// the exported fields of an embedded struct can.
		d.reportf(d.pos, ErrTarget, "Go type %s cannot be decoded into", clip(s.typ.String(), maxQuoted))
		d.walk()
	case c == 'n' && !s.null:
		d.reportf(d.pos, ErrNull, "want %s, got null", d.want(s))
		d.walk()
	case !s.how.starts(c):
		d.reportf(d.pos, ErrType, "want %s, got %s", d.want(s), describe(d.data[d.pos:]))
		d.walk()
	default:
		d.read(v, s)
	}
}

// read decodes a value whose kind is right.
func (d *decoder) read(v reflect.Value, s *shape) {
	switch s.how {
	case byUnmarshaler:
		d.unmarshaler(v)
	case byPointer:
		v.Set(reflect.New(s.elem.typ))
		d.value(v.Elem(), s.elem)
	case byStruct:
		d.structure(v, s)
	case bySlice:
		d.slice(v, s)
	case byArray:
		d.array(v, s)
	case byMap:
		d.mapping(v, s)
	case byAny:
		if x := d.anything(); x != nil {
			v.Set(reflect.ValueOf(x))
		}
	default:
		d.scalar(v, s)
	}
}

// unmarshaler hands the value, unread, to its UnmarshalJSON.
func (d *decoder) unmarshaler(v reflect.Value) {
	start := d.pos
	d.walk()
	raw := d.data[start:d.pos:d.pos]
	d.refused(start, v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw))
}

// refused reports the error, if any, of a method that was given the value at
// an offset. Faults of an inner document are reported one by one.
func (d *decoder) refused(at int, err error) {
	if err == nil {
		return
	}
	inner, ok := err.(*Faults) //nolint:errorlint // one wrapped in words of its own is kept with them
	if !ok {
		if d.faults.full() {
			d.faults.more++
			return
		}
		err = &refusal{excerpt(d.data[at:]), err}
		d.faults.add(at, &Fault{Path: d.path.String(), Err: err})
		return
	}
	for _, f := range inner.List {
		d.faults.add(at, &Fault{Path: d.path.join(f.Path), Line: f.Line, Column: f.Column, Err: f.Err})
	}
	d.faults.more += inner.More
}

// structure decodes an object into a struct.
func (d *decoder) structure(v reflect.Value, s *shape) {
	var few [32]bool // most structs have fewer fields; spares an allocation
	seen := few[:]
	if len(s.names) > len(few) {
		seen = make([]bool, len(s.names))
	}
	d.members(func(key []byte, at int) {
		f := s.fields[string(key)]
		switch {
		case f == nil:
			d.unknown(string(key), at, s)
		case seen[f.place]:
			d.again(f.name, at)
		default:
			seen[f.place] = true
			d.path.enter(f.name)
			d.field(v, f)
			d.path.leave()
		}
	})
}

// field decodes the value at the current position into a field of the struct v.
func (d *decoder) field(v reflect.Value, f *field) {
	if f.quoted {
		d.reportf(d.pos, ErrTarget, `the tag option "string" is not supported`)
		d.walk()
		return
	}
	for i, n := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() && !v.CanSet() {
				d.reportf(d.pos, ErrTarget, "the embedded pointer %s is unexported", clip(v.Type().String(), maxQuoted))
				d.walk()
				return
			}
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	d.value(v, f.shape)
}

// unknown reports a key that no field has and passes over its value.
func (d *decoder) unknown(key string, at int, s *shape) {
	hint := ""
	if !d.faults.full() {
		if name := nearest(key, s.names); name != "" {
			hint = " (did you mean " + quote(name) + "?)"
		}
	}
	d.reportf(at, ErrUnknownField, "unknown field %s%s", quote(key), hint)
	d.path.enter(key)
	d.walk()
	d.path.leave()
}

// again reports a key that its object has had already and passes over its value.
func (d *decoder) again(key string, at int) {
	d.reportf(at, ErrDuplicateKey, "duplicate key %s", quote(key))
	d.path.enter(key)
	d.walk()
	d.path.leave()
}

// slice decodes an array into a slice.
func (d *decoder) slice(v reflect.Value, s *shape) {
	v.Set(reflect.MakeSlice(s.typ, 0, 0)) // [] is empty, not nil
	d.elements(func(i int) {
		if i == v.Cap() {
			v.Grow(1)
		}
		v.SetLen(i + 1)
		d.value(v.Index(i), s.elem)
	})
}

// array decodes an array into a Go array of just that length.
func (d *decoder) array(v reflect.Value, s *shape) {
	start := d.pos
	n := d.elements(func(i int) {
		if i < v.Len() {
			d.value(v.Index(i), s.elem)
		} else {
			d.walk()
		}
	})
	if n != v.Len() {
		d.reportf(start, ErrLength, "want %d elements, got %d", v.Len(), n)
	}
}

// members calls each for every member of the object at the current position,
// which is then the member's value and must be passed over by each.
func (d *decoder) members(each func(key []byte, at int)) {
	d.pos++
	for d.space(); d.data[d.pos] != '}'; d.space() {
		if d.data[d.pos] == ',' {
			d.pos++
			d.space()
		}
		at := d.pos
		key := d.text()
		d.space()
		d.pos++ // the colon
		d.space()
		each(key, at)
	}
	d.pos++
}

// elements does the same for the array at the current position. It returns how
// many elements there are.
func (d *decoder) elements(each func(i int)) int {
	n := 0
	d.pos++
	for d.space(); d.data[d.pos] != ']'; d.space() {
		if d.data[d.pos] == ',' {
			d.pos++
			d.space()
		}
		d.path.enterIndex(n)
		each(n)
		d.path.leave()
		n++
	}
	d.pos++
	return n
}

// text passes over the string at the current position and returns what it says.
func (d *decoder) text() []byte {
	start := d.pos
	d.pos = endOfString(d.data, start)
	return unquote(d.data[start:d.pos])
}

// word passes over the number or literal at the current position.
func (d *decoder) word() []byte {
	start := d.pos
	d.pos = endOfWord(d.data, start)
	return d.data[start:d.pos]
}
