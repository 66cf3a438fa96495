package stakeholder

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Validate reports everything that is wrong with r as data, each fault located
// by path: ids that are empty or used twice, references to nobody (an unknown
// audience, party or group), dates that are none or out of order, scores off
// the grid, values without a word. Whether the register is any good is for
// [Rules] to say. The error wraps the sentinels of package verdict.
func (r Register) Validate() error {
	v := newValidator(&r)
	if !r.Grid.IsValid() {
		v.Addf("grid.cut", "%w: the cut %d must be from 1 to below the highest score, %d", verdict.ErrRange, v.cut, v.limit)
	}
	v.IDs("stakeholders", len(r.Stakeholders), func(i int) string { return r.Stakeholders[i].ID })
	for i, s := range r.Stakeholders {
		v.person(verdict.At("stakeholders", i), s)
	}
	v.absences(r)
	v.IDs("plan", len(r.Plan), func(i int) string { return r.Plan[i].ID })
	for i, c := range r.Plan {
		v.communication(verdict.At("plan", i), c)
	}
	for i, c := range r.Contacts {
		v.contact(verdict.At("contacts", i), c)
	}
	for i, c := range r.Conflicts {
		v.conflict(verdict.At("conflicts", i), c)
	}
	return v.Err()
}

// A validator collects the faults of a register.
type validator struct {
	verdict.Faults
	limit, cut int
	kinds      map[string]Kind // of the stakeholders by id
	plan       map[string]bool // ids of communications
	topics     map[string]bool // ids of expectations and conflicts so far
}

func newValidator(r *Register) validator {
	v := validator{
		kinds: make(map[string]Kind, len(r.Stakeholders)), plan: make(map[string]bool, len(r.Plan)),
		topics: make(map[string]bool),
	}
	v.limit, v.cut = r.Grid.scale()
	for _, s := range r.Stakeholders {
		v.kinds[s.ID] = s.Kind
	}
	for _, c := range r.Plan {
		v.plan[c.ID] = true
	}
	return v
}

func (v *validator) person(at string, s Stakeholder) {
	v.text(at+".name", s.Name)
	required(v, at+".kind", s.Kind)
	required(v, at+".class", s.Class)
	for i, group := range s.MemberOf {
		v.group(verdict.At(at+".memberOf", i), s, group)
	}
	v.date(at+".identified", s.Identified)
	v.date(at+".buyIn", s.BuyIn)
	v.texts(at+".interests", s.Interests)
	for i, e := range s.Expectations {
		v.expectation(verdict.At(at+".expectations", i), e)
	}
	v.score(at+".position.power", s.Position.Power)
	v.score(at+".position.interest", s.Position.Interest)
	optional(v, at+".salience", s.Salience)
	v.engagement(at+".engagement", s.Engagement)
	v.details(at, s)
}

func (v *validator) details(at string, s Stakeholder) {
	for i, n := range s.Involvement {
		under := verdict.At(at+".involvement", i)
		v.text(under+".decision", n.Decision)
		v.day(under+".on", n.On)
		required(v, under+".part", n.Part)
	}
	eachRequired(v, at+".prefers", s.Prefers)
	for i, t := range s.Traits {
		required(v, verdict.At(at+".traits", i)+".aspect", t.Aspect)
		v.text(verdict.At(at+".traits", i)+".note", t.Note)
	}
	for i, sign := range s.Signs {
		v.text(verdict.At(at+".signs", i)+".deliverable", sign.Deliverable)
		v.date(verdict.At(at+".signs", i)+".due", sign.Due)
	}
}

func (v *validator) group(at string, s Stakeholder, group string) {
	kind, known := v.kinds[group]
	switch {
	case !known:
		v.Unknown(at, group)
	case s.Kind == Group:
		v.Addf(at, "%w: a group is a member of no other", verdict.ErrInvalid)
	case kind != Group:
		v.Addf(at, "%w: %s is no group", verdict.ErrInvalid, verdict.Quote(group))
	}
}

func (v *validator) expectation(at string, e Expectation) {
	v.topic(at+".id", e.ID)
	optional(v, at+".realism", e.Realism)
	if len(e.Steps) == 0 {
		v.Missing(at + ".steps")
	}
	for i, step := range e.Steps {
		under := verdict.At(at+".steps", i)
		v.day(under+".on", step.On)
		required(v, under+".turn", step.Turn)
		if (i == 0) != (step.Turn == ExpectationSet) && step.Turn.IsValid() {
			v.Addf(under+".turn", "%w: the first step sets the expectation, and no other", verdict.ErrInvalid)
		}
		if step.Turn == ExpectationSet || step.Turn == ExpectationChanged {
			v.text(under+".text", step.Text)
		}
	}
	ascending(v, at+".steps", e.Steps, func(s Step) calendar.Date { return s.On })
}

func (v *validator) engagement(at string, e Engagement) {
	optional(v, at+".desired", e.Desired)
	for i, reading := range e.History {
		v.day(verdict.At(at+".history", i)+".on", reading.On)
		required(v, verdict.At(at+".history", i)+".level", reading.Level)
	}
	ascending(v, at+".history", e.History, func(r Reading) calendar.Date { return r.On })
	for i, a := range e.Actions {
		v.text(verdict.At(at+".actions", i)+".what", a.What)
		v.date(verdict.At(at+".actions", i)+".due", a.Due)
		v.date(verdict.At(at+".actions", i)+".done", a.Done)
	}
}

func (v *validator) absences(r Register) {
	for i, a := range r.Absent {
		at := verdict.At("absent", i)
		required(v, at+".class", a.Class)
		v.text(at+".reason", a.Reason)
		if slices.ContainsFunc(r.Stakeholders, func(s Stakeholder) bool { return s.Class == a.Class }) {
			v.Addf(at+".class", "%w: the register has stakeholders of class %s", verdict.ErrInvalid, a.Class)
		}
	}
}

func (v *validator) communication(at string, c Communication) {
	if c.Audience.IsZero() {
		v.Missing(at + ".audience")
	}
	v.audience(at+".audience", c.Audience)
	eachRequired(v, at+".content", c.Content)
	eachRequired(v, at+".channels", c.Channels)
	optional(v, at+".detail", c.Detail)
	v.rhythm(at+".rhythm", c.Rhythm)
}

func (v *validator) rhythm(at string, r Rhythm) {
	v.date(at+".start", r.Start)
	v.period(at+".every", r.Every)
	v.date(at+".until", r.Until)
	v.notNegative(at+".graceDays", r.GraceDays)
	if r.Start == 0 && r != (Rhythm{}) {
		v.Missing(at + ".start")
	}
	if r.Until != 0 && r.Until < r.Start {
		v.Addf(at+".until", "%w: %s is before the start, %s", verdict.ErrRange, r.Until, r.Start)
	}
}

func (v *validator) contact(at string, c Contact) {
	v.day(at+".on", c.On)
	switch {
	case c.Communication != "" && !v.plan[c.Communication]:
		v.Unknown(at+".communication", c.Communication)
	case c.Communication == "" && c.With.IsZero():
		v.Missing(at + ".with")
	}
	v.audience(at+".with", c.With)
	optional(v, at+".channel", c.Channel)
	eachRequired(v, at+".content", c.Content)
	v.texts(at+".about", c.About)
}

func (v *validator) conflict(at string, c Conflict) {
	v.topic(at+".id", c.ID)
	v.text(at+".subject", c.Subject)
	for i, id := range c.Parties {
		v.stakeholder(verdict.At(at+".parties", i), id)
		if slices.Contains(c.Parties[:i], id) {
			v.Duplicate(verdict.At(at+".parties", i), id)
		}
	}
	if len(c.Parties) < 2 {
		v.Addf(at+".parties", "%w: a conflict has two parties or more, got %d", verdict.ErrRange, len(c.Parties))
	}
	required(v, at+".state", c.State)
	v.day(at+".raised", c.Raised)
	optional(v, at+".mode", c.Mode)
	v.date(at+".resolved", c.Resolved)
	if c.Resolved != 0 {
		v.text(at+".resolution", c.Resolution)
	}
	if c.Resolved != 0 && cmp.Less(c.Resolved, c.Raised) {
		v.Addf(at+".resolved", "%w: %s is before it was raised, %s", verdict.ErrRange, c.Resolved, c.Raised)
	}
}
