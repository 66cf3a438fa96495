package strict

import (
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// field is one named member of a struct, its own or promoted.
type field struct {
	name   string
	index  []int // through embedded structs
	place  int   // among the fields of the struct
	shape  *shape
	quoted bool // tag option "string", which is not supported

	tagged    bool
	ambiguous bool // as good as another of the same depth and name
}

// fields returns the members of a struct by name, and their names in Go order.
// The rules are those of encoding/json: of several fields of one name the
// shallowest counts; of several of that depth the one whose tag names it; and
// if there is not exactly one such, none.
func (b builder) fields(t reflect.Type) (map[string]*field, []string) {
	all := map[string]*field{}
	level := []embedded{{typ: t}}
	seen := map[reflect.Type]bool{t: true}
	for len(level) > 0 {
		found, next := b.level(level)
		for name, f := range found {
			if all[name] == nil {
				all[name] = f
			}
		}
		// A type seen higher up adds nothing: each of its fields is shadowed.
		next = slices.DeleteFunc(next, func(e embedded) bool { return seen[e.typ] })
		for _, e := range next {
			seen[e.typ] = true
		}
		level = next
	}
	return all, order(all)
}

// order drops the ambiguous fields, numbers the others in Go order and returns
// their names.
func order(all map[string]*field) []string {
	var kept []*field
	for name, f := range all {
		if f.ambiguous {
			delete(all, name)
		} else {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b *field) int { return slices.Compare(a.index, b.index) })
	names := make([]string, len(kept))
	for i, f := range kept {
		f.place, names[i] = i, f.name
	}
	return names
}

// embedded is a struct type whose fields are promoted.
type embedded struct {
	typ   reflect.Type
	index []int
	twice bool // embedded at this depth more than once: its own fields are ambiguous
}

// level returns the dominant field of each name at one depth, and the structs
// embedded at the next.
func (b builder) level(structs []embedded) (map[string]*field, []embedded) {
	found := map[string]*field{}
	var next []embedded
	for _, e := range structs {
		for i := range e.typ.NumField() {
			sf := e.typ.Field(i)
			name, options, ok := jsonName(sf)
			if !ok {
				continue
			}
			index := append(slices.Clone(e.index), i)
			if inner := dereferenced(sf.Type); name == "" && sf.Anonymous && inner.Kind() == reflect.Struct {
				next = embed(next, embedded{typ: inner, index: index})
				continue
			}
			f := &field{
				name: name, index: index, tagged: name != "", ambiguous: e.twice,
				quoted: quotes(sf.Type, options),
			}
			if name == "" {
				f.name = sf.Name
			}
			f.shape = b.shape(sf.Type)
			compete(found, f)
		}
	}
	return found, next
}

// embed adds a struct to a level, once.
func embed(level []embedded, e embedded) []embedded {
	for i := range level {
		if level[i].typ == e.typ {
			level[i].twice = true
			return level
		}
	}
	return append(level, e)
}

// compete settles which of two fields of one depth and name counts.
func compete(found map[string]*field, f *field) {
	rival := found[f.name]
	switch {
	case rival == nil, f.tagged && !rival.tagged:
		found[f.name] = f
	case f.tagged == rival.tagged:
		rival.ambiguous = true
	}
}

// jsonName reads the json tag of a field; ok is false if the field is never
// decoded. The name is empty where the tag gives no valid one.
func jsonName(sf reflect.StructField) (name, options string, ok bool) {
	tag := sf.Tag.Get("json")
	hidden := !sf.IsExported() && (!sf.Anonymous || pointed(sf.Type).Kind() != reflect.Struct)
	if hidden || tag == "-" {
		return "", "", false
	}
	name, options, _ = strings.Cut(tag, ",")
	if !isName(name) {
		name = ""
	}
	return name, options, true
}

// quotes tells whether the tag option "string" has a meaning for the type.
func quotes(t reflect.Type, options string) bool {
	if !slices.Contains(strings.Split(options, ","), "string") {
		return false
	}
	k := dereferenced(t).Kind()
	return reflect.Bool <= k && k <= reflect.Float64 || k == reflect.String
}

// pointed returns what a pointer type points to, other types as they are.
func pointed(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// dereferenced is pointed for pointer types without a name of their own.
func dereferenced(t reflect.Type) reflect.Type {
	if t.Name() == "" {
		return pointed(t)
	}
	return t
}

// isName tells whether a tag names a field: letters, digits, and the
// punctuation that encoding/json allows.
func isName(name string) bool {
	for _, r := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return name != ""
}
