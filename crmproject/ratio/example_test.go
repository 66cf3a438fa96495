package ratio_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/ratio"
)

// A score is held against its threshold exactly; equality passes.
func Example() {
	met, of := ratio.Int(3), ratio.Int(5)
	score := met.Quo(of)
	fmt.Println(score, score.Percent(1), score.AtLeast(ratio.MustParse("60%")))

	churn := ratio.Of(4, 0, "no customers at the start")
	fmt.Println(churn, churn.AtLeast(score))
	// Output:
	// 3/5 60.0 % true
	// undefined: no customers at the start false
}

// An undefined operand names the root of an undefined result.
func ExampleRatio_Quo() {
	cpi := ratio.Of(40, 0, "AC is 0")
	eac := ratio.Int(100).Quo(cpi)
	fmt.Println(eac)
	fmt.Println(eac.Err())
	// Output:
	// undefined: AC is 0
	// ratio: undefined: AC is 0
}

// Decimals and percentages are read by their digits.
func ExampleParse() {
	for _, s := range []string{"0.1", "12.5 %", "6/8"} {
		r, err := ratio.Parse(s)
		fmt.Println(r, err)
	}
	// Output:
	// 1/10 <nil>
	// 1/8 <nil>
	// 3/4 <nil>
}
