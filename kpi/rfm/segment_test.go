package rfm_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/rfm"
)

var five = rfm.Cell{R: 5, F: 5, M: 5}

func TestDefaultSegmentsCoverEachCellOnce(t *testing.T) {
	c := rfm.DefaultSegments().Coverage(five)
	require.NoError(t, rfm.DefaultSegments().Validate())
	require.True(t, c.Complete())
	require.True(t, c.Disjoint())
	require.Empty(t, c.Idle)
	require.Equal(t, ratio.Int(1), c.Share())
}

// The published table leaves out 10 of 125 cells and contains 58 more than once.
func TestPublishedSegmentsCoverage(t *testing.T) {
	c := rfm.PublishedSegments().Coverage(five)
	require.NoError(t, rfm.PublishedSegments().Validate())
	require.EqualValues(t, 125, c.Cells)
	require.Len(t, c.Unmatched, 10)
	require.EqualValues(t, 115, c.Matched)
	require.Len(t, c.Overlaps, 58)
	require.False(t, c.Complete())
	require.False(t, c.Disjoint())
	require.Contains(t, c.Unmatched, rfm.Cell{5, 5, 1}, "recent and frequent, of little money")
}

func TestCoverageByHand(t *testing.T) {
	s := rfm.Segments{
		{Name: "low", Recency: rfm.Span{To: 1}},
		{Name: "one", Recency: rfm.Span{1, 1}, Frequency: rfm.Span{1, 1}},
		{Name: "high", Recency: rfm.Span{From: 2}, Monetary: rfm.Span{2, 2}},
		{Name: "beyond", Recency: rfm.Span{From: 3}},
	}
	c := s.Coverage(rfm.Cell{2, 1, 2})
	require.Equal(t, rfm.Coverage{
		Cells: 4, Matched: 3,
		Unmatched: []rfm.Cell{{2, 1, 1}},
		Overlaps:  []rfm.Overlap{{rfm.Cell{1, 1, 1}, []string{"low", "one"}}, {rfm.Cell{1, 1, 2}, []string{"low", "one"}}},
		Idle:      []string{"one", "beyond"},
	}, c)
	require.False(t, rfm.Segments(nil).Coverage(rfm.Cell{}).Share().Defined())
	name, ok := s.Of(rfm.Cell{1, 1, 1})
	require.True(t, ok)
	require.Equal(t, "low", name)
	_, ok = s.Of(rfm.Cell{2, 1, 1})
	require.False(t, ok)
	require.Equal(t, []string{"0-1", "1", "2-", "any", "2-4"},
		[]string{s[0].Recency.String(), s[1].Recency.String(), s[2].Recency.String(), rfm.Span{}.String(), rfm.Span{2, 4}.String()})
}

func TestSegmentsValidate(t *testing.T) {
	requireFaults(t, rfm.Segments{
		{Name: "a", Recency: rfm.Span{3, 2}}, {Name: "a", Frequency: rfm.Span{3, 2}}, {Monetary: rfm.Span{3, 2}}, {Name: rfm.Absent},
	}.Validate(), "segments[0].recency", "segments[1].name", "segments[1].frequency", "segments[2].name", "segments[2].monetary", "segments[3].name")
	_, err := rfm.Summarise(rfm.Table[int]{}, rfm.Segments{{}})
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, err = rfm.Migrate(rfm.Table[int]{}, rfm.Table[int]{}, rfm.Segments{{}})
	require.ErrorIs(t, err, verdict.ErrMissing)
}

// KP-13.
func TestSummarise(t *testing.T) {
	table, err := rfm.Score(small(t), 100, rfm.Uniform(rfm.Axis{Bins: 2}))
	require.NoError(t, err)
	s := rfm.Segments{{Name: "recent", Recency: rfm.Span{From: 2}}, {Name: "rich", Monetary: rfm.Span{From: 2}}, {Name: "none", Recency: rfm.Span{From: 3}}}
	got, err := rfm.Summarise(table, s)
	require.NoError(t, err)
	want := []rfm.SegmentSummary{
		{"recent", 3, ratio.New(3, 5), 7, 140, ratio.New(7, 11), ratio.New(10, 3), ratio.New(140, 3)},
		{"rich", 1, ratio.New(1, 5), 1, 70, ratio.New(7, 22), ratio.Int(40), ratio.Int(70)},
		{"none", 0, ratio.Int(0), 0, 0, ratio.Int(0), ratio.Undefined("no customers"), ratio.Undefined("no customers")},
		{rfm.Unmatched, 1, ratio.New(1, 5), 1, 10, ratio.New(1, 22), ratio.Int(90), ratio.Int(10)},
	}
	require.Empty(t, cmp.Diff(want, got))
	complete, err := rfm.Summarise(table, rfm.DefaultSegments())
	require.NoError(t, err)
	require.Len(t, complete, 10, "nobody is unmatched")
}

func TestSummariseOverflow(t *testing.T) {
	var h rfm.History[int]
	require.NoError(t, h.Add(1, 1, math.MaxInt64))
	require.NoError(t, h.Add(2, 1, 1))
	table, err := rfm.Score(&h, 1, rfm.Scheme{})
	require.NoError(t, err)
	_, err = rfm.Summarise(table, rfm.DefaultSegments())
	require.ErrorIs(t, err, verdict.ErrRange)
}

func TestMigrate(t *testing.T) {
	s := rfm.Segments{{Name: "recent", Recency: rfm.Span{From: 2}}, {Name: "rich", Monetary: rfm.Span{From: 2}}}
	before, err := rfm.Score(small(t), 100, rfm.Uniform(rfm.Axis{Bins: 2}))
	require.NoError(t, err)
	after := before
	after.AsOf = 110
	after.Customers = []string{"ada", "bob", "cyd", "eve", "zoe"} // dan has gone, zoe has come
	after.Cells = []rfm.Cell{{2, 2, 2}, {1, 1, 1}, {2, 1, 2}, {1, 1, 2}, {2, 2, 2}}
	got, err := rfm.Migrate(before, after, s)
	require.NoError(t, err)
	want := rfm.Migration[string]{
		From: 100, To: 110,
		Flows: []rfm.Flow{
			{"recent", "recent", 1, ratio.New(1, 3)},
			{"recent", "rich", 1, ratio.New(1, 3)},
			{"recent", rfm.Unmatched, 1, ratio.New(1, 3)},
			{"rich", "recent", 1, ratio.Int(1)},
			{rfm.Unmatched, rfm.Absent, 1, ratio.Int(1)},
			{rfm.Absent, "recent", 1, ratio.Int(1)},
		},
		Moves: []rfm.Move[string]{
			{"bob", "recent", rfm.Unmatched, rfm.Cell{2, 1, 1}, rfm.Cell{1, 1, 1}},
			{"cyd", "rich", "recent", rfm.Cell{1, 1, 2}, rfm.Cell{2, 1, 2}},
			{"dan", rfm.Unmatched, rfm.Absent, rfm.Cell{1, 1, 1}, rfm.Cell{}},
			{"eve", "recent", "rich", rfm.Cell{2, 1, 1}, rfm.Cell{1, 1, 2}},
			{"zoe", rfm.Absent, "recent", rfm.Cell{}, rfm.Cell{2, 2, 2}},
		},
	}
	require.Empty(t, cmp.Diff(want, got))
	data, err := json.Marshal(got)
	require.NoError(t, err)
	var back rfm.Migration[string]
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(got, back))
}

// Every customer is in one summary and in one flow, whatever the segments.
func TestSummariesAndFlowsAddUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for range 50 {
		var h rfm.History[int]
		for range 200 {
			require.NoError(t, h.Add(rng.IntN(40), 1+calendar.Date(rng.IntN(300)), rng.Int64N(100)-20))
		}
		var tables [2]rfm.Table[int]
		for i, day := range []calendar.Date{150, 300} {
			var err error
			tables[i], err = rfm.Score(&h, day, rfm.Scheme{Amounts: kpi.EveryEvent})
			require.NoError(t, err)
		}
		summaries, err := rfm.Summarise(tables[1], rfm.PublishedSegments())
		require.NoError(t, err)
		customers, revenue := int64(0), int64(0)
		for _, s := range summaries {
			customers += s.Customers
			revenue += s.Revenue
		}
		require.EqualValues(t, tables[1].Len(), customers)
		for _, sum := range tables[1].Sum {
			revenue -= sum
		}
		require.Zero(t, revenue)
		m, err := rfm.Migrate(tables[0], tables[1], rfm.PublishedSegments())
		require.NoError(t, err)
		flows, moved := int64(0), int64(0)
		for _, f := range m.Flows {
			flows += f.Customers
			if f.From != f.To {
				moved += f.Customers
			}
		}
		require.EqualValues(t, tables[1].Len(), flows, "nobody of the first table is missing in the second")
		require.EqualValues(t, len(m.Moves), moved)
	}
}

func TestCellText(t *testing.T) {
	for text, cell := range map[string]rfm.Cell{
		"": {}, "543": {5, 4, 3}, "100": {1, 0, 0}, "10-4-3": {10, 4, 3}, "255-255-255": {255, 255, 255}, "1-0-10": {1, 0, 10},
	} {
		got, err := rfm.ParseCell(text)
		require.NoError(t, err)
		require.Equal(t, cell, got)
		require.Equal(t, text, cell.String())
	}
	for _, text := range []string{"1", "12", "1234", "a43", "5-4", "5-4-3-2", "256-1-1", "+1-2-3", "01-2-3", "1--2", "-1-2", "1-2-"} {
		_, err := rfm.ParseCell(text)
		require.ErrorIs(t, err, verdict.ErrInvalid, text)
	}
	require.Equal(t, []uint8{3, 2, 1, 0}, []uint8{
		rfm.Cell{3, 2, 1}.Score(rfm.Recency), rfm.Cell{3, 2, 1}.Score(rfm.Frequency), rfm.Cell{3, 2, 1}.Score(rfm.Monetary), rfm.Cell{3, 2, 1}.Score(0),
	})
	require.False(t, rfm.Cell{1, 0, 1}.IsValid())
}

func FuzzParseCell(f *testing.F) {
	for _, s := range []string{"", "543", "10-4-3", "5-4-3", "000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := rfm.ParseCell(s)
		if err != nil {
			if c != (rfm.Cell{}) || !errors.Is(err, verdict.ErrInvalid) {
				t.Fatal(c, err)
			}
			return
		}
		if back, err := rfm.ParseCell(c.String()); err != nil || back != c {
			t.Fatal(s, c, back, err)
		}
	})
}

func FuzzSegmentsJSON(f *testing.F) {
	data, err := json.Marshal(rfm.PublishedSegments())
	require.NoError(f, err)
	f.Add(data, uint8(5))
	f.Fuzz(func(t *testing.T, data []byte, best uint8) {
		var s rfm.Segments
		if json.Unmarshal(data, &s) != nil || s.Validate() != nil || best > 9 {
			return
		}
		c := s.Coverage(rfm.Cell{best, best, best})
		if c.Matched+int64(len(c.Unmatched)) != c.Cells || len(c.Idle) > len(s) {
			t.Fatalf("%+v", c)
		}
	})
}
