package quant

import "math"

// A Repair is a correlation matrix that was moved because no joint distribution has
// it: it has a negative eigenvalue. Row and column i belong to IDs[i].
type Repair struct {
	Role       Role        `json:"role,omitzero"` // what the matrix is about, if it came from pairs
	IDs        []string    `json:"ids,omitzero"`
	Given      [][]float64 `json:"given"`
	Matrix     [][]float64 `json:"matrix"`     // the nearest correlation matrix
	Frobenius  float64     `json:"frobenius"`  // root of the sum of squared changes
	Largest    float64     `json:"largest"`    // largest change of one correlation
	Least      float64     `json:"least"`      // least eigenvalue of what was given
	Iterations int         `json:"iterations"` // 0 if nothing had to be moved
}

// NearestCorrelation returns the correlation matrix that is nearest to a symmetric
// matrix with unit diagonal, in the Frobenius norm, by alternating projections with
// Dykstra's correction (N. J. Higham, IMA Journal of Numerical Analysis 22 (2002),
// 329-343). What is a correlation matrix already comes back unchanged, with
// Iterations 0. The error wraps [ErrInvalid] if the matrix is not square, symmetric
// to 1e-9, of unit diagonal, and from -1 to 1.
//
// An iteration costs about 10·n³ for n rows; some tens are needed.
func NearestCorrelation(given [][]float64) (Repair, error) {
	if err := checkCorrelation(given); err != nil {
		return Repair{}, err
	}
	r := Repair{Given: cloneMatrix(given), Matrix: cloneMatrix(given)}
	for i := range given {
		for j := range i {
			r.Matrix[i][j] = r.Matrix[j][i]
		}
	}
	values, _ := eigen(r.Matrix)
	r.Least = least(values)
	if r.Least >= -1e-13*float64(len(given)) {
		return r, nil
	}
	r.project()
	for i, row := range r.Matrix {
		for j, x := range row {
			d := math.Abs(x - given[i][j])
			r.Frobenius += d * d
			r.Largest = math.Max(r.Largest, d)
		}
	}
	r.Frobenius = math.Sqrt(r.Frobenius)
	return r, nil
}

func least(values []float64) float64 {
	m := values[0]
	for _, v := range values {
		m = math.Min(m, v)
	}
	return m
}

func checkCorrelation(m [][]float64) error {
	var f faults
	if len(m) == 0 {
		f.addf("matrix", "%w", ErrMissing)
	}
	for i, row := range m {
		if len(row) != len(m) {
			f.addf(at("matrix", i), "%w: %d columns, want %d", ErrInvalid, len(row), len(m))
		}
	}
	for i := 0; i < len(m) && len(f) == 0; i++ {
		for j, x := range m[i] {
			switch {
			case i == j && x != 1:
				f.addf(at(at("matrix", i), j), "%w: %v on the diagonal, want 1", ErrInvalid, x)
			case !(math.Abs(x) <= 1):
				f.addf(at(at("matrix", i), j), "%w: %v, want -1 to 1", ErrRange, x)
			case j < i && math.Abs(x-m[j][i]) > 1e-9:
				f.addf(at(at("matrix", i), j), "%w: %v here, %v across the diagonal", ErrInvalid, x, m[j][i])
			}
		}
	}
	return f.err()
}

// project alternates between the nearest positive semidefinite matrix and the
// nearest with unit diagonal until nothing moves.
func (r *Repair) project() {
	const most = 2000
	n := len(r.Matrix)
	correction := make([][]float64, n)
	for i := range correction {
		correction[i] = make([]float64, n)
	}
	for r.Iterations < most {
		r.Iterations++
		shifted := cloneMatrix(r.Matrix)
		for i := range n {
			for j := range n {
				shifted[i][j] -= correction[i][j]
			}
		}
		positive := positivePart(shifted)
		moved := 0.0
		for i := range n {
			for j := range n {
				correction[i][j] = positive[i][j] - shifted[i][j]
				if i == j {
					positive[i][i] = 1
				}
				moved = math.Max(moved, math.Abs(positive[i][j]-r.Matrix[i][j]))
			}
		}
		r.Matrix = positive
		if moved <= 1e-14 {
			break
		}
	}
}

// positivePart replaces negative eigenvalues by 0.
func positivePart(m [][]float64) [][]float64 {
	values, vectors := eigen(m)
	p := make([][]float64, len(m))
	for i := range p {
		p[i] = make([]float64, len(m))
	}
	for k, value := range values {
		if value <= 0 {
			continue
		}
		for i := range p {
			for j := range i + 1 {
				p[i][j] += value * vectors[k][i] * vectors[k][j]
			}
		}
	}
	for i := range p {
		for j := range i {
			p[j][i] = p[i][j]
		}
	}
	return p
}
