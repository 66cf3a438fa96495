package spc

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// MaxValue is the largest magnitude of a value. It keeps squares and sums finite.
const MaxValue = 1e150

// A Point is the value of an indicator on a day.
type Point struct {
	On    calendar.Date `json:"on"`
	Value float64       `json:"value"` // finite, at most MaxValue in magnitude
}

// Daily returns points on consecutive days from first on: a series that is in order but
// has no dates of its own.
func Daily(first calendar.Date, values ...float64) []Point {
	points := make([]Point, len(values))
	for i, v := range values {
		points[i] = Point{first.AddDays(i), v}
	}
	return points
}

// FromMeasurements returns the points of measurements, each value the nearest float64,
// and the days of those without a value, which are left out.
func FromMeasurements(history []kpi.Measurement) (points []Point, undefined []calendar.Date) {
	for _, m := range history {
		if v, ok := m.Value.Float64(); ok {
			points = append(points, Point{m.On, v})
		} else {
			undefined = append(undefined, m.On)
		}
	}
	return points, undefined
}

// A Subgroup is several values of one day or lot: answers of one survey, the times of
// one day's cases.
type Subgroup struct {
	On     calendar.Date `json:"on"`
	Values []float64     `json:"values"` // 2 to MaxSize of them, the same number in each subgroup of a chart
}

// checkPoints records every fault of a series.
func checkPoints(f *verdict.Faults, points []Point) {
	var before calendar.Date
	for i, p := range points {
		if p.On > before && p.On.IsValid() && math.Abs(p.Value) <= MaxValue { // without making paths
			before = p.On
			continue
		}
		before = checkDay(f, verdict.At("points", i)+".on", p.On, before)
		checkValue(f, verdict.At("points", i)+".value", p.Value)
	}
}

// checkSubgroups records every fault of subgroups; all must have the size given, or if
// that is 0 the size of the first.
func checkSubgroups(f *verdict.Faults, groups []Subgroup, size int) {
	var before calendar.Date
	for i, g := range groups {
		at := verdict.At("subgroups", i)
		before = checkDay(f, at+".on", g.On, before)
		if size == 0 {
			size = len(g.Values)
		}
		switch n := len(g.Values); {
		case n < 2 || n > MaxSize:
			f.Addf(at+".values", "%w: %d values, want 2 to %d", verdict.ErrRange, n, MaxSize)
		case n != size:
			f.Addf(at+".values", "%w: %d values, the chart is of %d each", verdict.ErrInvalid, n, size)
		}
		for k, v := range g.Values {
			if !(math.Abs(v) <= MaxValue) {
				checkValue(f, verdict.At(at+".values", k), v)
			}
		}
	}
}

// checkDay records a day that is none or not after the one before, and returns the
// later of the two.
func checkDay(f *verdict.Faults, path string, day, before calendar.Date) calendar.Date {
	switch {
	case day == 0:
		f.Missing(path)
	case !day.IsValid():
		f.Addf(path, "%w: day %d", verdict.ErrRange, int32(day))
		return before
	case day == before:
		f.Duplicate(path, day.String())
	case day < before:
		f.Addf(path, "%w: %v is not after %v", verdict.ErrRange, day, before)
	}
	return max(day, before)
}

func checkValue(f *verdict.Faults, path string, v float64) {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		f.Addf(path, "%w: %v is not a finite number", verdict.ErrInvalid, v)
	case math.Abs(v) > MaxValue:
		f.Addf(path, "%w: %v is beyond %v", verdict.ErrRange, v, MaxValue)
	}
}

// wrap prefixes the faults, if there are any.
func wrap(f *verdict.Faults) error {
	if err := f.Err(); err != nil {
		return fmt.Errorf("spc: %w", err)
	}
	return nil
}

func values(points []Point) []float64 {
	vs := make([]float64, len(points))
	for i, p := range points {
		vs[i] = p.Value
	}
	return vs
}

// movingRanges returns the distance of each value from the one before: one less than
// there are values.
func movingRanges(vs []float64) []float64 {
	moving := make([]float64, max(0, len(vs)-1))
	for i := range moving {
		moving[i] = math.Abs(vs[i+1] - vs[i])
	}
	return moving
}
