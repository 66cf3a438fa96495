package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// BenchmarkRFM reads and scores a million orders of a hundred thousand customers;
// its naive twin for the reading stands in package rows, that for the scores in
// package rfm.
func BenchmarkRFM(b *testing.B) {
	const n = 1_000_000
	r := rand.New(rand.NewPCG(1, 2))
	var file bytes.Buffer
	file.WriteString("order_id,customer,date,amount\n")
	for i := range n {
		fmt.Fprintf(&file, "%d,C-%d,2026-%02d-%02d,%d.%02d\n", n+i, n+r.IntN(n/10), 1+r.IntN(12), 1+r.IntN(28), r.IntN(300), r.IntN(100))
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if status := run([]string{"rfm", "-"}, bytes.NewReader(file.Bytes()), io.Discard, io.Discard); status != exitOK {
			b.Fatal(status)
		}
	}
}
