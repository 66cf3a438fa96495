package projecttest

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Runs is how often a check is run on the same facts to see whether it always
// says the same.
const Runs = 4

// TestRules holds rules against what the library promises of rules, and returns
// everything that is wrong, nil if nothing is. Of each rule it checks:
//
//   - the code is valid and not used twice; title, why and severity are given; it
//     has a check
//   - on each sample, the check says the same in [Runs] runs, does not panic and
//     does not change the facts
//   - each finding has a subject, a message and a remedy
//   - what is unassessed, not applicable or failed has a reason
//
// The paths of the faults are those of the list: rules[3].title. A fault on a
// sample names it by its place.
func TestRules[F any](rules []verdict.Rule[F], samples ...F) error {
	var f verdict.Faults
	seen := map[verdict.Code]bool{}
	for i, rule := range rules {
		at := verdict.At("rules", i)
		if seen[rule.Code] && rule.Code != "" {
			f.Duplicate(at+".code", string(rule.Code))
		}
		seen[rule.Code] = true
		testRule(rule, at, samples, &f)
	}
	return f.Err()
}

// TestSamples says for which rules the samples are no test: those that no sample
// breaks, and those that no sample meets. A rule that never finds anything may
// look at nothing.
func TestSamples[F any](rules []verdict.Rule[F], samples ...F) error {
	var f verdict.Faults
	for i, rule := range rules {
		at := verdict.At("rules", i)
		met, broken := false, false
		for _, sample := range samples {
			outcome, _, err := try(rule, sample)
			met = met || err == nil && outcome.Status == verdict.Met
			broken = broken || err == nil && outcome.Status == verdict.NotMet
		}
		if !broken {
			f.Addf(at, "%w: no sample breaks %s", verdict.ErrMissing, name(rule))
		}
		if !met {
			f.Addf(at, "%w: no sample meets %s", verdict.ErrMissing, name(rule))
		}
	}
	return f.Err()
}

func name[F any](rule verdict.Rule[F]) string {
	return strings.TrimSpace(string(rule.Code) + " " + verdict.Quote(rule.Title))
}

// testRule checks one rule as written and on each sample; it reports the first
// sample that shows each kind of fault.
func testRule[F any](rule verdict.Rule[F], at string, samples []F, f *verdict.Faults) {
	testEntry(rule.Entry(), at, f)
	if rule.Check == nil {
		f.Missing(at + ".check")
		return
	}
	told := map[string]bool{}
	for i, sample := range samples {
		var found verdict.Faults
		testOn(rule, sample, &found)
		for _, fault := range verdict.FaultsOf(found.Err()) {
			if !told[fault.Path] {
				f.Addf(verdict.Join(at, fault.Path), "on sample %d: %w", i, fault.Err)
			}
			told[fault.Path] = true
		}
	}
}

func testEntry(e verdict.Entry, at string, f *verdict.Faults) {
	switch {
	case e.Code == "":
		f.Missing(at + ".code")
	case !e.Code.IsValid():
		f.Addf(at+".code", "%w code %s", verdict.ErrInvalid, verdict.Quote(string(e.Code)))
	}
	if e.Title == "" {
		f.Missing(at + ".title")
	}
	if e.Why == "" {
		f.Missing(at + ".why")
	}
	switch {
	case e.Severity == 0:
		f.Missing(at + ".severity")
	case !e.Severity.IsValid():
		f.Addf(at+".severity", "%w severity %d", verdict.ErrUnknown, e.Severity)
	}
}

// testOn checks what a rule does on one sample.
func testOn[F any](rule verdict.Rule[F], sample F, f *verdict.Faults) {
	before := fingerprint(sample)
	outcome, findings, err := try(rule, sample)
	if err != nil {
		f.Add("check", err)
		return
	}
	for range Runs - 1 {
		again, same, err := try(rule, sample)
		if err != nil || again != outcome || !reflect.DeepEqual(findings, same) {
			f.Addf("check", "%w: two runs on the same facts differ", verdict.ErrInvalid)
			break
		}
	}
	if fingerprint(sample) != before {
		f.Addf("check", "%w: it changes the facts", verdict.ErrInvalid)
	}
	if outcome.Status != verdict.Met && len(findings) == 0 && outcome.Reason == "" {
		f.Addf("check", "%w: %s without a reason", verdict.ErrMissing, outcome.Status)
	}
	testFindings(findings, f)
}

func testFindings(findings []verdict.Finding, f *verdict.Faults) {
	for i, found := range findings {
		at := verdict.At("findings", i)
		if found.Subject == "" {
			f.Missing(at + ".subject")
		}
		if found.Message == "" {
			f.Missing(at + ".message")
		}
		if found.Remedy == "" {
			f.Missing(at + ".remedy")
		}
	}
}

// try runs a rule and makes an error of a panic.
func try[F any](rule verdict.Rule[F], sample F) (outcome verdict.Outcome, findings []verdict.Finding, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: it panics: %s", verdict.ErrInvalid, verdict.Quote(fmt.Sprint(r)))
		}
	}()
	outcome, findings = rule.Run(sample)
	return outcome, findings, nil
}
