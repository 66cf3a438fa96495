package projecttest_test

import (
	"io"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/projecttest"
)

type all struct {
	B    bool
	I    int8
	U    uint64
	F    float64
	C    complex128
	S    string
	A    [2]int
	L    []int
	M    map[any]string
	P    *int
	E    error
	Fn   func()
	Ch   chan int
	Next *all
}

func full() *all {
	n := 7
	a := &all{B: true, I: -1, U: 2, F: 1.5, C: 1 + 2i, S: "s", A: [2]int{1, 2}, L: []int{3}, P: &n, Ch: make(chan int), Fn: func() {}}
	a.M = map[any]string{1: "a", "1": "b", 1.5: "c", [2]int{1, 2}: "d", &n: "e", true: "f"}
	a.Next = a
	return a
}

// Every kind of value counts, and equal facts have equal digests.
func TestFingerprint(t *testing.T) {
	a := full()
	before := projecttest.Fingerprint(a)
	for range 50 {
		require.Equal(t, before, projecttest.Fingerprint(a), "the order of maps does not count")
	}
	changes := map[string]func(a *all){
		"bool": func(a *all) { a.B = false }, "int": func(a *all) { a.I = 1 }, "uint": func(a *all) { a.U++ },
		"float": func(a *all) { a.F = math.Nextafter(a.F, 2) }, "zero": func(a *all) { a.F = 0 }, "complex": func(a *all) { a.C++ },
		"string": func(a *all) { a.S = "t" }, "array": func(a *all) { a.A[1]++ }, "list": func(a *all) { a.L[0]++ },
		"longer": func(a *all) { a.L = append(a.L, 0) }, "map value": func(a *all) { a.M[1] = "z" },
		"map key": func(a *all) { delete(a.M, 1); a.M[2] = "a" }, "pointer": func(a *all) { *a.P++ }, "nil": func(a *all) { a.P = nil },
		"interface": func(a *all) { a.E = io.EOF }, "func": func(a *all) { a.Fn = nil }, "chan": func(a *all) { a.Ch = nil },
		"cycle": func(a *all) { a.Next = nil }, "no list": func(a *all) { a.L = nil }, "no map": func(a *all) { a.M = nil },
		"type": func(a *all) { a.M[1.5] = ""; a.M[float32(1.5)] = "c" },
	}
	for name, change := range changes {
		change(a)
		require.NotEqual(t, before, projecttest.Fingerprint(a), name)
		keep := a.Ch
		*a = *full()
		a.Ch, a.Next = keep, a
		before = projecttest.Fingerprint(a)
	}
	require.NotEqual(t, projecttest.Fingerprint(nil), projecttest.Fingerprint(0))
}

func FuzzFingerprint(f *testing.F) {
	f.Add("a", "b", 1, 2)
	f.Add("ab", "", 0, 0)
	f.Fuzz(func(t *testing.T, a, b string, m, n int) {
		type pair struct {
			S []string
			M map[int]int
		}
		x, y := pair{[]string{a, b}, map[int]int{m: n, n: m}}, pair{[]string{a, b}, map[int]int{n: m, m: n}}
		if m != n {
			require.Equal(t, projecttest.Fingerprint(x), projecttest.Fingerprint(y))
		}
		if a != b {
			require.NotEqual(t, projecttest.Fingerprint(x), projecttest.Fingerprint(pair{[]string{b, a}, x.M}))
		}
	})
}
