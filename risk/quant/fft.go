package quant

import "math"

// A fourier computes discrete Fourier transforms of one length, a power of two,
// by Stockham's self-sorting algorithm in radix 4 (and a last step in radix 2 where
// the length asks for it). It holds scratch and is not for concurrent use.
type fourier struct {
	n     int          // length of real sequences; complex ones have n/2
	roots []complex128 // e^(−2πik/n) for k < n
	a, b  []complex128
}

func newFourier(n int) *fourier {
	f := &fourier{n: n, roots: make([]complex128, n), a: make([]complex128, n/2), b: make([]complex128, n/2)}
	for k := range f.roots {
		sin, cos := math.Sincos(-2 * math.Pi * float64(k) / float64(n))
		f.roots[k] = complex(cos, sin)
	}
	return f
}

// forward writes Σ_j x[j] e^(−2πijk/n) to out[k] for k < len(out) ≤ n/2. Elements
// of x beyond its length count as 0. The real sequence is taken as a complex one of
// half the length, and its spectrum split into those of the two halves.
func (f *fourier) forward(out []complex128, x []float64) {
	half := f.n / 2
	pairs := len(x) / 2
	for j := range pairs {
		f.a[j] = complex(x[2*j], x[2*j+1])
	}
	clear(f.a[pairs:])
	if len(x)%2 == 1 {
		f.a[pairs] = complex(x[len(x)-1], 0)
	}
	z := f.transform()
	for k := range out {
		u, v := z[k], z[(half-k)&(half-1)]
		even := complex(0.5*(real(u)+real(v)), 0.5*(imag(u)-imag(v)))
		odd := complex(0.5*(imag(u)+imag(v)), -0.5*(real(u)-real(v)))
		out[k] = even + f.roots[k]*odd
	}
}

// series writes Re(c[0] + 2 Σ_{0<k<len(c)} c[k] e^(2πijk/n)) to x[j] for j < n,
// where len(c) ≤ n/2: the values of a real Fourier series with these coefficients.
func (f *fourier) series(x []float64, c []complex128) {
	half := f.n / 2
	at := func(k int) complex128 {
		if k < len(c) {
			return c[k]
		}
		return 0
	}
	for k := range half {
		u, v := at(k), at(half-k)
		if k == 0 {
			u, v = complex(real(u), 0), 0
		}
		v = complex(real(v), -imag(v))
		w := f.roots[k]
		w = complex(real(w), -imag(w))
		// Conjugated on the way in and out, the forward transform is the inverse.
		z := u + v + complex(0, 1)*w*(u-v)
		f.a[k] = complex(real(z), -imag(z))
	}
	z := f.transform()
	for j := range half {
		x[2*j], x[2*j+1] = real(z[j]), -imag(z[j])
	}
}

// transform transforms f.a of length n/2, and returns the slice that holds the
// result: f.a or f.b.
func (f *fourier) transform() []complex128 {
	from, to := f.a, f.b
	size, stride := f.n/2, 1
	for ; size >= 4; size, stride = size/4, stride*4 {
		f.radix4(from, to, size, stride)
		from, to = to, from
	}
	if size == 2 {
		for q := range stride {
			u, v := from[q], from[q+stride]
			to[q], to[q+stride] = u+v, u-v
		}
		from = to
	}
	return from
}

// radix4 is one step: stride transforms of the given size become 4·stride of a
// quarter of the size.
func (f *fourier) radix4(from, to []complex128, size, stride int) {
	quarter := size / 4 * stride
	x0, x1, x2, x3 := from[:quarter], from[quarter:2*quarter], from[2*quarter:3*quarter], from[3*quarter:4*quarter]
	for p := range size / 4 {
		w1, w2, w3 := f.roots[2*p*stride], f.roots[4*p*stride], f.roots[6*p*stride]
		in := p * stride
		y := to[4*in : 4*in+4*stride]
		y0, y1, y2, y3 := y[:stride], y[stride:2*stride], y[2*stride:3*stride], y[3*stride:4*stride]
		a, b, c, d := x0[in:in+stride], x1[in:in+stride], x2[in:in+stride], x3[in:in+stride]
		for q := range y0 {
			ac, bd := a[q]+c[q], b[q]+d[q]
			am, bm := a[q]-c[q], b[q]-d[q]
			im := complex(-imag(bm), real(bm))
			y0[q] = ac + bd
			y1[q] = w1 * (am - im)
			y2[q] = w2 * (ac - bd)
			y3[q] = w3 * (am + im)
		}
	}
}
