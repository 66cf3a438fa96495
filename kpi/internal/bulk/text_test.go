package bulk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/internal/bulk"
)

// Codes compare as their texts do, and give them back.
func checkCoding(t *testing.T, sample, texts []string) {
	t.Helper()
	codes, back, ok := bulk.Coded(sample, texts)
	if !ok {
		return
	}
	require.Equal(t, texts, back)
	for i := range texts {
		for j := range texts {
			require.Equal(t, strings.Compare(texts[i], texts[j]), compare(codes[i], codes[j]), "%q %q", texts[i], texts[j])
		}
	}
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}

func TestCodings(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	draw := func(alphabet string, most int) []string {
		texts := make([]string, 60)
		for i := range texts {
			b := make([]byte, rng.IntN(most+1))
			for j := range b {
				b[j] = alphabet[rng.IntN(len(alphabet))]
			}
			texts[i] = string(b)
		}
		return texts
	}
	for _, tt := range []struct {
		alphabet string
		most     int
		want     bool
	}{
		{"\x00\xffab", 7, true},
		{"0123456789", 18, true},
		{"0123456789", 40, false},
		{"0123456789abcdef", 15, true},
		{"ab", 39, true},
		{"ab", 60, false},
		{"a", 62, true},
		{"a", 63, true},
		{"a", 64, false},
		{"a", 255, false},
		{"a", 256, false},
	} {
		texts := append(draw(tt.alphabet, tt.most), strings.Repeat(tt.alphabet[:1], tt.most))
		for _, prefix := range []string{"", "customer-"} {
			prefixed := slices.Clone(texts)
			for i := range prefixed {
				prefixed[i] = prefix + prefixed[i]
			}
			_, _, ok := bulk.Coded(prefixed, prefixed)
			require.Equal(t, tt.want, ok, "%q × %d", tt.alphabet, tt.most)
			checkCoding(t, prefixed, prefixed)
		}
	}
	bytes := make([]string, 256)
	for i := range bytes {
		bytes[i] = string([]byte{byte(i)}) + "12345678"
	}
	codes, _, ok := bulk.Coded(bytes, bytes)
	require.True(t, ok, "one place with all characters")
	require.Equal(t, uint64(255), codes[255], "and the others take no room")
	for i := range bytes {
		bytes[i] = strings.Repeat(string([]byte{byte(i)}), 8)
	}
	_, _, ok = bulk.Coded(bytes, bytes)
	require.False(t, ok, "eight such places")
	codes, _, ok = bulk.Coded([]string{"C0010", "C0029"}, []string{"C0010", "C0011", "C0099"})
	require.True(t, ok, "digits that were not seen")
	require.Equal(t, []uint64{10, 11, 99}, codes)
	_, _, ok = bulk.Coded([]string{"x12345678"}, []string{"y12345678"})
	require.False(t, ok, "another prefix")
}

func FuzzCoding(f *testing.F) {
	f.Add("C-1", "C-22", "C-")
	f.Add("", "\x00", "0123456789abcdef")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		checkCoding(t, []string{a, b, c}, []string{a, b, c})
		checkCoding(t, []string{a, b}, []string{a, b, c})
	})
}

// Texts that turn out not to fit what the sample showed change the coding, or are
// numbered.
func TestTextsUnlikeTheSample(t *testing.T) {
	texts := make([]string, 20_000)
	for i := range texts {
		texts[i] = fmt.Sprintf("C%05d", i%97)
	}
	for _, odd := range [][]string{{"D1"}, {"Cx"}, {"C0000000000012"}, {strings.Repeat("long", 30)}, {"a", "bb", "éé", "\x00\x01\x02\x03\x04\x05\x06\x07\x08"}} {
		mixed := slices.Clone(texts)
		for i, s := range odd {
			mixed[7001+2*i] = s
		}
		var e bulk.Engine
		for range 2 { // with the memory of the first time
			r, err := bulk.GatherTexts(t.Context(), &e, mixed, bulk.Job{
				Days: days(len(mixed)), From: 1, AsOf: 1000, Policy: bulk.NetOfRefunds, Totals: true, Workers: 2,
			})
			require.NoError(t, err)
			want := slices.Clone(mixed)
			slices.Sort(want)
			require.Equal(t, slices.Compact(want), r.Totals.Customers)
			total := int64(0)
			for _, n := range r.Totals.Orders {
				total += n
			}
			require.EqualValues(t, len(mixed), total)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	texts[0] = strings.Repeat("long", 30)
	_, err := bulk.GatherTexts(stopped, new(bulk.Engine), texts, bulk.Job{Days: days(len(texts)), From: 1, AsOf: 1000, Workers: 1})
	require.ErrorIs(t, err, context.Canceled)
}
