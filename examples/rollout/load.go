package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

//go:embed data/project.json
var exampleProject []byte

//go:embed data/orders.csv
var exampleOrders []byte

//go:embed data/usage.csv
var exampleUsage []byte

// exampleAsOf is the day on which the example is judged: the last of its orders.
const exampleAsOf = "2026-10-31"

// input is what is judged.
type input struct {
	dossier  *audit.Dossier
	orders   []orders.Order
	usage    []Act
	asOf     calendar.Date // of the project
	ordersOf calendar.Date // of the order history
	artifact string        // the project file, for logs that refer to it
}

// load reads the project file and the order history, and reports the faults of
// both.
func load(o options, today calendar.Date) (input, error) {
	var faults verdict.Faults
	in := input{asOf: o.asOf, artifact: "data/project.json"}
	data, err := source(o.project, exampleProject)
	if err == nil {
		in.dossier, err = audit.Decode(data)
	}
	faults.Add("", named(o.project, err))
	data, err = source(o.orders, exampleOrders)
	if err == nil {
		in.orders, err = orders.Read(bytes.NewReader(data))
	}
	faults.Add("", named(o.orders, err))
	if data, err = in.usageOf(o); err == nil && data != nil {
		in.usage, err = readUsage(bytes.NewReader(data))
	}
	faults.Add("", named(o.usage, err))
	if err := faults.Err(); err != nil {
		return input{}, err
	}
	if o.project != "" {
		in.artifact = filepath.ToSlash(o.project)
	}
	in.dates(o, today)
	return in, nil
}

// usageOf returns the log of the CRM: that of the example belongs to the project of
// the example.
func (in *input) usageOf(o options) ([]byte, error) {
	if o.usage == "" && o.project != "" {
		return nil, nil
	}
	return source(o.usage, exampleUsage)
}

// dates settles which day is judged. Without -as-of that is the day of the
// example, or today for another project; an order history of its own is looked at
// on its last day, since it need not reach to today.
func (in *input) dates(o options, today calendar.Date) {
	if !in.asOf.IsValid() {
		in.asOf = calendar.MustParse(exampleAsOf)
		if o.project != "" {
			in.asOf = today
		}
	}
	in.ordersOf = in.asOf
	if o.orders != "" && !o.asOf.IsValid() {
		in.ordersOf = 0
		for _, order := range in.orders {
			in.ordersOf = max(in.ordersOf, order.Day)
		}
	}
}

// source returns the content of a file, or the example if no file is named; "-"
// is standard input.
func source(name string, example []byte) ([]byte, error) {
	switch name {
	case "":
		return example, nil
	case "-":
		return io.ReadAll(os.Stdin)
	default:
		return os.ReadFile(name) //nolint:gosec // the user names the file
	}
}

// named puts the name of the file before each of its faults.
func named(name string, err error) error {
	if err == nil {
		return nil
	}
	if name == "" {
		name = "example"
	}
	var faults verdict.Faults
	for _, f := range each(err) {
		faults.Add("", fmt.Errorf("%s: %w", name, f))
	}
	return faults.Err()
}

// each takes the faults of a file apart.
func each(err error) []error {
	var list []error
	faulty, ok := errors.AsType[*rows.Faults](err)
	if history, is := errors.AsType[*orders.Faults](err); is {
		faulty, ok = &history.Faults, true
	}
	if !ok {
		for _, f := range verdict.FaultsOf(err) {
			list = append(list, f)
		}
		return list
	}
	list = faulty.Unwrap()
	if more := faulty.Total - len(list); more > 0 {
		list = append(list, fmt.Errorf("%d faults in all", faulty.Total))
	}
	return list
}
