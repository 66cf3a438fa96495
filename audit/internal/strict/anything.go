package strict

import "strconv"

// anything decodes the value at the current position into the types that
// encoding/json uses for any: nil, bool, float64, string, []any and
// map[string]any.
func (d *decoder) anything() any {
	switch c := d.data[d.pos]; {
	case c == '{':
		return d.anyObject()
	case c == '[':
		list := []any{}
		d.elements(func(int) { list = append(list, d.anything()) })
		return list
	case c == '"':
		return string(d.text())
	case byFloat.starts(c):
		return d.anyNumber()
	default:
		switch d.word()[0] {
		case 't':
			return true
		case 'f':
			return false
		}
		return nil
	}
}

func (d *decoder) anyObject() map[string]any {
	object := map[string]any{}
	d.members(func(key []byte, at int) {
		name := string(key)
		if _, dup := object[name]; dup {
			d.again(name, at)
			return
		}
		d.path.enter(name)
		object[name] = d.anything()
		d.path.leave()
	})
	return object
}

func (d *decoder) anyNumber() any {
	at := d.pos
	word := d.word()
	x, err := strconv.ParseFloat(string(word), 64)
	if err != nil {
		d.reportf(at, ErrRange, "%s does not fit float64 (at most ±1.8e308)", clip(string(word), maxQuoted))
	}
	return x
}

// walk passes over the value at the current position and reports duplicate
// keys inside it: whoever reads it later may not.
func (d *decoder) walk() {
	switch d.data[d.pos] {
	case '{':
		seen := map[string]bool{}
		d.members(func(key []byte, at int) {
			name := string(key)
			if seen[name] {
				d.again(name, at)
				return
			}
			seen[name] = true
			d.path.enter(name)
			d.walk()
			d.path.leave()
		})
	case '[':
		d.elements(func(int) { d.walk() })
	case '"':
		d.pos = endOfString(d.data, d.pos)
	default:
		d.pos = endOfWord(d.data, d.pos)
	}
}
