package rows_test

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/examples/internal/rows"
)

// The columns that are wanted, of whatever stands in the file.
func Example() {
	file := "Answer ID;Region;NPS\n1;north;9\n2;south;\n3;north;10\n"
	r := rows.New(rows.Refuse,
		rows.Column{Name: "score", Aliases: []string{"nps"}, Kind: rows.Integer, Need: rows.Blankable},
		rows.Column{Name: "group", Called: "region"})
	r.Read("answers.csv", strings.NewReader(file), func(row *rows.Row) error {
		fmt.Println(row.Line, string(row.Text(1)), row.Has(0), row.Int(0))
		return nil
	})
	fmt.Println(r.Err())
	// Output:
	// 2 north true 9
	// 3 south false 0
	// 4 north true 10
	// <nil>
}

// Faults are located, and all of them are found.
func ExampleReader_Err() {
	r := rows.New(rows.Refuse, rows.Column{Name: "date", Kind: rows.Day}, rows.Column{Name: "value", Kind: rows.Number})
	r.Read("a.csv", strings.NewReader("date,value\n2026-13-01,1\n2026-01-01,x\n"), func(*rows.Row) error { return nil })
	r.Read("b.csv", strings.NewReader("day,value\n"), func(*rows.Row) error { return nil })
	fmt.Println(r.Err())
	// Output:
	// 3 faults:
	// a.csv: line 2: date: "2026-13-01": no such day
	// a.csv: line 3: value: "x": not a number
	// b.csv: line 1: date: no such column: the columns are "day", "value"; it may be called date
}

// Lines with faults can be left out, and are counted by the first fault of each.
func ExampleReader_Skipped() {
	r := rows.New(rows.Skip, rows.Column{Name: "date", Kind: rows.Day}, rows.Column{Name: "amount", Kind: rows.Amount})
	var sum int64
	r.Read("a.csv", strings.NewReader("date,amount\n2026-01-01,1\nx,y\n2026-01-02\n2026-01-03,2.50\n2026-01-04,z\n"), func(row *rows.Row) error {
		sum += row.Int(1)
		return nil
	})
	s := r.Skipped()
	fmt.Println(sum, r.Rows(), s.Rows, r.Err())
	for _, k := range s.Kinds {
		fmt.Println(k.Rows, k.Err)
	}
	fmt.Println(s.First.Error())
	// Output:
	// 350 2 3 <nil>
	// 1 wrong number of fields
	// 1 not a date, want YYYY-MM-DD
	// 1 not a decimal number
	// a.csv: line 3: date: "x": not a date, want YYYY-MM-DD
}

func ExampleDictionary() {
	var d rows.Dictionary
	for _, id := range []string{"10", "9", "10", "100"} {
		fmt.Print(d.Number([]byte(id)), " ")
	}
	names, rank := d.Ranks()
	fmt.Println(names, rank)
	// Output: 0 1 0 2 [9 10 100] [1 0 2]
}
