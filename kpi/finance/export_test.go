package finance

import "math/big"

// Both ways to the positive roots, as text, for tests of one against the other.
func BothWays(c []int64, d []int64) (bisected, turnedAll []string, done bool) {
	coefficients := make([]*big.Int, len(c))
	for i, v := range c {
		coefficients[i] = big.NewInt(v)
	}
	p := newPoly(coefficients, d)
	if len(p.c) == 0 {
		return nil, nil, true
	}
	roots, done := isolate(p)
	return texts(roots), texts(turned(newPoly(coefficients, d))), done
}

func texts(roots []*root) []string {
	var all []string
	for _, r := range roots {
		all = append(all, r.middle(finalBits).Text('g', 30)+" ×"+big.NewInt(int64(r.multiplicity)).String())
	}
	return all
}
