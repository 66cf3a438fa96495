package survival

import (
	"fmt"
	"iter"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Span is something that begins on a day and ends on a day: a contract from
// signature to notice, a new user from the first log-in to the first quote sent, a
// case from opening to resolution. No End means that it has not ended as far as
// anyone knows.
type Span struct {
	Start calendar.Date `json:"start"`
	End   calendar.Date `json:"end,omitzero"`
}

// A Window is the time of observation. AsOf is its last day, included. From is its
// first day, if spans that ended before it left no record: customers won before then
// count as at risk only from it on. No From means that every span since its start
// is known.
type Window struct {
	From calendar.Date `json:"from,omitzero"`
	AsOf calendar.Date `json:"asOf"`
}

// Taken says what became of the spans.
type Taken struct {
	Events   int64 `json:"events"`             // ended within the window
	Censored int64 `json:"censored"`           // still going on its last day
	Unseen   int64 `json:"unseen,omitempty"`   // ended on or before From, so not at risk within the window: left out
	NotBegun int64 `json:"notBegun,omitempty"` // started after the window: left out
}

// FromSpans returns the sample of times, in days, of spans seen through a window. A
// span that ends after the window, or has no end, is censored on its last day. One
// that starts and ends on the same day takes 0 days.
//
// Errors are located, all of them: a window without AsOf or with From after it, a
// span without a start or with an end before it ("spans[3].end").
func FromSpans(spans iter.Seq[Span], w Window) (*Sample, Taken, error) {
	var faults verdict.Faults
	w.check(&faults)
	s, t := &Sample{}, Taken{}
	i := 0
	for span := range spans {
		path := verdict.At("spans", i)
		i++
		if span.check(&faults, path); faults.Len() == 0 {
			faults.Add(path, s.addSpan(span, w, &t))
		}
	}
	if err := wrap(&faults); err != nil {
		return nil, Taken{}, err
	}
	return s, t, nil
}

func (w Window) check(faults *verdict.Faults) {
	checkDay(faults, "asOf", w.AsOf)
	if w.From != 0 {
		checkDay(faults, "from", w.From)
	}
	if w.AsOf.IsValid() && w.From > w.AsOf {
		faults.Addf("from", "%w: %v is after %v", verdict.ErrRange, w.From, w.AsOf)
	}
}

func (span Span) check(faults *verdict.Faults, path string) {
	checkDay(faults, path+".start", span.Start)
	if span.End == 0 {
		return
	}
	checkDay(faults, path+".end", span.End)
	if span.Start.IsValid() && span.End.IsValid() && span.End < span.Start {
		faults.Addf(path+".end", "%w: %v is before the start %v", verdict.ErrRange, span.End, span.Start)
	}
}

// addSpan records a span, whose days are valid, as seen through a window.
func (s *Sample) addSpan(span Span, w Window, t *Taken) error {
	end, outcome := span.End, Event
	if end == 0 || end > w.AsOf {
		end, outcome = w.AsOf, Censored
	}
	entry := max(0, int64(w.From-span.Start))
	if w.From == 0 {
		entry = 0
	}
	switch {
	case span.Start > w.AsOf:
		t.NotBegun++
		return nil
	case entry > 0 && end <= w.From:
		t.Unseen++
		return nil
	case outcome == Event:
		t.Events++
	default:
		t.Censored++
	}
	return s.AddLate(entry, int64(end-span.Start), outcome)
}

func checkDay(faults *verdict.Faults, path string, day calendar.Date) {
	switch {
	case day == 0:
		faults.Missing(path)
	case !day.IsValid():
		faults.Add(path, fmt.Errorf("%w: day %d", verdict.ErrRange, int32(day)))
	}
}
