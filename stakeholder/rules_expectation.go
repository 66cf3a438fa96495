package stakeholder

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func expectationRules() []rule {
	return []rule{
		{
			Code: "STAKE-201", Severity: verdict.Minor, Check: checkJudged,
			Title: "Each expectation is judged realistic or not",
			Why:   "A project that never asks whether it can do what is expected finds out at acceptance.",
		},
		{
			Code: "STAKE-202", Severity: verdict.Major, Check: checkRealistic,
			Title: "No unrealistic expectation stands",
			Why:   "An expectation that cannot be met turns a good result into a disappointment.",
		},
		{
			Code: "STAKE-203", Severity: verdict.Minor, Check: checkAgreed,
			Title: "Each expectation is agreed in its present wording",
			Why:   "What one side has written down is not yet what the other side expects.",
		},
		{
			Code: "STAKE-204", Severity: verdict.Major, Check: checkChangeTold,
			Title: "A changed expectation is communicated",
			Why:   "Where wording changes silently, each side holds the other to its own.",
		},
	}
}

// live visits the expectations that stand at the day of the facts.
func (f Facts) live(r reporter, visit func(at string, who int, e Expectation, now State)) {
	if !f.dated(r) {
		return
	}
	found := false
	for who, s := range f.Register.Stakeholders {
		for _, e := range s.Expectations {
			if now, ok := e.At(f.AsOf); ok && now.Live {
				found = true
				visit(verdict.Key("stakeholders", s.ID)+"."+verdict.Key("expectations", e.ID), who, e, now)
			}
		}
	}
	if !found {
		r.NotApplicable("no expectation stands")
	}
}

func checkJudged(f Facts, r reporter) {
	f.live(r, func(at string, _ int, e Expectation, now State) {
		if !e.Realism.IsValid() {
			r.Find(at+".realism", fmt.Sprintf("Nobody has judged whether %s is realistic.", verdict.Quote(now.Text)),
				"Judge it with those who would have to fulfil it.")
		}
	})
}

func checkRealistic(f Facts, r reporter) {
	f.live(r, func(at string, who int, e Expectation, now State) {
		if e.Realism != Unrealistic {
			return
		}
		evidence := "no risk is linked to it"
		if e.Risk != "" {
			evidence = "risk " + verdict.Quote(e.Risk)
		}
		r.Find(at+".realism", fmt.Sprintf("%s expects %s, which is not realistic.", label(f.Register.Stakeholders[who]),
			verdict.Quote(now.Text)), "Agree on an expectation that the project can meet, and raise a risk until then.", evidence)
	})
}

func checkAgreed(f Facts, r reporter) {
	f.live(r, func(at string, who int, _ Expectation, now State) {
		if !now.Agreed {
			r.Find(at+".steps", fmt.Sprintf("%s has not agreed to %s, as worded on %s.", label(f.Register.Stakeholders[who]),
				verdict.Quote(now.Text), now.Worded), "Talk it over, and record the agreement.")
		}
	})
}

// checkChangeTold takes an agreement for a message: nobody agrees to what he
// was not told.
func checkChangeTold(f Facts, r reporter) {
	x := f.Register.roll()
	news := x.news(f.AsOf)
	f.live(r, func(at string, who int, e Expectation, now State) {
		known := now.Agreed || since(news[told{e.ID, who}], now.Worded)
		if !now.Changed || known || !f.overdue(now.Worded, f.Config.messageWithin()) {
			return
		}
		r.Find(at+".steps", fmt.Sprintf("The expectation was changed to %s on %s, and %s was not told.", verdict.Quote(now.Text),
			now.Worded, label(x.Stakeholders[who])), "Tell the stakeholder what changed and why, and ask for agreement.")
	})
}
