package stakeholder

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func registerRules() []rule {
	return []rule{
		{
			Code: "STAKE-001", Severity: verdict.Major, Check: checkClasses,
			Title: "Employees, executives and partners are identified, or stated to be absent",
			Why:   "Who is not identified is not asked, and stops the project when it comes near.",
		},
		{
			Code: "STAKE-002", Severity: verdict.Major, Check: checkCustomers,
			Title: "Customers are among the stakeholders",
			Why:   "A CRM is built for the relations with customers; without them nobody can say whether it serves these.",
		},
		{
			Code: "STAKE-003", Severity: verdict.Minor, Check: checkSources,
			Title: "Sales, marketing, customer service and IT are among the stakeholders",
			Why:   "Requirements and estimates come from these departments; what one of them knows and nobody asks is found late.",
		},
		{
			Code: "STAKE-004", Severity: verdict.Minor, Check: checkInterests,
			Title: "The interests of each stakeholder are recorded",
			Why:   "Without the interest nobody can tell what wins a stakeholder over, or loses one.",
		},
		{
			Code: "STAKE-005", Severity: verdict.Minor, Check: checkExpectations,
			Title: "The expectations of each stakeholder are recorded",
			Why:   "An expectation that nobody knows is disappointed by chance.",
		},
		{
			Code: "STAKE-006", Severity: verdict.Minor, Check: checkPlaced,
			Title: "Each stakeholder is placed by power and interest",
			Why:   "Time for stakeholders is short; it goes to the loudest if nobody has said who matters.",
		},
		{
			Code: "STAKE-007", Severity: verdict.Info, Check: checkAssessmentsAgree,
			Title: "The power of a stakeholder is assessed alike on the grid and in the salience",
			Why:   "Two assessments that contradict each other lead to two ways of treating one person.",
		},
		{
			Code: "STAKE-008", Severity: verdict.Info, Check: checkTraits,
			Title: "The personality, professionalism and culture of the employees are described",
			Why:   "Employees carry the CRM to the customers; training and roll-out that ignore how they work do not take hold.",
		},
	}
}

func (f Facts) has(c Class) bool {
	return slices.ContainsFunc(f.Register.Stakeholders, func(s Stakeholder) bool { return s.Class == c })
}

func checkClasses(f Facts, r reporter) {
	for _, c := range []Class{Employees, Executives, Partners} {
		absent := slices.ContainsFunc(f.Register.Absent, func(a Absence) bool { return a.Class == c })
		if !f.has(c) && !absent {
			r.Find("stakeholders", fmt.Sprintf("No %s are among the stakeholders, and nothing says that there are none.", c),
				fmt.Sprintf("Add the %s concerned, or state that the project has none, and why.", c))
		}
	}
}

func checkCustomers(f Facts, r reporter) {
	if !f.has(Customers) {
		r.Find("stakeholders", "No customers are among the stakeholders.",
			"Add those whose relation to the company the CRM changes, by segment if they are many.")
	}
}

// sourceNames are other names for the departments that must be sources.
var sourceNames = map[string][]string{
	fold("customer service"): {"service", "customer support", "customer care"},
	fold("IT"):               {"information technology", "IT department"},
}

func checkSources(f Facts, r reporter) {
	there := make(map[string]bool)
	for _, s := range f.Register.Stakeholders {
		there[fold(s.Department)] = true
	}
	for _, source := range f.Config.sources() {
		found := there[fold(source)]
		for _, other := range sourceNames[fold(source)] {
			found = found || there[fold(other)]
		}
		if !found {
			r.Find("stakeholders", fmt.Sprintf("No stakeholder is from %s.", verdict.Quote(source)),
				"Name someone from the department who can speak for its needs.")
		}
	}
}

func checkInterests(f Facts, r reporter) {
	f.each(r, func(at string, s Stakeholder) {
		if len(s.Interests) == 0 {
			r.Find(at+".interests", fmt.Sprintf("No interest of %s is recorded.", label(s)),
				"Ask what is at stake for the stakeholder.")
		}
	})
}

func checkExpectations(f Facts, r reporter) {
	f.each(r, func(at string, s Stakeholder) {
		if len(s.Expectations) == 0 {
			r.Find(at+".expectations", fmt.Sprintf("No expectation of %s is recorded.", label(s)),
				"Ask what the stakeholder expects of the project, and put it into words both sides agree to.")
		}
	})
}

func checkPlaced(f Facts, r reporter) {
	f.each(r, func(at string, s Stakeholder) {
		if _, ok := f.Register.Grid.Quadrant(s.Position); !ok {
			r.Find(at+".position", label(s)+" is not placed on the grid of power and interest.",
				"Score the stakeholder's power and interest.")
		}
	})
}

func checkAssessmentsAgree(f Facts, r reporter) {
	f.each(r, func(at string, s Stakeholder) {
		q, placed := f.Register.Grid.Quadrant(s.Position)
		if !placed || !s.Salience.IsValid() {
			return
		}
		if claim := s.Salience.Attributes().Has(Power); claim != q.Powerful() {
			r.Find(at+".salience", fmt.Sprintf("%s is %s by salience and %s on the grid: one sees power, the other none.",
				label(s), s.Salience, q), "Settle how much power the stakeholder has, and correct the other assessment.")
		}
	})
}

func checkTraits(f Facts, r reporter) {
	if !f.has(Employees) {
		r.NotApplicable("no employees are among the stakeholders")
		return
	}
	noted := make(map[Aspect]bool)
	for _, s := range f.Register.Stakeholders {
		for _, t := range s.Traits {
			noted[t.Aspect] = noted[t.Aspect] || s.Class == Employees
		}
	}
	for a := range aspectWords.All() {
		if !noted[a] {
			r.Find("stakeholders", fmt.Sprintf("Nothing is noted on the %s of the employees.", a),
				"Note with the employees concerned what helps the new way of working, and what stands against it.")
		}
	}
}
