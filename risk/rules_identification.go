package risk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func identificationRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "RISK-001", Severity: verdict.Major, Check: checkNotEmpty,
		Title: "The register holds risks",
		Why:   "A project without known risks has not looked for them; complexity is being underestimated.",
	}, {
		Code: "RISK-002", Severity: verdict.Minor, Check: checkManager,
		Title: "Someone keeps the register",
		Why:   "A register that nobody keeps is out of date within weeks.",
	}, {
		Code: "RISK-003", Severity: verdict.Info, Check: checkCatalogue,
		Title: "Every typical risk has been considered",
		Why:   "Most of what goes wrong in CRM projects has gone wrong in others before.",
	}, {
		Code: "RISK-010", Severity: verdict.Major, Check: active(checkOwner),
		Title: "Every risk has an owner",
		Why:   "A risk that belongs to everybody is watched by nobody.",
	}, {
		Code: "RISK-011", Severity: verdict.Minor, Check: active(checkDescription),
		Title: "Every risk states its cause, event and effect",
		Why:   "Avoiding works on the cause, mitigating on chance and effect; a headline gives no hold for either.",
	}, {
		Code: "RISK-012", Severity: verdict.Minor, Check: checkRepeated,
		Title: "No two risks say the same",
		Why:   "A risk that is listed twice is counted twice and worked on by halves.",
	}, {
		Code: "RISK-013", Severity: verdict.Minor, Check: checkSharedCause,
		Title: "Risks that share a cause are linked",
		Why:   "They tend to happen together; taken as independent, the bad case is underestimated.",
	}, {
		Code: "RISK-014", Severity: verdict.Minor, Check: checkCircle,
		Title: "Causes do not run in a circle",
		Why:   "A risk that is its own cause has no chance of its own to start from; most circles are slips.",
	}}
}

func checkNotEmpty(f Facts, r *verdict.Reporter) {
	for _, risk := range f.Register.Risks {
		if risk.Raised <= f.AsOf {
			return
		}
	}
	r.Find("risks", "The register holds no risk.",
		"Go through the catalogue with the team and the departments; record each risk, or why it is set aside.")
}

func checkManager(f Facts, r *verdict.Reporter) {
	if f.Register.Plan.Manager == "" {
		r.Find("plan.manager", "Nobody is named who keeps the register.", "Name one person who reviews it and reports on it.")
	}
}

func checkCatalogue(f Facts, r *verdict.Reporter) {
	left := f.Register.Candidates(f.AsOf, Catalogue())
	if len(left) == 0 {
		return
	}
	evidence := make([]string, len(left))
	for i, t := range left {
		evidence[i] = t.ID + ": " + t.Title
	}
	r.Find("risks",
		fmt.Sprintf("Of the catalogue, %s neither raised nor set aside.", are(len(left), "typical risk")),
		"Ask of each whether it could happen here; raise it, or set it aside with the reason.", evidence...)
}

func checkOwner(_ Facts, risk Risk, r *verdict.Reporter) {
	if risk.Owner == "" {
		r.Find(at(risk, "owner"), capital(label(risk))+" has no owner.", "Name one person who watches it and may act.")
	}
}

func checkDescription(_ Facts, risk Risk, r *verdict.Reporter) {
	var lacking []string
	for _, part := range [][2]string{{"cause", risk.Cause}, {"event", risk.Event}, {"effect", risk.Effect}} {
		if part[1] == "" {
			lacking = append(lacking, part[0])
		}
	}
	if len(lacking) > 0 {
		r.Find(at(risk, lacking[0]), fmt.Sprintf("%s does not state its %s.", capital(label(risk)), strings.Join(lacking, ", ")),
			"Put it as: because of <cause>, <event> may happen, which would lead to <effect>.")
	}
}

func checkRepeated(f Facts, r *verdict.Reporter) {
	risks := f.Register.Active(f.AsOf)
	for i, risk := range risks {
		for _, earlier := range risks[:i] {
			if saysSame(risk, earlier) {
				r.Find(riskPath(risk.ID), fmt.Sprintf("%s says the same as %s.", capital(label(risk)), label(earlier)),
					"Merge the two, or say what sets them apart.")
				break
			}
		}
	}
}

func saysSame(a, b Risk) bool {
	same := func(x, y string) bool { return normal(x) != "" && normal(x) == normal(y) }
	return a.Kind == b.Kind && (same(a.Title, b.Title) || same(a.Event, b.Event))
}

func checkSharedCause(f Facts, r *verdict.Reporter) {
	risks := f.Register.Active(f.AsOf)
	for i, risk := range risks {
		for _, earlier := range risks[:i] {
			if cause := normal(risk.Cause); cause != "" && cause == normal(earlier.Cause) && !linked(risk, earlier) {
				r.Find(at(risk, "cause"),
					fmt.Sprintf("%s and %s have the same cause and are not linked.", capital(label(risk)), label(earlier)),
					"Make the cause a risk of its own and name it among the causes of both, or link the one to the other.")
				break
			}
		}
	}
}

// linked reports whether one of two risks causes the other or a third causes
// both.
func linked(a, b Risk) bool {
	causes := func(r Risk, id string) bool {
		return slices.ContainsFunc(r.Causes, func(l Link) bool { return l.Risk == id })
	}
	if causes(a, b.ID) || causes(b, a.ID) {
		return true
	}
	return slices.ContainsFunc(a.Causes, func(l Link) bool { return causes(b, l.Risk) })
}

func checkCircle(f Facts, r *verdict.Reporter) {
	reaches := map[string][]string{}
	for _, risk := range f.Register.Risks {
		reaches[risk.ID] = f.Register.Consequences(risk.ID)
	}
	told := map[string]bool{}
	for _, risk := range f.Register.Risks {
		if told[risk.ID] || !slices.Contains(reaches[risk.ID], risk.ID) {
			continue
		}
		var circle []string // all that it reaches and that reach it
		for _, id := range reaches[risk.ID] {
			if slices.Contains(reaches[id], risk.ID) {
				told[id] = true
				circle = append(circle, id)
			}
		}
		r.Find(at(risk, "causes"), "The causes of these risks run in a circle: "+strings.Join(circle, ", ")+".",
			"Take out the weakest of the links, or accept that each needs a chance of its own to start from.", circle...)
	}
}
