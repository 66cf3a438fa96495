package schedule_test

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
)

// uncoded is too long for a code: with it in a definition, ids are found by hash.
var uncoded = strings.Repeat("~", 33)

// idShapes are ways to call activities, each with whether they have a code when
// there are many of them.
var idShapes = []struct {
	name  string
	coded bool
	id    func(i int) string
}{
	{"numbered", true, func(i int) string { return fmt.Sprintf("A%06d", i) }},
	{"steps of ten", true, func(i int) string { return fmt.Sprintf("TASK-%07d", 10*i) }},
	{"numbers", true, strconv.Itoa},
	{"hexadecimal", true, func(i int) string { return fmt.Sprintf("0x%X", i) }},
	{"not ASCII", true, func(i int) string { return fmt.Sprintf("Übergabe-%05d-✓", i) }},
	{"not text", true, func(i int) string { return string([]byte{0, 0xff, byte(i >> 16), byte(i >> 8), byte(i)}) }},
	{"as long as can be", true, func(i int) string { return fmt.Sprintf("%032d", i) }},
	{"one more", false, func(i int) string { return fmt.Sprintf("%033d", i) }},
	{"rare byte", true, func(i int) string {
		if i == 3 {
			return "X"
		}
		return fmt.Sprintf("A%06d", i)
	}},
	{"rare length", false, func(i int) string {
		if i == 3 {
			return uncoded
		}
		return fmt.Sprintf("A%06d", i)
	}},
	{"rare pattern", true, func(i int) string {
		if i == 3 {
			return "closing workshop"
		}
		return fmt.Sprintf("A%06d", i)
	}},
	{"far apart", false, func(i int) string { return strconv.Itoa(i * 1_000_003) }},
	{"same bytes", false, func(i int) string { // in another order: alike to a sum
		b := []byte("abcdefghijklmnop")
		for k := range b {
			j := k + i%(len(b)-k)
			i /= len(b) - k
			b[k], b[j] = b[j], b[k]
		}
		return string(b)
	}},
	{"long prefix", false, func(i int) string { return strings.Repeat("rollout/", 40) + strconv.Itoa(i) }},
	{"random", false, func(i int) string {
		random := splitmix(i)
		return fmt.Sprintf("%016x-%016x", random.next(), random.next())
	}},
}

// named returns a network that is the same for all shapes, but for the ids.
func named(n int, id func(i int) string) schedule.Definition {
	return renamed(generator{N: n, Seed: 5, Mixed: true, Window: 50, Shuffle: true}.definition(), id)
}

// renamed gives activity i the id id(i).
func renamed(d schedule.Definition, id func(i int) string) schedule.Definition {
	activities, links := slices.Clone(d.Activities), slices.Clone(d.Links)
	rename := make(map[string]string, len(activities))
	for i := range activities {
		activities[i].ID = id(i)
		rename[d.Activities[i].ID] = activities[i].ID
	}
	for i := range links {
		links[i].From, links[i].To = rename[links[i].From], rename[links[i].To]
	}
	return schedule.Definition{Activities: activities, Links: links}
}

// requireRows fails if the rows of a network are others. They are too long to be
// shown.
func requireRows(t *testing.T, want [][]int32, n *schedule.Network, of string) {
	t.Helper()
	require.True(t, slices.EqualFunc(want, n.Rows(), slices.Equal), of)
}

// Whatever ids look like, the network is the same, and finds them all and no
// other.
func TestIDShapes(t *testing.T) {
	for _, n := range []int{1, 2, 70, 1000, 17_000} { // the last is for several workers
		base := named(n, idShapes[0].id)
		want := schedule.MustCompile(base).Rows()
		for _, shape := range idShapes {
			d := renamed(base, shape.id)
			network := schedule.MustCompile(d)
			requireRows(t, want, network, shape.name)
			if n >= 10_000 {
				require.Equal(t, shape.coded, network.Coded(), shape.name)
			}
			require.True(t, slices.Equal(d.Links, network.Definition().Links), shape.name)
			for i, a := range d.Activities {
				if at, ok := network.Index(a.ID); !ok || at != i {
					t.Fatalf("%s: %q is at %d, not at %d", shape.name, a.ID, at, i)
				}
			}
			for _, id := range []string{"", "B", "A", "a000000", "A00000", "A0000000", "A00000x", shape.id(n), shape.id(n + 7), uncoded + "~"} {
				_, ok := network.Index(id)
				require.False(t, ok, "%s %q", shape.name, id)
			}
		}
	}
}

// Every fault is named in the same words whether ids have a code or not.
func TestFaultsOfCodedIDs(t *testing.T) {
	d := named(20_000, idShapes[0].id)
	for _, id := range []string{"A020000", "A020001", "A020002"} {
		d.Activities = append(d.Activities, schedule.Activity{ID: id})
	}
	require.True(t, schedule.MustCompile(d).Coded())
	d.Activities[7].ID = d.Activities[19_000].ID
	d.Activities[8].ID = d.Activities[5].ID
	d.Activities[11].ID, d.Activities[12].ID = "", ""
	d.Activities[20_000].Duration = -1
	for _, end := range []string{"", "A", "B000001", "A00000x", "A020009", "A0000001", "Ä00000", uncoded + "!"} {
		d.Links = append(d.Links, schedule.Link{From: end, To: "A000001"}, schedule.Link{From: "A000002", To: end})
	}
	d.Links = append(d.Links, schedule.Link{From: "A020001", To: "A020002"}, schedule.Link{From: "A020002", To: "A020001"})
	err := d.Validate()
	for _, want := range []string{
		`activities[19000].id: duplicate "A019000"`, `activities[8].id: duplicate "A000005"`, `activities[12].id: missing`,
		`activities[20000].duration: -1: out of range`, `.from: unknown "B000001"`, `.to: unknown "A020009"`, `.from: missing`,
		`links: cycle A020001 -FS-> A020002 -FS-> A020001`,
	} {
		require.ErrorContains(t, err, want)
	}
	d.Activities = append(d.Activities, schedule.Activity{ID: uncoded})
	require.Equal(t, err.Error(), d.Validate().Error())
}

// The order is the one that the twin finds with maps and pointers: first comes
// what waits for nothing, in the order of the definition.
func TestOrder(t *testing.T) {
	for seed := range uint64(2) {
		d := generator{N: 17_000, Seed: seed, Window: 10 << (5 * seed), Shuffle: seed == 1}.definition()
		for _, d := range []schedule.Definition{d, withScatteredLinks(d), withLongIDs(d)} {
			var want []string
			for _, t := range newNaive(d).order {
				want = append(want, t.id)
			}
			require.True(t, slices.Equal(want, schedule.MustCompile(d).Order()))
		}
	}
}

// The network does not depend on the number of workers.
func TestCompileWorkers(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	d := generator{N: 35_000, Seed: 9, Mixed: true, Window: 300, Shuffle: true}.definition()
	runtime.GOMAXPROCS(1)
	want := schedule.MustCompile(d).Rows()
	for _, workers := range []int{2, 3} {
		runtime.GOMAXPROCS(workers)
		requireRows(t, want, schedule.MustCompile(d), "codes")
		requireRows(t, want, schedule.MustCompile(withLongIDs(d)), "hashes")
	}
}

// Lags and durations add up to too much wherever the last straw is.
func TestSpan(t *testing.T) {
	d := named(3, idShapes[0].id)
	d.Links = []schedule.Link{{From: "A000000", To: "A000001", Relation: schedule.Relation{Lag: schedule.Lag{Amount: -3}}}}
	d.Activities[0].Duration, d.Activities[1].Duration, d.Activities[2].Duration = 1<<60-4, 0, 0
	require.NoError(t, d.Validate())
	const over = "out of range: durations and lags add up to more than 1152921504606846975"
	d.Activities[2].Duration = 1
	require.EqualError(t, d.Validate(), over)
	d.Activities[2].Duration = 0
	d.Links[0].Relation.Lag = schedule.Lag{Amount: 50, Unit: schedule.Percent}
	require.EqualError(t, d.Validate(), over)
	d.Links[0].Relation.Lag = schedule.Lag{Amount: schedule.MaxLag, Unit: schedule.Percent}
	require.EqualError(t, d.Validate(), over)
	d.Activities[0].Duration = 1 << 30
	require.NoError(t, d.Validate())
}

// FuzzCodes compiles networks of any ids with and without codes.
func FuzzCodes(f *testing.F) {
	f.Add([]byte("a\nb\nc"), []byte{0, 1, 1, 2})
	f.Add([]byte("a1\na2\nb1\n\na1"), []byte{0, 1, 1, 0, 9, 9})
	f.Add([]byte("A0\nA1\nA2\nB"), []byte{0, 1, 1, 2, 2, 0, 3, 3})
	f.Fuzz(func(t *testing.T, names, ends []byte) {
		var d schedule.Definition
		ids := strings.Split(string(names), "\n")
		for i, id := range ids {
			if strings.HasPrefix(id, "~") {
				t.Skip("taken")
			}
			if i%5 < 4 { // the others are unknown
				d.Activities = append(d.Activities, schedule.Activity{ID: id, Duration: i})
			}
		}
		for len(ends) >= 4 {
			from, to := int(binary.LittleEndian.Uint16(ends)), int(binary.LittleEndian.Uint16(ends[2:]))
			d.Links = append(d.Links, schedule.Link{From: ids[from%len(ids)], To: ids[to%len(ids)]})
			ends = ends[4:]
		}
		for i := range 1000 { // so that there is room for a code
			d.Activities = append(d.Activities, schedule.Activity{ID: fmt.Sprintf("~%03d", i)})
		}
		last := len(d.Activities) - 1
		one, err := schedule.Compile(d)
		d.Activities[last].ID = uncoded
		other, same := schedule.Compile(d)
		if err != nil {
			require.EqualError(t, same, err.Error())
			return
		}
		require.NoError(t, same)
		require.False(t, other.Coded())
		requireRows(t, one.Rows(), other, "both")
		for _, id := range ids {
			i, found := one.Index(id)
			j, also := other.Index(id)
			require.Equal(t, found, also)
			require.Equal(t, found, i == j && i >= 0)
		}
	})
}
