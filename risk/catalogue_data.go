package risk

import "slices"

// Catalogue returns the typical risks of a CRM project, in a fixed order, the
// most general first (RI-09, RI-10). Each call returns a fresh copy, to be edited
// freely.
func Catalogue() []Template {
	return slices.Concat(
		namedRisks(), stakeholderRisks(), scopeRisks(), systemRisks(), peopleRisks(), supplyRisks(), opportunities(),
	)
}

func namedRisks() []Template {
	return []Template{
		{
			"unexpected_costs", Threat, "cost", "Costs that nobody planned for",
			"Licences, interfaces and support were budgeted from the vendor's first offer",
			"Further licences, storage, interfaces or consulting turn out to be needed",
			"The budget does not cover the rollout; scope is cut late",
			signs("Change requests with a price above their estimate", "Invoices for items without a budget line"),
			suggest(mitigate("Have the vendor price every interface and licence tier before the charter is approved"),
				mitigate("Hold a contingency for exactly this and report what is drawn from it")),
		},
		{
			"implementation_downtime", Threat, "technology", "Downtime during implementation",
			"The old system is switched off while the new one is still being set up",
			"Sales and service cannot reach customer data for hours or days",
			"Orders and tickets are lost; customers notice",
			signs("A rehearsal of the cut-over takes longer than its window"),
			suggest(avoid("Run both systems in parallel until the new one is accepted"),
				mitigate("Cut over outside business hours, rehearsed twice, with a way back tested"),
				transfer("Agree service credits with the vendor for outages during cut-over")),
		},
		{
			"adoption_difficulty", Threat, "adoption", "Users find the system hard to use",
			"Screens follow the data model and not the users' work",
			"Users keep their spreadsheets and enter data late or not at all",
			"The data are incomplete and the expected benefits fail to appear",
			signs("Share of active users below plan after the pilot", "Many support questions about the same screen"),
			suggest(mitigate("Test with real users of each role before the pilot and change what they stumble over"),
				mitigate("Train by role on the user's own cases, with help at the desk in the first weeks")),
		},
		{
			"delay", Threat, "schedule", "The project takes longer than planned",
			"Dates were set before the work was estimated",
			"Milestones on the critical chain slip",
			"Go-live is late; old and new systems are paid for at the same time",
			signs("Schedule performance index below 0.9 in two reports running", "A milestone moved more than once"),
			suggest(mitigate("Estimate with those who do the work and keep a buffer before go-live"),
				mitigate("Roll out in phases, so that a delay holds up one group of users only")),
		},
		{
			"cost_overrun", Threat, "cost", "The work costs more than budgeted",
			"Effort for configuration and integration was estimated low",
			"Actual cost runs ahead of the value earned",
			"The budget is used up before the project is complete",
			signs("Cost performance index below 0.9"),
			suggest(mitigate("Track earned value monthly and re-estimate the rest at each deviation"),
				transfer("Agree fixed prices for work packages with clear acceptance criteria")),
		},
		{
			"off_track", Threat, "governance", "The project drifts off track unnoticed",
			"Progress is reported as a feeling, without a baseline",
			"Deviations are seen only when a deadline is missed",
			"Correction comes late and costs several times as much",
			signs("Work packages at 90 percent for weeks", "Status reports skipped"),
			suggest(mitigate("Report against the baseline every two weeks, with thresholds that force a decision")),
		},
		{
			"complexity", Threat, "technology", "The complexity is underestimated",
			"Many processes, systems and exceptions meet in one CRM",
			"Work packages uncover further work that was not in the plan",
			"Time and cost grow; quality is traded for dates",
			signs("Requirements per work package keep growing", "Estimates double on second look"),
			suggest(mitigate("Split the project into parts that can each be used and controlled on their own"),
				mitigate("Build the most complex interface first, as a proof")),
		},
		{
			"many_stakeholders", Threat, "stakeholder", "Too many stakeholders pull in different directions",
			"Sales, marketing, service and IT each expect something else of the CRM",
			"Decisions are put off or reversed",
			"Requirements contradict each other; rework and delay",
			signs("A decision reopened after it was taken", "Meetings without someone entitled to decide"),
			suggest(mitigate("Name one person per department who decides, and a date by when"),
				escalate("Let the steering group settle conflicts that stay open for two weeks")),
		},
	}
}

func stakeholderRisks() []Template {
	return []Template{
		{
			"unrealistic_expectations", Threat, "stakeholder", "Expectations are higher than the project can meet",
			"The CRM was promised as the answer to problems that it does not touch",
			"Stakeholders measure the result by what was never in scope",
			"A sound system is taken for a failure and support fades",
			signs("Expectations in the log that no objective answers"),
			suggest(mitigate("State with each expectation whether it will be met, and have it confirmed")),
		},
		{
			"late_involvement", Threat, "stakeholder", "Stakeholders are involved too late",
			"Requirements were written by the project team alone",
			"Departments raise basic objections at acceptance",
			"Rework when it costs most; no ownership",
			signs("A department without a single requirement in its name"),
			suggest(mitigate("Interview every department during initiation and show results at each milestone")),
		},
		{
			"sponsor_leaves", Threat, "stakeholder", "The sponsor leaves or loses interest",
			"The project rests on one executive",
			"Priorities change and decisions are no longer backed",
			"Resources are withdrawn",
			signs("The sponsor misses two steering meetings running"),
			suggest(mitigate("Win a second executive and report benefits in terms of both their goals")),
		},
	}
}

func scopeRisks() []Template {
	return []Template{
		{
			"scope_creep", Threat, "scope", "The scope grows without a decision",
			"Small wishes are taken in on the side",
			"Work is done that was never approved",
			"Time and budget run out for what was agreed",
			signs("Requirements without an approved change"),
			suggest(mitigate("Baseline the scope and let nothing in without a change request and its cost")),
		},
		{
			"unclear_requirements", Threat, "scope", "Requirements are unclear or incomplete",
			"Requirements are wishes in general words",
			"The system is configured for something else than was meant",
			"Acceptance fails; rework",
			signs("Requirements that cannot be tested as written"),
			suggest(mitigate("Give each requirement an acceptance test before it is configured")),
		},
		{
			"vague_objectives", Threat, "benefit", "Success cannot be measured",
			"Objectives are stated without a figure or a date",
			"Nobody can say whether the project has succeeded",
			"Benefits are disputed and funds for the next step refused",
			signs("Objectives without an indicator"),
			suggest(avoid("Restate each objective with indicator, baseline, target and date, or drop it")),
		},
		{
			"benefits_missed", Threat, "benefit", "The benefits do not appear",
			"The project ends at go-live and nobody owns the benefits",
			"Retention, sales or service do not improve as planned",
			"The investment does not pay back",
			signs("Indicators flat three months after go-live"),
			suggest(mitigate("Name an owner for each benefit and review it for a year after go-live")),
		},
	}
}

func systemRisks() []Template {
	return []Template{
		{
			"data_quality", Threat, "data", "The data to migrate are of poor quality",
			"Customer records grew over years in several systems without rules",
			"Duplicates, gaps and stale addresses are carried over",
			"Users distrust the new system from the first day",
			signs("Share of duplicates in a sample above 5 percent"),
			suggest(mitigate("Profile and clean at the source, with an owner for each kind of data"),
				avoid("Leave behind what nobody has used for years")),
		},
		{
			"migration_loss", Threat, "data", "Records are lost or changed in migration",
			"Fields of the old and the new system do not match one to one",
			"Rows are dropped, doubled or cut off",
			"Contracts and histories are wrong; trust and money are lost",
			signs("A trial run that does not reconcile"),
			suggest(mitigate("Reconcile counts, sums and samples after each of three trial runs"),
				mitigate("Keep the old system readable until the migration is accepted")),
		},
		{
			"integration_failure", Threat, "integration", "Integration with other systems fails",
			"Accounting, ERP or the web shop have interfaces that nobody here knows well",
			"Data do not flow, or flow twice",
			"Orders and invoices are wrong; manual work returns",
			signs("No test system of the other side", "Interface specification still changing"),
			suggest(mitigate("Agree interface contracts early and test them end to end with real data"),
				mitigate("Plan a manual procedure for each interface that fails at go-live")),
		},
		{
			"performance", Threat, "technology", "The system is too slow under real load",
			"It was tested with a handful of users and records",
			"Pages take many seconds once everyone works in it",
			"Users turn away from it",
			signs("Response times rising during the pilot"),
			suggest(mitigate("Test with full data and twice the expected users before the pilot")),
		},
		{
			"over_customisation", Threat, "technology", "Customisation makes the system hard to maintain",
			"Every department gets its own fields and flows",
			"Updates of the vendor break what was added",
			"Each release costs a project of its own",
			signs("More custom objects than standard ones"),
			suggest(mitigate("Adapt the process first, configure second, write code last and only with a business case")),
		},
	}
}

func peopleRisks() []Template {
	return []Template{
		{
			"process_misfit", Threat, "organisation", "The system does not fit the way the company works",
			"Processes were not described before the solution was chosen",
			"The system forces detours on daily work",
			"Productivity falls; shadow systems appear",
			signs("Users export to spreadsheets for routine work"),
			suggest(mitigate("Walk through the main processes in the candidate systems before choosing one")),
		},
		{
			"resistance", Threat, "adoption", "Employees resist the change",
			"Reasons and consequences for each role were not explained",
			"People delay, bypass or talk down the new system",
			"Adoption and data lag behind the plan",
			signs("Low attendance at training", "Awareness or desire low in the change survey"),
			suggest(mitigate("Let managers explain what changes for their own people, and answer within a week")),
		},
		{
			"training_gap", Threat, "adoption", "Users are not trained in time",
			"Training is planned at the end, when time is short",
			"Users start without knowing their tasks in the system",
			"Errors and support load in the first weeks",
			signs("Users without a training date four weeks before go-live"),
			suggest(mitigate("Train each group within two weeks before its go-live, and let no one start untrained")),
		},
		{
			"key_person_lost", Threat, "team", "A key person is lost",
			"Knowledge of the old system or the configuration sits in one head",
			"That person leaves, falls ill or is called to other work",
			"Work stops until someone else has learnt it",
			signs("Tasks that only one person can do"),
			suggest(mitigate("Pair a second person with each key role and write down what only one knows")),
		},
		{
			"skills_gap", Threat, "team", "The team lacks skills",
			"The product is new to the team",
			"Configuration and integration are learnt on the job",
			"Slow progress and rework",
			signs("Velocity below half of the estimate in the first month"),
			suggest(mitigate("Train the team before execution"), transfer("Have a certified partner build the first release and hand over")),
		},
		{
			"support_gap", Threat, "organisation", "Nobody supports the system after hand-over",
			"The project team dissolves at go-live",
			"Questions and faults stay unanswered",
			"Satisfaction and use decline",
			signs("No named support team at the last gate before closure"),
			suggest(mitigate("Train the support team during the pilot and hand over by a checklist")),
		},
	}
}

func supplyRisks() []Template {
	return []Template{
		{
			"supplier_failure", Threat, "supplier", "The vendor or partner does not deliver",
			"The project depends on one supplier's people and road map",
			"Deliveries are late, or the product changes course",
			"Delay; in the worst case a change of product",
			signs("Consultants exchanged repeatedly", "Promised features moved to a later release"),
			suggest(transfer("Agree penalties and exit rights in the contract"),
				mitigate("Rely only on features that exist today")),
		},
		{
			"licence_growth", Threat, "supplier", "Licence costs grow with use",
			"Prices are per user, per record or per call",
			"Use grows faster than assumed",
			"Running costs eat up the benefits",
			signs("Storage or call volume above plan in the pilot"),
			suggest(transfer("Fix prices for the expected growth over the term of the contract")),
		},
		{
			"privacy_breach", Threat, "security", "Personal data are disclosed",
			"All customer data come together in one system with many users",
			"Data are leaked, or processed without a legal basis",
			"Fines, claims and loss of trust",
			signs("Exports of whole tables", "Test systems with real customer data"),
			suggest(mitigate("Assess data protection before migration and mask data in test systems"),
				transfer("Insure against liability from data breaches")),
		},
		{
			"excessive_access", Threat, "security", "Users can see or change more than they should",
			"Roles were copied from the administrator's to save time",
			"Data are changed or taken by people who should not reach them",
			"Data integrity is lost; internal rules are broken",
			signs("More than a handful of administrators"),
			suggest(mitigate("Grant by role, review every quarter, and test what each role cannot do")),
		},
	}
}

func opportunities() []Template {
	return []Template{
		{
			"simpler_processes", Opportunity, "organisation", "Processes become simpler than planned",
			"Each process is looked at before it is configured",
			"Steps and forms turn out to be needless and are dropped",
			"Less to configure, train and maintain",
			nil,
			suggest(enhance("Ask of each step who would miss it before it is configured")),
		},
		{
			"pilot_as_example", Opportunity, "adoption", "The pilot group wins over the others",
			"The pilot users are respected by their colleagues",
			"They show the system to others of their own accord",
			"Adoption runs ahead of plan",
			nil,
			suggest(exploit("Choose pilot users whom others ask for advice, and give them time to show it"),
				share("Let departments take part in what faster adoption saves")),
		},
	}
}

func signs(texts ...string) []string { return texts }

func suggest(all ...Suggestion) []Suggestion { return all }

func avoid(action string) Suggestion    { return Suggestion{Avoid, action} }
func transfer(action string) Suggestion { return Suggestion{Transfer, action} }
func mitigate(action string) Suggestion { return Suggestion{Mitigate, action} }
func escalate(action string) Suggestion { return Suggestion{Escalate, action} }
func exploit(action string) Suggestion  { return Suggestion{Exploit, action} }
func share(action string) Suggestion    { return Suggestion{Share, action} }
func enhance(action string) Suggestion  { return Suggestion{Enhance, action} }
