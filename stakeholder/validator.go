package stakeholder

import (
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// The elementary checks of a validator. An enumeration that is zero is not
// given; what is not given is a fault only where it is required.

type enumeration interface {
	~uint8
	IsValid() bool
}

func required[T enumeration](v *validator, at string, value T) {
	if value == 0 {
		v.Missing(at)
	}
	optional(v, at, value)
}

func optional[T enumeration](v *validator, at string, value T) {
	if value != 0 && !value.IsValid() {
		v.Addf(at, "%w value %d", verdict.ErrUnknown, uint8(value))
	}
}

func eachRequired[T enumeration](v *validator, at string, values []T) {
	for i, value := range values {
		required(v, verdict.At(at, i), value)
	}
}

// ascending records every date of a list that is before the one above it.
func ascending[T any](v *validator, at string, list []T, on func(T) calendar.Date) {
	for i := 1; i < len(list); i++ {
		if day, above := on(list[i]), on(list[i-1]); day != 0 && day < above {
			v.Addf(verdict.At(at, i)+".on", "%w: %s is before the step above it, %s", verdict.ErrRange, day, above)
		}
	}
}

// text records a text that is empty or blank.
func (v *validator) text(at, s string) {
	if strings.TrimSpace(s) == "" {
		v.Missing(at)
	}
}

func (v *validator) texts(at string, list []string) {
	for i, s := range list {
		v.text(verdict.At(at, i), s)
	}
}

// day records a date that is not given or none.
func (v *validator) day(at string, d calendar.Date) {
	if d == 0 {
		v.Missing(at)
	}
	v.date(at, d)
}

func (v *validator) date(at string, d calendar.Date) {
	if d != 0 && !d.IsValid() {
		v.Addf(at, "date %d: %w", int32(d), verdict.ErrRange)
	}
}

func (v *validator) period(at string, p calendar.Period) {
	if p != (calendar.Period{}) && !p.IsValid() {
		v.Addf(at, "%s: %w", p, verdict.ErrRange)
	}
}

func (v *validator) notNegative(at string, n int) {
	if n < 0 {
		v.Addf(at, "%d: %w", n, verdict.ErrRange)
	}
}

func (v *validator) score(at string, score int) {
	if score < 0 || score > v.limit {
		v.Addf(at, "score %d: %w, want 1 to %d", score, verdict.ErrRange, v.limit)
	}
}

// topic records an id that is empty or that another expectation or conflict has.
func (v *validator) topic(at, id string) {
	switch {
	case id == "":
		v.Missing(at)
	case v.topics[id]:
		v.Duplicate(at, id)
	}
	v.topics[id] = true
}

func (v *validator) stakeholder(at, id string) {
	if _, known := v.kinds[id]; id == "" {
		v.Missing(at)
	} else if !known {
		v.Unknown(at, id)
	}
}

func (v *validator) audience(at string, a Audience) {
	for i, id := range a.Stakeholders {
		v.stakeholder(verdict.At(at+".stakeholders", i), id)
	}
	eachRequired(v, at+".classes", a.Classes)
}
