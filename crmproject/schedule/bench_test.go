package schedule_test

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
)

var million = sync.OnceValue(func() schedule.Definition {
	return generator{N: 1_000_000, Seed: 42, Mixed: true, Window: 1000, Shuffle: true}.definition()
})

// sizes are those of benchmarks: about three links per activity. The largest is
// left out of short runs, and of those that try each benchmark only once.
func sizes(b *testing.B, visit func(b *testing.B, d schedule.Definition)) {
	b.Helper()
	once := flag.Lookup("test.benchtime").Value.String() == "1x"
	for _, n := range []int{1000, 100_000, 1_000_000} {
		d := schedule.Definition{}
		switch {
		case n < 1_000_000:
			d = generator{N: n, Seed: 42, Mixed: true, Window: 1000, Shuffle: true}.definition()
		case once || testing.Short():
			continue
		default:
			d = million()
		}
		b.Run(strconv.Itoa(n), func(b *testing.B) { visit(b, d) })
	}
}

// withLongIDs gives the activities ids in the form of random UUIDs.
func withLongIDs(d schedule.Definition) schedule.Definition {
	random := splitmix(7)
	return renamed(d, func(int) string {
		hi, lo := random.next(), random.next()
		return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", hi>>32, hi>>16&0xffff, hi&0xffff, lo>>48, lo&(1<<48-1))
	})
}

// withScatteredLinks puts the links in a random order.
func withScatteredLinks(d schedule.Definition) schedule.Definition {
	random := splitmix(8)
	d.Links = slices.Clone(d.Links)
	for i := len(d.Links) - 1; i > 0; i-- {
		j := random.below(i + 1)
		d.Links[i], d.Links[j] = d.Links[j], d.Links[i]
	}
	return d
}

func BenchmarkPasses(b *testing.B) {
	sizes(b, func(b *testing.B, d schedule.Definition) {
		b.Helper()
		n := schedule.MustCompile(d)
		var p schedule.Passes
		require.NoError(b, p.Run(n))
		b.ReportAllocs()
		for b.Loop() {
			_ = p.Run(n)
		}
	})
}

func BenchmarkNaivePasses(b *testing.B) {
	sizes(b, func(b *testing.B, d schedule.Definition) {
		b.Helper()
		n := newNaive(d)
		b.ReportAllocs()
		for b.Loop() {
			n.passes()
		}
	})
}

func BenchmarkCompile(b *testing.B) {
	sizes(b, func(b *testing.B, d schedule.Definition) {
		b.Helper()
		b.ReportAllocs()
		for b.Loop() {
			schedule.MustCompile(d)
		}
	})
}

func compileAndPasses(b *testing.B, d schedule.Definition) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		var p schedule.Passes
		_ = p.Run(schedule.MustCompile(d))
	}
}

func naiveCompileAndPasses(b *testing.B, d schedule.Definition) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		newNaive(d).passes()
	}
}

func BenchmarkCompileAndPasses(b *testing.B) { sizes(b, compileAndPasses) }

func BenchmarkNaiveCompileAndPasses(b *testing.B) { sizes(b, naiveCompileAndPasses) }

// Ids that follow no pattern are looked up by hash.
func BenchmarkLongIDsCompileAndPasses(b *testing.B) {
	sizes(b, func(b *testing.B, d schedule.Definition) {
		b.Helper()
		compileAndPasses(b, withLongIDs(d))
	})
}

func BenchmarkNaiveLongIDsCompileAndPasses(b *testing.B) {
	sizes(b, func(b *testing.B, d schedule.Definition) {
		b.Helper()
		naiveCompileAndPasses(b, withLongIDs(d))
	})
}

// Links in no order at all leave nothing to the caches of the processor.
func BenchmarkScatteredLinksCompileAndPasses(b *testing.B) {
	sizes(b, func(b *testing.B, d schedule.Definition) {
		b.Helper()
		compileAndPasses(b, withScatteredLinks(d))
	})
}

func BenchmarkNaiveScatteredLinksCompileAndPasses(b *testing.B) {
	sizes(b, func(b *testing.B, d schedule.Definition) {
		b.Helper()
		naiveCompileAndPasses(b, withScatteredLinks(d))
	})
}

// naive is the twin: what one writes first, with maps to find things and
// pointers to hold them together.
type naive struct {
	tasks map[string]*task
	order []*task
}

type task struct {
	id                     string
	duration               int
	es, ef, ls, lf, tf, ff int
	in, out                []*tie
}

type tie struct {
	from, to *task
	kind     schedule.Type
	lag      int
}

func newNaive(d schedule.Definition) *naive {
	n := &naive{tasks: map[string]*task{}}
	for _, a := range d.Activities {
		n.tasks[a.ID] = &task{id: a.ID, duration: a.Duration}
	}
	for _, l := range d.Links {
		t := &tie{n.tasks[l.From], n.tasks[l.To], l.Relation.Type, l.Relation.Lag.Amount}
		t.from.out, t.to.in = append(t.from.out, t), append(t.to.in, t)
	}
	waits := map[*task]int{}
	for _, a := range d.Activities {
		t := n.tasks[a.ID]
		waits[t] = len(t.in)
		if waits[t] == 0 {
			n.order = append(n.order, t)
		}
	}
	for i := 0; i < len(n.order); i++ {
		for _, l := range n.order[i].out {
			if waits[l.to]--; waits[l.to] == 0 {
				n.order = append(n.order, l.to)
			}
		}
	}
	return n
}

func (n *naive) passes() int {
	finish := 0
	for _, t := range n.order {
		t.es = 0
		for _, l := range t.in {
			t.es = max(t.es, l.start())
		}
		t.ef = t.es + t.duration
		finish = max(finish, t.ef)
	}
	for _, t := range slices.Backward(n.order) {
		t.lf, t.ff = finish, finish-t.ef
		for _, l := range t.out {
			late, slack := l.finish()
			t.lf, t.ff = min(t.lf, late), min(t.ff, slack)
		}
		t.ls = t.lf - t.duration
		t.tf = t.ls - t.es
	}
	return finish
}

// start returns the earliest start that the link leaves to its successor.
func (l *tie) start() int {
	switch l.kind {
	case schedule.FS:
		return l.from.ef + l.lag
	case schedule.SS:
		return l.from.es + l.lag
	case schedule.FF:
		return l.from.ef + l.lag - l.to.duration
	default:
		return l.from.es + l.lag - l.to.duration
	}
}

// finish returns the latest finish that the link leaves to its predecessor, and
// its slack.
func (l *tie) finish() (late, slack int) {
	switch l.kind {
	case schedule.FS:
		return l.to.ls - l.lag, l.to.es - l.lag - l.from.ef
	case schedule.SS:
		return l.to.ls - l.lag + l.from.duration, l.to.es - l.lag - l.from.es
	case schedule.FF:
		return l.to.lf - l.lag, l.to.ef - l.lag - l.from.ef
	default:
		return l.to.lf - l.lag + l.from.duration, l.to.ef - l.lag - l.from.es
	}
}

// The twin agrees, so that it is worth a comparison.
func TestNaiveTwin(t *testing.T) {
	for seed := range uint64(20) {
		d := generator{N: 300, Seed: seed, Mixed: seed%2 == 0, Window: 30, Shuffle: true}.definition()
		n := newNaive(d)
		var p schedule.Passes
		require.NoError(t, p.Run(schedule.MustCompile(d)))
		require.Equal(t, n.passes(), p.Finish())
		for i, a := range d.Activities {
			want := n.tasks[a.ID]
			require.Equal(t, [...]int{want.es, want.ef, want.ls, want.lf, want.tf, want.ff},
				[...]int{p.ES(i), p.EF(i), p.LS(i), p.LF(i), p.TotalFloat(i), p.FreeFloat(i)})
		}
	}
}

func BenchmarkPlan(b *testing.B) {
	d := generator{N: 10_000, Seed: 42, Mixed: true, Window: 1000, Shuffle: true}.definition()
	d.Calendars = patterns()
	for i := range d.Activities {
		d.Activities[i].Calendar = d.Calendars[i%3].ID
	}
	n := schedule.MustCompile(d)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = n.Plan(day0)
	}
}

// simulated is 10,000 iterations of a thousand activities.
func simulatedNetwork() (schedule.Definition, map[string]schedule.Spread) {
	d := generator{N: 1000, Seed: 42, Mixed: true, Window: 1000, Shuffle: true}.definition()
	return d, around(d)
}

func BenchmarkSimulate(b *testing.B) {
	d, spreads := simulatedNetwork()
	p, err := schedule.MustCompile(d).Offsets()
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = p.Simulate(b.Context(), schedule.SimOptions{Spreads: spreads})
	}
}

// The twin runs the naive passes on each set of draws, for a tenth of the
// iterations.
func BenchmarkNaiveSimulateTenth(b *testing.B) {
	d, spreads := simulatedNetwork()
	n := newNaive(d)
	b.ReportAllocs()
	for b.Loop() {
		random := splitmix(1)
		critical := map[string]int{}
		for range 1000 {
			for id, t := range n.tasks {
				if s := spreads[id]; s != nil {
					t.duration = int(1000 * s.Quantile(float64(random.next()>>11)/(1<<53)))
				}
			}
			n.passes()
			for id, t := range n.tasks {
				if t.tf == 0 {
					critical[id]++
				}
			}
		}
	}
}

func BenchmarkBetaPERTQuantile(b *testing.B) {
	d := schedule.BetaPERT{Optimistic: 8, MostLikely: 10, Pessimistic: 15}
	random := splitmix(1)
	for b.Loop() {
		d.Quantile((float64(random.next()>>12) + 0.5) / (1 << 52))
	}
}
