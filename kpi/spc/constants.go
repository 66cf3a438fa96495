package spc

import "math"

// MaxSize is the largest size of a subgroup. Ranges waste most of larger ones.
const MaxSize = 25

// medianRange is the median of |X − Y| for independent standard normal X and Y,
// √2·Φ⁻¹(3/4). It is to the median moving range what d2 is to the mean one.
const medianRange = 0.95387255240894090

// Constants are the factors of control charts for subgroups of one size from a normal
// process. With R̄ the mean range, s̄ the mean standard deviation (divisor n − 1) and
// sigma the standard deviation of a single value, R̄ estimates d2·sigma, the
// standard deviation of a range is d3·sigma, and s̄ estimates c4·sigma.
type Constants struct {
	N          int     `json:"n"`
	D2         float64 `json:"d2"`
	D3         float64 `json:"d3"`
	C4         float64 `json:"c4"`
	MeanRange  float64 `json:"a2"`         // A2 = 3/(d2 √n): limits of the mean are centre ± A2 R̄
	MeanDev    float64 `json:"a3"`         // A3 = 3/(c4 √n): limits of the mean are centre ± A3 s̄
	RangeLower float64 `json:"rangeLower"` // D3 = max(0, 1 − 3 d3/d2)
	RangeUpper float64 `json:"rangeUpper"` // D4 = 1 + 3 d3/d2
	DevLower   float64 `json:"b3"`         // B3 = max(0, 1 − 3 √(1 − c4²)/c4)
	DevUpper   float64 `json:"b4"`         // B4 = 1 + 3 √(1 − c4²)/c4
	Individual float64 `json:"e2"`         // E2 = 3/d2: limits of single values are centre ± E2 R̄
}

// ranges holds d2 and d3 for n = 2, 3, …: mean and standard deviation of the range of
// n standard normal values,
//
//	d2 = ∫ 1 − Φ(x)ⁿ − (1 − Φ(x))ⁿ dx
//	d3² + d2² = n(n−1) ∫∫ r² φ(x) φ(x+r) (Φ(x+r) − Φ(x))ⁿ⁻² dx dr, r > 0
//
// integrated with 25 digits.
var ranges = [...]struct{ d2, d3 float64 }{
	{1.1283791670955126, 0.85250246642742173},
	{1.6925687506432689, 0.88836800404520429},
	{2.0587507460079283, 0.87980820282498331},
	{2.3259289472810392, 0.86408194109950407},
	{2.5344127212229426, 0.8480396861174953},
	{2.7043567512138088, 0.83320533562229366},
	{2.8472006120905555, 0.81983148979194396},
	{2.970026324418474, 0.80783427455332246},
	{3.0775054616703457, 0.79705067351941125},
	{3.1728727038160003, 0.78731462055032818},
	{3.258455279743826, 0.77847834120338438},
	{3.335980354098255, 0.7704162020637548},
	{3.406763108199953, 0.76302309562479031},
	{3.4718268898820749, 0.75621142972794392},
	{3.5319827861095759, 0.74990808940991591},
	{3.5878839617653817, 0.74405178396073145},
	{3.6400637579374442, 0.73859085337817782},
	{3.6889630232076493, 0.73348149551886842},
	{3.734950119596641, 0.72868634570730523},
	{3.778335829842621, 0.72417334071749902},
	{3.8193846433628327, 0.71991480843422341},
	{3.8583234232850069, 0.71588673549181445},
	{3.8953481484513563, 0.71206817514793724},
	{3.9306292195071132, 0.70844076588865503},
}

// ConstantsOf returns the constants of subgroups of n values, to 15 digits, and false
// unless n is 2 to [MaxSize].
func ConstantsOf(n int) (Constants, bool) {
	if n < 2 || n > MaxSize {
		return Constants{}, false
	}
	r := ranges[n-2]
	c4 := biasOfDeviation(n)
	root, dev := math.Sqrt(float64(n)), 3*math.Sqrt(1-float64(c4*c4))/c4
	return Constants{
		N: n, D2: r.d2, D3: r.d3, C4: c4,
		MeanRange: 3 / (r.d2 * root), MeanDev: 3 / (c4 * root),
		RangeLower: max(0, 1-3*r.d3/r.d2), RangeUpper: 1 + 3*r.d3/r.d2,
		DevLower: max(0, 1-dev), DevUpper: 1 + dev,
		Individual: 3 / r.d2,
	}, true
}

// biasOfDeviation returns c4 = √(2/(n−1)) Γ(n/2)/Γ((n−1)/2), the mean of the standard
// deviation of n standard normal values.
func biasOfDeviation(n int) float64 {
	half := float64(n) / 2
	return math.Sqrt(2/float64(n-1)) * math.Gamma(half) / math.Gamma(half-0.5)
}
