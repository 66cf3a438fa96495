package calendar_test

import (
	"testing"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// big returns Monday to Friday with n holidays and n extra days, three weeks
// apart from 2020 on.
func big(n int) calendar.Pattern {
	p := calendar.Pattern{Week: calendar.MondayToFriday}
	for i := range n {
		monday := date("2020-01-06").AddWeeks(3 * i)
		p.Holidays = append(p.Holidays, calendar.Holiday{Date: monday})
		p.Extra = append(p.Extra, monday+5)
	}
	return p
}

// A project of five years, in a calendar of thirty years' holidays.
var (
	benchFrom = calendar.MustParse("2027-01-04")
	benchTo   = calendar.MustParse("2032-01-05")
)

const benchDays = 5 * 260

func BenchmarkWorkingAdd(b *testing.B) {
	w := big(500).MustCompile()
	b.ReportAllocs()
	for b.Loop() {
		w.Add(benchFrom, benchDays)
	}
}

// The twin asks a calendar that is as fast about each day.
func BenchmarkDayByDayAdd(b *testing.B) {
	w := big(500).MustCompile()
	b.ReportAllocs()
	for b.Loop() {
		for d, n := benchFrom, benchDays; n > 0; d++ {
			if w.IsWorking(d) {
				n--
			}
		}
	}
}

func BenchmarkWorkingCount(b *testing.B) {
	w := big(500).MustCompile()
	b.ReportAllocs()
	for b.Loop() {
		w.Count(benchFrom, benchTo)
	}
}

func BenchmarkDayByDayCount(b *testing.B) {
	w := big(500).MustCompile()
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for d := benchFrom; d < benchTo; d++ {
			if w.IsWorking(d) {
				n++
			}
		}
	}
}

func BenchmarkWorkingNext(b *testing.B) {
	w := big(500).MustCompile()
	b.ReportAllocs()
	for b.Loop() {
		w.Next(benchFrom)
	}
}

func BenchmarkDayByDayNext(b *testing.B) {
	w := big(500).MustCompile()
	b.ReportAllocs()
	for b.Loop() {
		for d := benchFrom; !w.IsWorking(d); d++ {
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	p := big(500)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = p.Compile()
	}
}
