package evm

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func indexRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "EVM-001", Severity: verdict.Major, Check: measured(checkCPI),
		Title: "The cost index is good",
		Why:   "A cumulative CPI seldom recovers: work that cost too much so far goes on to cost too much.",
	}, {
		Code: "EVM-002", Severity: verdict.Major, Check: measured(checkSPI),
		Title: "The schedule index is good",
		Why:   "Less work is done than should be by now.",
	}, {
		Code: "EVM-003", Severity: verdict.Major, Check: check(checkSPIt),
		Title: "The schedule index in time is good",
		Why:   "The SPI of a late project drifts back to 1 towards its end; the one in time does not.",
	}, {
		Code: "EVM-004", Severity: verdict.Minor, Check: trend("cost index CPI", func(p Performance) ratio.Ratio { return p.CPI }),
		Title: "The cost index is not falling",
		Why:   "A trend shows before a threshold does, while there is time to correct it.",
	}, {
		Code: "EVM-005", Severity: verdict.Minor, Check: trend("schedule index SPI", func(p Performance) ratio.Ratio { return p.SPI }),
		Title: "The schedule index is not falling",
		Why:   "A trend shows before a threshold does, while there is time to correct it.",
	}, {
		Code: "EVM-006", Severity: verdict.Major, Check: measured(checkTCPI),
		Title: "The rest can be done for the money that is left",
		Why:   "Beyond a to-complete index of 1.10 recovery is very unlikely, as Lipke found in 25 projects.",
	}, {
		Code: "EVM-007", Severity: verdict.Critical, Check: check(checkSpent),
		Title: "The budget lasts until the work is done",
		Why:   "Work that is left without money stops, or is paid for by somebody who has not agreed to.",
	}}
}

func checkCPI(j judge, p Position) {
	cpi, m := p.Performance.CPI, p.Measures
	switch {
	case !cpi.Defined():
		j.Unassessed("CPI is undefined: " + cpi.Reason())
	case cpi.Less(j.CPI):
		j.Find("", fmt.Sprintf("The cost index CPI is %s: work worth %s has cost %s. At least %s is wanted.",
			cpi.Decimal(3), m.EV, m.AC, j.CPI.Decimal(3)),
			"Find the packages that cost too much, and correct them or the budget.",
			"CPI = "+cpi.String(), "CV = "+p.Performance.CV.String())
	}
}

func checkSPI(j judge, p Position) {
	spi, m := p.Performance.SPI, p.Measures
	switch {
	case !spi.Defined():
		j.Unassessed("SPI is undefined: " + spi.Reason())
	case spi.Less(j.SPI):
		j.Find("", fmt.Sprintf("The schedule index SPI is %s: work worth %s is done, %s was planned by now. At least %s is wanted.",
			spi.Decimal(3), m.EV, m.PV, j.SPI.Decimal(3)),
			"Find the packages that are late, and decide whether to change the timeline, add resources, or change the scope.",
			"SPI = "+spi.String(), "SV = "+p.Performance.SV.String())
	}
}

func checkSPIt(j judge) {
	r, ok := j.time()
	if !ok {
		return
	}
	s := r.Schedule
	switch {
	case !s.SPIt.Defined():
		j.Unassessed("SPI(t) is undefined: " + s.SPIt.Reason())
	case s.SPIt.Less(j.SPI):
		j.Find("", fmt.Sprintf(
			"The schedule index in time SPI(t) is %s: after %s periods the project is where it should have been after %s. At least %s is wanted.",
			s.SPIt.Decimal(3), s.AT.Decimal(1), s.ES.Decimal(1), j.SPI.Decimal(3)),
			"Decide whether to change the timeline, add resources, or change the scope.",
			"SPI(t) = "+s.SPIt.String(), "ES = "+s.ES.String(), "AT = "+s.AT.String())
	}
}

// time returns a report with nothing but time and money of the measured work. It
// reports to the judge why if there is none.
func (j judge) time() (Report, bool) {
	r := Report{AsOf: j.facts.AsOf}
	for _, step := range []func(*Report) error{j.book.reportTotals, j.book.reportTime} {
		if err := step(&r); err != nil {
			j.Fail(invalid("rules", err))
			return r, false
		}
	}
	if r.Measured.Packages == 0 {
		j.NotApplicable("all work is level of effort")
		return r, false
	}
	return r, true
}

// trend makes the check of an index that must not fall at the ends of several
// periods in a row.
func trend(name string, index func(Performance) ratio.Ratio) func(Facts, *verdict.Reporter) {
	return measured(func(j judge, _ Position) {
		history, err := j.history(index)
		switch {
		case err != nil:
			j.Fail(invalid("rules", err))
		case len(history) <= j.Falls:
			j.Unassessed(fmt.Sprintf("the %s is known at the end of %s, and %d are needed", name, count(len(history), "period"), j.Falls+1))
		case falling(history):
			first, last := history[0], history[len(history)-1]
			j.Find("", fmt.Sprintf("The %s has fallen %d periods in a row, from %s to %s.", name, j.Falls, first.Decimal(3), last.Decimal(3)),
				"Find out what is getting worse before it crosses a threshold.", name+": "+list(history))
		}
	})
}

// history returns the index at the ends of the last periods up to now, oldest
// first, one more than the falls that are a trend. It ends before a period in
// which the index was undefined.
func (j judge) history(index func(Performance) ratio.Ratio) ([]ratio.Ratio, error) {
	ticks := j.book.ticks(j.facts.AsOf)
	var history []ratio.Ratio
	for i := len(ticks) - 1; i >= 0 && len(history) <= j.Falls; i-- {
		if ticks[i].Period == 0 || ticks[i].Until > j.facts.AsOf {
			continue
		}
		t, _, _, err := j.book.split(ticks[i].Until)
		if err != nil {
			return nil, err
		}
		p, err := t.position(j.book)
		if err != nil {
			return nil, err
		}
		value := index(p.Performance)
		if !value.Defined() {
			break
		}
		history = append([]ratio.Ratio{value}, history...)
	}
	return history, nil
}

// falling reports whether each number is smaller than the one before it.
func falling(numbers []ratio.Ratio) bool {
	for i := range numbers[1:] {
		if !numbers[i+1].Less(numbers[i]) {
			return false
		}
	}
	return true
}

func list(numbers []ratio.Ratio) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = n.Decimal(3)
	}
	return strings.Join(words, ", ")
}

func checkTCPI(j judge, p Position) {
	tcpi, m := p.Performance.TCPI, p.Measures
	if tcpi.Outlook == Open && ExactOf(j.TCPI).Less(tcpi.Index) {
		left, _ := m.BAC.Sub(m.EV)
		money, _ := m.BAC.Sub(m.AC)
		j.Find("", fmt.Sprintf("The to-complete index TCPI is %s: work worth %s is left for %s. More than %s is seldom achieved.",
			tcpi.Index.Decimal(3), left, money, j.TCPI.Decimal(3)),
			"Ask for more budget or cut the scope; working harder is unlikely to be enough.", "TCPI = "+tcpi.Index.String())
	}
}

// checkSpent looks at the total, level of effort included: the money is one pot.
func checkSpent(j judge) {
	_, _, total, err := j.book.split(j.facts.AsOf)
	if err != nil {
		j.Fail(invalid("rules", err))
		return
	}
	m := total.round(j.book)
	if m.toBudget().Outlook == Unachievable {
		left, _ := m.BAC.Sub(m.EV)
		j.Find("", fmt.Sprintf("%s of the budget of %s are spent, and work worth %s is left.", m.AC, m.BAC, left),
			"Stop and decide: a new budget by an approved change, a smaller scope, or an end.", "AC = "+m.AC.String(), "EV = "+m.EV.String())
	}
}
