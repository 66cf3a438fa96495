package strict

import (
	"fmt"
	"reflect"
)

// Defaults and the upper bound of [Options].
const (
	DefaultMaxFaults = 100
	DefaultMaxDepth  = 1000

	maxDepth = 10_000 // where encoding/json gives up too
)

// Options tune a decode. The zero Options are the defaults.
type Options struct {
	// MaxFaults bounds the faults that are kept; further ones are counted in
	// Faults.More. Zero and less mean DefaultMaxFaults.
	MaxFaults int

	// MaxDepth bounds how deep arrays and objects may nest. Zero and less mean
	// DefaultMaxDepth; more than 10000 means 10000.
	MaxDepth int

	// Examples give, by Go type, a JSON value as it should look, such as
	// `"1234.50 EUR"`. It is quoted when something of another kind is found.
	Examples map[reflect.Type]string
}

// Unmarshal decodes the one JSON document in data into the value v points to,
// with the default [Options].
func Unmarshal(data []byte, v any) error { return Options{}.Unmarshal(data, v) }

// Unmarshal decodes the one JSON document in data into the value v points to.
//
// On faults of the document it returns [*Faults] and leaves *v as it was.
// A v that is not a pointer, or a nil one, is an error of kind [ErrTarget].
// The arguments are not retained, and data is not changed.
func (o Options) Unmarshal(data []byte, v any) error {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return fmt.Errorf("strict: decode into %T: %w", v, ErrTarget)
	}
	faults := &collector{limit: positive(o.MaxFaults, DefaultMaxFaults)}
	if fault := scan(data, min(positive(o.MaxDepth, DefaultMaxDepth), maxDepth)); fault != nil {
		faults.add(fault.at, &Fault{Err: fault.err})
		return faults.result(data)
	}
	d := decoder{data: data, examples: o.Examples, faults: faults}
	fresh := reflect.New(target.Type().Elem()).Elem()
	d.space()
	d.value(fresh, shapeOf(fresh.Type()))
	if err := faults.result(data); err != nil {
		return err
	}
	target.Elem().Set(fresh)
	return nil
}

func positive(n, otherwise int) int {
	if n <= 0 {
		return otherwise
	}
	return n
}
