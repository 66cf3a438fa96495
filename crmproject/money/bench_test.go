package money_test

import (
	"math/big"
	"testing"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/stretchr/testify/require"
)

// The hot paths allocate nothing.
func TestAllocations(t *testing.T) {
	var (
		x, y = money.MustParse("1234567.89 EUR"), money.MustParse("-0.01 EUR")
		own  = money.MustParse("1234.5678 EUR/4")
		buf  = make([]byte, 0, 64)
		text = []byte("-92233720368547758.08 EUR")
		into money.Amount
		err  error
	)
	table := []struct {
		name string
		f    func()
	}{
		{"Add", func() { _, err = x.Add(y) }},
		{"Sub", func() { _, err = x.Sub(y) }},
		{"Mul", func() { _, err = x.Mul(12) }},
		{"MulDiv", func() { _, err = x.MulDiv(75, 1000, money.HalfEven) }},
		{"Cmp", func() { _, err = x.Cmp(y) }},
		{"AppendText", func() { buf, err = x.AppendText(buf[:0]) }},
		{"AppendText own", func() { buf, err = own.AppendText(buf[:0]) }},
		{"Parse", func() { _, err = money.Parse("1234567.89 EUR") }},
		{"UnmarshalText", func() { err = into.UnmarshalText(text) }},
		{"Currency.Parse", func() { _, err = money.ParseCurrency("PTS/0") }},
		{"Currency.Append", func() { buf, err = money.EUR.AppendText(buf[:0]) }},
		{"Amount.IsValid", func() { _ = x.IsValid() }},
		{"Rounding.Append", func() { buf, err = money.Ceiling.AppendText(buf[:0]) }},
		{"Rescale", func() { _, err = own.Rescale(money.EUR, money.HalfUp) }},
		{"Add zero amounts", func() { _, err = money.Amount{}.Add(y) }},
	}
	for _, row := range table {
		require.Zero(t, testing.AllocsPerRun(100, row.f), row.name)
		require.NoError(t, err, row.name)
	}
}

// Sharing out allocates its result and one list of remainders.
func TestSharingAllocations(t *testing.T) {
	a, weights := money.MustParse("100000.00 EUR"), []int64{21, 20, 22, 19, 20, 22}
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = a.Allocate(weights) }), 2.0)
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = a.Phase(weights) }), 1.0)
}

func BenchmarkAdd(b *testing.B) {
	b.Run("int64", func(b *testing.B) {
		x, step := eur(0), eur(1)
		b.ReportAllocs()
		for b.Loop() {
			x, _ = x.Add(step)
		}
	})
	b.Run("big", func(b *testing.B) {
		x, step := new(big.Int), big.NewInt(1)
		b.ReportAllocs()
		for b.Loop() {
			x = new(big.Int).Add(x, step)
		}
	})
}

func BenchmarkMulDiv(b *testing.B) {
	const minor, num, den = 1_234_567_890_123, 8_765_432_109_876, 9_999_999_999_999
	b.Run("int128", func(b *testing.B) {
		x := eur(minor)
		b.ReportAllocs()
		for b.Loop() {
			_, _ = x.MulDiv(num, den, money.HalfEven)
		}
	})
	b.Run("big", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = slowMulDiv(minor, num, den, money.HalfEven)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	const text = "-1234567.89 EUR"
	b.Run("int64", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = money.Parse(text)
		}
	})
	b.Run("regexp and big", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _, _, _ = slowParse(text, listed)
		}
	})
}

func BenchmarkAppendText(b *testing.B) {
	const minor = -123456789
	b.Run("int64", func(b *testing.B) {
		x, buf := eur(minor), make([]byte, 0, 64)
		b.ReportAllocs()
		for b.Loop() {
			buf, _ = x.AppendText(buf[:0])
		}
	})
	b.Run("big", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = big.NewRat(minor, 100).FloatString(2) + " EUR"
		}
	})
}

func BenchmarkAllocate(b *testing.B) {
	weights := []int64{21, 20, 22, 19, 20, 22, 23, 21, 22, 21, 20, 19}
	b.Run("int128", func(b *testing.B) {
		x := eur(123456789)
		b.ReportAllocs()
		for b.Loop() {
			_, _ = x.Allocate(weights)
		}
	})
	b.Run("big", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = slowAllocate(123456789, weights)
		}
	})
}
