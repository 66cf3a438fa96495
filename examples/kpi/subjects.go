package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi/survival"
)

// subject is a row: a time with a status, or two days.
type subject struct {
	group      string
	time       int64
	status     status
	start, end calendar.Date
}

// readSubjects makes a sample of each group.
func (c *survivalCommand) readSubjects(j *job) (map[string]*survival.Sample, error) {
	const time, ending, start, end, by = 0, 1, 2, 3, 4
	var list []subject
	var last calendar.Date
	var groups rows.Dictionary
	var names []string
	var timed bool // by time and status, not by days; a matter of the first file
	r, err := j.read(j.columns("time", "status", "start", "end", "by"), func(row *rows.Row) error {
		n := groups.Number(row.Text(by))
		if int(n) == len(names) {
			names = append(names, string(row.Text(by)))
		}
		s := subject{group: names[n], time: row.Int(time), start: row.Day(start), end: row.Day(end)}
		timed = timed || row.Has(time)
		last = max(last, s.start, s.end)
		var err error
		switch {
		case !row.Has(time) && !row.Has(start):
			return errors.New("neither a time nor a start")
		case row.Has(time) && !row.Has(ending):
			return errors.New("a time without a status")
		case row.Has(time):
			s.status, err = c.statusOf(string(row.Text(ending)))
			if err != nil {
				return row.Bad(ending, err)
			}
			if s.time < 0 || s.time > survival.MaxTime {
				return row.Bad(time, rows.ErrRange)
			}
		case s.end != 0 && s.end < s.start:
			return row.Bad(end, errors.New("before the start"))
		}
		list = push(list, s)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case !r.Has(start) && !(r.Has(time) && r.Has(ending)):
		return nil, errors.New("no columns time and status, and no column start: say by flags what they are called")
	case timed:
		j.tellUndated()
		return c.byStatus(j, list)
	default:
		return bySpan(j, list, last)
	}
}

// status is how a subject ended, as it is written.
type status uint8

const (
	zeroStatus status = iota
	oneStatus
	twoStatus
)

// statusOf reads a status.
func (c *survivalCommand) statusOf(word string) (status, error) {
	if c.event != "" {
		if strings.EqualFold(word, c.event) {
			return oneStatus, nil
		}
		return zeroStatus, nil
	}
	switch strings.ToLower(word) {
	case "0", "false", "no", "n", "censored", "active", "alive":
		return zeroStatus, nil
	case "1", "true", "yes", "y", "event", "churned", "dead":
		return oneStatus, nil
	case "2":
		return twoStatus, nil
	default:
		return 0, errStatus
	}
}

var errStatus = errors.New("not a status, want 1 or 0, or say by -event what the event is called")

// byStatus makes the samples of times with a status.
func (c *survivalCommand) byStatus(j *job, list []subject) (map[string]*survival.Sample, error) {
	event := oneStatus
	if slices.ContainsFunc(list, func(s subject) bool { return s.status == twoStatus }) {
		if slices.ContainsFunc(list, func(s subject) bool { return s.status == zeroStatus }) {
			return nil, errors.New("status is 0, 1 and 2: say by -event which is the event")
		}
		event = twoStatus
		j.notef("status 2 is taken for the event and 1 for censored")
	}
	samples := map[string]*survival.Sample{}
	for _, s := range list {
		outcome := survival.Censored
		if s.status == event {
			outcome = survival.Event
		}
		if err := sampleOf(samples, s.group).Add(s.time, outcome); err != nil {
			return nil, err
		}
	}
	return samples, nil
}

func sampleOf(samples map[string]*survival.Sample, group string) *survival.Sample {
	if samples[group] == nil {
		samples[group] = &survival.Sample{}
	}
	return samples[group]
}

// bySpan makes the samples of days.
func bySpan(j *job, list []subject, last calendar.Date) (map[string]*survival.Sample, error) {
	asOf := j.end(last)
	spans := map[string][]survival.Span{}
	for _, s := range list {
		spans[s.group] = append(spans[s.group], survival.Span{Start: s.start, End: s.end})
	}
	samples := map[string]*survival.Sample{}
	var later int64
	for group, list := range spans {
		sample, taken, err := survival.FromSpans(slices.Values(list), survival.Window{AsOf: asOf})
		if err != nil {
			return nil, err
		}
		samples[group] = sample
		later += taken.NotBegun
	}
	if later > 0 {
		j.notef("%d that start after that day left out", later)
	}
	return samples, nil
}
