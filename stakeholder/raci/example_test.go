package raci_test

import (
	"fmt"

	"github.com/crmrollout/crm/stakeholder/raci"
)

// ST-25: roles and responsibilities are assigned, and the matrix tells what is
// wrong with the way they are.
func Example() {
	m := raci.Matrix{
		Roles: []string{"Sponsor", "PM", "Sales", "IT"},
		Activities: []raci.Activity{
			{Name: "Charter", Cells: raci.Cells{"Sponsor": "A", "PM": "R", "Sales": "C", "IT": "I"}},
			{Name: "Migrate data", Cells: raci.Cells{"PM": "A", "IT": "A/R", "Sales": "I"}},
			{Name: "Train users", Cells: raci.Cells{"PM": "A/R", "Salse": "C"}},
		},
	}
	for _, f := range m.Check(raci.Config{}).Findings {
		fmt.Println(f.Code, f.Severity, f.Message)
	}
	role, ok := m.Accountable("charter")
	fmt.Println("valid:", m.Valid(), "charter:", role, ok)
	// Output:
	// RACI-002 major 2 roles are accountable for "Migrate data": "PM", "IT".
	// RACI-004 major "Salse" has a part in "Train users", but is not a role of the matrix.
	// valid: false charter: Sponsor true
}

func ExampleMatrix_Markdown() {
	m := raci.Matrix{
		Roles: []string{"Sponsor", "PM"},
		Activities: []raci.Activity{
			{Name: "Charter", Cells: raci.Cells{"Sponsor": " a ", "PM": "r"}},
			{Name: "Accept", Cells: raci.Cells{"Sponsor": "Accountable", "PM": "r, c", "Works council": "X"}},
		},
	}
	fmt.Print(m.Markdown())
	// Output:
	// | Activity | Sponsor | PM | Works council (?) |
	// | --- | --- | --- | --- |
	// | Charter | A | R |  |
	// | Accept | A | R/C | X |
}

// ST-23: the duties of each role, read down its column.
func ExampleMatrix_ByRole() {
	m := raci.Matrix{
		Roles: []string{"PM", "IT"},
		Activities: []raci.Activity{
			{Name: "Migrate data", Cells: raci.Cells{"PM": "A", "IT": "R"}},
			{Name: "Train users", Cells: raci.Cells{"PM": "A/R", "IT": "C"}},
		},
	}
	for _, v := range m.ByRole() {
		fmt.Println(v.Name, "answers for", v.Accountable, "does", v.Responsible, "is asked about", v.Consulted)
	}
	// Output:
	// PM answers for [Migrate data Train users] does [Train users] is asked about []
	// IT answers for [] does [Migrate data] is asked about [Train users]
}

func ExampleConfig() {
	m := raci.Matrix{
		Roles:      []string{"Lead auditor", "Auditee"},
		Activities: []raci.Activity{{Name: "Audit planning", Cells: raci.Cells{"Auditee": "A/R", "Lead auditor": "C"}}},
	}
	independent := raci.Config{Separate: []raci.Separation{
		{Activity: "Audit planning", Letters: raci.Accountable, Role: "auditee"},
	}}
	for _, f := range m.Check(independent).Findings {
		fmt.Println(f.Message, f.Remedy)
	}
	// Output:
	// "Auditee" is A for "Audit planning", from which it must be kept apart. Give A to an independent role.
}
