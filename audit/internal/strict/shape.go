package strict

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// how a type is read.
type how uint8

const (
	byNothing     how = iota // not supported
	byUnmarshaler            // json.Unmarshaler
	byText                   // encoding.TextUnmarshaler
	byBool
	byInt
	byUint
	byFloat
	byNumber // json.Number
	byString
	byBase64 // []byte
	bySlice
	byArray
	byMap
	byStruct
	byPointer
	byAny
)

// forms tells for each way of reading the bytes that such a JSON value can
// start with, all of them where there are none here, and its name in messages.
var forms = [...]struct{ first, want string }{
	byNothing:     {"", "a value"},
	byUnmarshaler: {"", "a value"},
	byText:        {`"`, "a string"},
	byBool:        {"tf", "true or false"},
	byInt:         {digits, "a whole number"},
	byUint:        {digits, "a whole number"},
	byFloat:       {digits, "a number"},
	byNumber:      {digits, "a number"},
	byString:      {`"`, "a string"},
	byBase64:      {`"`, "a base64 string"},
	bySlice:       {"[", "an array"},
	byArray:       {"[", "an array"},
	byMap:         {"{", "an object"},
	byStruct:      {"{", "an object"},
	byPointer:     {"", "a value"},
	byAny:         {"", "a value"},
}

const digits = "-0123456789"

// starts tells whether a value of this way of reading can start with c.
func (h how) starts(c byte) bool {
	first := forms[h].first
	return first == "" || strings.IndexByte(first, c) >= 0
}

// shape is what the decoder knows of a type.
type shape struct {
	typ    reflect.Type
	how    how
	text   bool   // a TextUnmarshaler, even where a json.Unmarshaler goes first
	null   bool   // takes null
	key    *shape // of a map
	elem   *shape // of a slice, array, map, pointer
	fields map[string]*field
	names  []string // of the fields, in Go order
}

var (
	unmarshalerType     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
	numberType          = reflect.TypeFor[json.Number]()
)

// shapes caches the shape of each type met so far, by reflect.Type. A shape is
// a function of its type and is not changed once it is here.
var shapes sync.Map

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	b := builder{}
	s := b.shape(t)
	for t, s := range b {
		shapes.Store(t, s)
	}
	return s
}

// builder holds the shapes of one type and all it is made of while they are
// being found out, so that a type may contain itself.
type builder map[reflect.Type]*shape

func (b builder) shape(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	if s, ok := b[t]; ok {
		return s
	}
	s := &shape{typ: t, null: takesNull(t)}
	b[t] = s
	s.text = reflect.PointerTo(t).Implements(textUnmarshalerType)
	own := reflect.PointerTo(t).Implements(unmarshalerType)
	switch {
	case (own || s.text) && t.Name() == "":
		// encoding/json finds methods that an unnamed struct has by embedding
		// in some places and not in others: no meaning to agree with.
		s.how = byNothing
	case own:
		s.how = byUnmarshaler
	case s.text:
		s.how = byText
	case t == numberType:
		s.how = byNumber
	default:
		b.kind(s)
	}
	return s
}

// kind settles how a type without methods of its own is read.
func (b builder) kind(s *shape) {
	switch s.typ.Kind() {
	case reflect.Bool:
		s.how = byBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		s.how = byInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		s.how = byUint
	case reflect.Float32, reflect.Float64:
		s.how = byFloat
	case reflect.String:
		s.how = byString
	case reflect.Interface:
		if s.typ.NumMethod() == 0 {
			s.how = byAny
		}
	case reflect.Struct:
		s.how = byStruct
		s.fields, s.names = b.fields(s.typ)
	default:
		b.container(s)
	}
}

func (b builder) container(s *shape) {
	switch s.typ.Kind() {
	case reflect.Slice:
		s.how, s.elem = bySlice, b.shape(s.typ.Elem())
		if s.elem.typ.Kind() == reflect.Uint8 && s.elem.how == byUint {
			s.how = byBase64
		}
	case reflect.Array:
		s.how, s.elem = byArray, b.shape(s.typ.Elem())
	case reflect.Pointer:
		if !endlessPointer(s.typ) {
			s.how, s.elem = byPointer, b.shape(s.typ.Elem())
		}
	case reflect.Map:
		key := b.shape(s.typ.Key())
		if key.text || key.isIntegerOrString() {
			s.how, s.key, s.elem = byMap, key, b.shape(s.typ.Elem())
		}
	default:
		s.how = byNothing
	}
}

func (s *shape) isIntegerOrString() bool {
	k := s.typ.Kind()
	return k == reflect.String || reflect.Int <= k && k <= reflect.Uintptr
}

func takesNull(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return true
	default:
		return false
	}
}

// endlessPointer tells whether a type is a pointer to itself, as in
// type P *P, which no value ends.
func endlessPointer(t reflect.Type) bool {
	const deepest = 16 // deeper ones are refused along with the endless ones
	for range deepest {
		if t.Kind() != reflect.Pointer {
			return false
		}
		t = t.Elem()
	}
	return true
}
