package risk

import "math/big"

// A row is one inequality of a system: Σ coeff·z ≥ bound, with free variables.
// Coefficients are small integers, one for each variable.
type row struct {
	coeff []int64
	bound int64
}

// solve decides exactly whether a system of inequalities in n variables has a
// solution. It returns either the solution or, by Farkas' lemma, multipliers
// y ≥ 0 of the rows with Σ yᵢ·coeffᵢ = 0 and Σ yᵢ·boundᵢ > 0: adding up the rows
// with them gives 0 ≥ something positive.
//
// It works on the dual, maximise b·y subject to Aᵀy = 0, Σy ≤ 1, y ≥ 0, which
// has few rows, and y = 0 to begin with. Bland's rule keeps it from cycling (R.
// G. Bland, New finite pivoting rules for the simplex method, Mathematics of
// Operations Research 2 (1977) 103-107). At the optimum 0 the simplex
// multipliers are a solution of the system.
func solve(rows []row, n int) (solution, multipliers []*big.Rat) {
	t := newTableau(rows, n)
	t.expel()
	t.maximise()
	if t.objective().Sign() > 0 {
		return nil, t.values(len(rows))
	}
	return t.duals(), nil
}

// A tableau of the dual. Its columns are one for each row of the system, one
// slack, one artificial variable for each variable of the system, and the right
// side. Its lines are one for each variable of the system, the line Σy + s = 1,
// and the reduced costs.
type tableau struct {
	line  [][]*big.Rat
	basis []int // column that is basic in each line, the last line apart
	m, n  int   // rows and variables of the system
}

func newTableau(rows []row, n int) *tableau {
	m := len(rows)
	t := &tableau{line: make([][]*big.Rat, n+2), basis: make([]int, n+1), m: m, n: n}
	for i := range t.line {
		t.line[i] = make([]*big.Rat, m+n+2)
		for j := range t.line[i] {
			t.line[i][j] = new(big.Rat)
		}
	}
	for j, r := range rows {
		for i, c := range r.coeff {
			t.line[i][j].SetInt64(c)
		}
		t.line[n][j].SetInt64(1)
		t.line[n+1][j].SetInt64(-r.bound)
	}
	for i := range n {
		t.line[i][m+1+i].SetInt64(1)
		t.basis[i] = m + 1 + i
	}
	t.line[n][m].SetInt64(1)
	t.line[n][m+n+1].SetInt64(1)
	t.basis[n] = m
	return t
}

// expel drives the artificial variables, all of value 0, out of the basis. A
// line that has nothing to put in their place is redundant and stays as it is.
func (t *tableau) expel() {
	for i := range t.n {
		for j := range t.m {
			if t.line[i][j].Sign() != 0 {
				t.pivot(i, j)
				break
			}
		}
	}
}

// maximise pivots until no reduced cost is negative.
func (t *tableau) maximise() {
	for {
		j := t.entering()
		if j < 0 {
			return
		}
		t.pivot(t.leaving(j), j)
	}
}

// entering returns the first column, artificial ones apart, that improves the
// objective, -1 if none does.
func (t *tableau) entering() int {
	for j := range t.m + 1 {
		if t.line[t.n+1][j].Sign() < 0 {
			return j
		}
	}
	return -1
}

// leaving returns the line with the least ratio of right side to coefficient;
// of several, that with the first basic column. Since Σy ≤ 1 there is always
// one.
func (t *tableau) leaving(j int) int {
	best, right := -1, t.m+t.n+1
	var least, quotient big.Rat
	for i := range t.n + 1 {
		if t.line[i][j].Sign() <= 0 {
			continue
		}
		quotient.Quo(t.line[i][right], t.line[i][j])
		c := -1
		if best >= 0 {
			c = quotient.Cmp(&least)
		}
		if c < 0 || (c == 0 && t.basis[i] < t.basis[best]) {
			best = i
			least.Set(&quotient)
		}
	}
	return best
}

func (t *tableau) pivot(i, j int) {
	inverse := new(big.Rat).Inv(t.line[i][j])
	var used []int // columns where the pivot line is not 0
	for k, x := range t.line[i] {
		if x.Sign() != 0 {
			x.Mul(x, inverse)
			used = append(used, k)
		}
	}
	var product big.Rat
	for l := range t.line {
		if l == i || t.line[l][j].Sign() == 0 {
			continue
		}
		factor := new(big.Rat).Set(t.line[l][j])
		for _, k := range used {
			t.line[l][k].Sub(t.line[l][k], product.Mul(factor, t.line[i][k]))
		}
	}
	t.basis[i] = j
}

func (t *tableau) objective() *big.Rat { return t.line[t.n+1][t.m+t.n+1] }

// values returns the values of the first k columns.
func (t *tableau) values(k int) []*big.Rat {
	y := make([]*big.Rat, k)
	for j := range y {
		y[j] = new(big.Rat)
	}
	for i, j := range t.basis {
		if j < k {
			y[j].Set(t.line[i][t.m+t.n+1])
		}
	}
	return y
}

// duals returns the multipliers of the lines Aᵀy = 0: the reduced costs of the
// artificial columns.
func (t *tableau) duals() []*big.Rat {
	z := make([]*big.Rat, t.n)
	for i := range z {
		z[i] = new(big.Rat).Set(t.line[t.n+1][t.m+1+i])
	}
	return z
}

// maxBits leaves room to add a few integers without overflow.
const maxBits = 60

// integers scales numbers by one positive factor to the smallest integers. It
// returns false if one of them has more than maxBits bits.
func integers(xs []*big.Rat) ([]int64, bool) {
	scale, common := big.NewInt(1), new(big.Int)
	var gcd, product big.Int
	for _, x := range xs { // least common multiple of the denominators
		gcd.GCD(nil, nil, scale, x.Denom())
		scale.Mul(scale, product.Quo(x.Denom(), &gcd))
	}
	scaled := make([]*big.Int, len(xs))
	for i, x := range xs {
		scaled[i] = new(big.Int).Mul(x.Num(), product.Quo(scale, x.Denom()))
		common.GCD(nil, nil, common, new(big.Int).Abs(scaled[i]))
	}
	ns := make([]int64, len(xs))
	for i, x := range scaled {
		if common.Sign() != 0 {
			x.Quo(x, common)
		}
		if x.BitLen() > maxBits {
			return nil, false
		}
		ns[i] = x.Int64()
	}
	return ns, true
}
