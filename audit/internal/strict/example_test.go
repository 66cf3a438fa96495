package strict_test

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/crmrollout/crm/audit/internal/strict"
)

// One look at a project file tells everything that is wrong with it.
func Example() {
	var project struct {
		Name  string `json:"name"`
		Lines []struct {
			Planned int64 `json:"planned"`
			Paid    bool  `json:"paid"`
		} `json:"budgetLines"`
	}
	err := strict.Unmarshal([]byte(`{
		"nmae": "CRM rollout",
		"budgetLines": [
			{"planned": 120000, "paid": true},
			{"planned": 99.5, "paid": "no", "paid": false}
		]
	}`), &project)
	fmt.Println(err)
	fmt.Println(len(project.Lines), "lines taken over")
	// Output:
	// strict: 4 faults
	// 	line 2, column 3: unknown field "nmae" (did you mean "name"?)
	// 	budgetLines[1].planned: want a whole number in plain digits, got 99.5
	// 	budgetLines[1].paid: want true or false, got string "no"
	// 	budgetLines[1]: duplicate key "paid"
	// 0 lines taken over
}

// Euros is a plain amount written as text.
type Euros struct{ Cents int64 }

func (e *Euros) UnmarshalText(text []byte) error {
	var whole, cents int64
	if _, err := fmt.Sscanf(string(text), "%d.%02d EUR", &whole, &cents); err != nil {
		return errors.New("an amount has a point, two decimals and its currency")
	}
	e.Cents = 100*whole + cents
	return nil
}

// Examples say how a value should look when something of another kind is found.
func ExampleOptions() {
	options := strict.Options{
		MaxFaults: 2,
		Examples:  map[reflect.Type]string{reflect.TypeFor[Euros](): `"1234.50 EUR"`},
	}
	var budget struct{ Planned, Actual, Reserve, Open Euros }
	err := options.Unmarshal([]byte(`{"Planned": 12, "Actual": "7", "Reserve": null, "Open": "7.00 EUR"}`), &budget)
	fmt.Println(err)
	// Output:
	// strict: 3 faults
	// 	Planned: want a string such as "1234.50 EUR", got number 12
	// 	Actual: "7": an amount has a point, two decimals and its currency
	// 	and 1 more
}

// Each fault is a value; errors.As and errors.Is see all of them.
func ExampleFaults() {
	var team map[string]uint8
	err := strict.Unmarshal([]byte("{\"sales\": 12,\n \"field staff\": 300}"), &team)
	if faults, ok := errors.AsType[*strict.Faults](err); ok {
		for _, f := range faults.List {
			fmt.Printf("%d:%d %s %v\n", f.Line, f.Column, f.Path, errors.Is(f, strict.ErrRange))
		}
	}
	// Output:
	// 2:17 ["field staff"] true
}
