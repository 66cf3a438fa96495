package strict

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
)

// mapping decodes an object into a map.
func (d *decoder) mapping(v reflect.Value, s *shape) {
	v.Set(reflect.MakeMap(s.typ))
	d.members(func(key []byte, at int) {
		d.path.enter(string(key))
		k, ok := d.key(s.key, key, at)
		e := reflect.New(s.elem.typ).Elem()
		d.value(e, s.elem)
		d.path.leave()
		switch {
		case !ok: // reported
		case v.MapIndex(k).IsValid():
			d.reportf(at, ErrDuplicateKey, "duplicate key %s", quote(string(key)))
		default:
			v.SetMapIndex(k, e)
		}
	})
}

// key decodes the key of a map entry, whose token is at an offset. Like
// encoding/json it asks UnmarshalJSON, with the token, only of a type that has
// UnmarshalText as well.
func (d *decoder) key(s *shape, key []byte, at int) (reflect.Value, bool) {
	k := reflect.New(s.typ).Elem()
	switch {
	case s.text:
		err := unmarshalKey(k, s, key, d.data[at:endOfString(d.data, at)])
		d.refused(at, err)
		return k, err == nil
	case s.typ.Kind() == reflect.String:
		k.SetString(string(key))
		return k, true
	default:
		ok := setKey(k, key)
		if !ok {
			d.reportf(at, ErrRange, "key %s: want a whole number as text (%s)", quote(string(key)), span(s.typ))
		}
		return k, ok
	}
}

func unmarshalKey(k reflect.Value, s *shape, key, token []byte) error {
	if s.how == byUnmarshaler {
		return k.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(token)
	}
	return k.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(key)
}

// setKey reads an integer key. Two texts of one number would be two keys that
// look different and are the same, so the shortest form alone is taken.
func setKey(k reflect.Value, key []byte) bool {
	if k.CanInt() {
		return setInt(k, key) && strconv.FormatInt(k.Int(), 10) == string(key)
	}
	return setUint(k, key) && strconv.FormatUint(k.Uint(), 10) == string(key)
}
