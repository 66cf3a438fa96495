package stakeholder

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func planRules() []rule {
	return []rule{
		{
			Code: "STAKE-301", Severity: verdict.Major, Check: checkContents,
			Title: "The communication plan carries progress, changes, risks and issues",
			Why:   "News that nobody has planned to send reaches stakeholders as rumour.",
		},
		{
			Code: "STAKE-302", Severity: verdict.Major, Check: checkOwners,
			Title: "Each communication has an owner",
			Why:   "A message that is everybody's business is sent by nobody.",
		},
		{
			Code: "STAKE-303", Severity: verdict.Minor, Check: checkComplete,
			Title: "Each communication states its purpose, content, channel and level of detail",
			Why:   "Without a purpose a message cannot be short; without a channel it is sent where it is not read.",
		},
		{
			Code: "STAKE-304", Severity: verdict.Major, Check: checkPowerfulReached,
			Title: "Powerful stakeholders are told of the project regularly",
			Why:   "Who can stop the project and hears of it only by chance will stop it at the first surprise.",
		},
		{
			Code: "STAKE-305", Severity: verdict.Minor, Check: checkAllReached,
			Title: "The communication plan reaches every stakeholder who is not merely watched",
			Why:   "Who is not told is not engaged.",
		},
		{
			Code: "STAKE-306", Severity: verdict.Minor, Check: checkReachesSomeone,
			Title: "Each communication reaches somebody",
			Why:   "A report without readers costs its author the time that others need.",
		},
		{
			Code: "STAKE-307", Severity: verdict.Minor, Check: checkExecutives,
			Title: "Executives are given key points",
			Why:   "Executives decide on the few points that matter; in a long text they miss them.",
		},
		{
			Code: "STAKE-308", Severity: verdict.Minor, Check: checkTeamDetail,
			Title: "Team members are given detail and context",
			Why:   "Who does the work on key points alone fills the gaps with guesses.",
		},
		{
			Code: "STAKE-309", Severity: verdict.Info, Check: checkPreferred,
			Title: "A channel that suits the stakeholder is used",
			Why:   "The best message is lost on a channel that its reader does not use.",
		},
		{
			Code: "STAKE-310", Severity: verdict.Minor, Check: checkFeedback,
			Title: "Customers are asked for their feedback",
			Why:   "The result is judged by customers; their voice belongs in the evaluation, not after it.",
		},
		{
			Code: "STAKE-311", Severity: verdict.Minor, Check: checkProtocol,
			Title: "Progress is reported by an agreed protocol",
			Why:   "Reports of changing form cannot be compared, and what is late in one is missing from the next.",
		},
	}
}

func checkContents(f Facts, r reporter) {
	for _, content := range []Content{Progress, Changes, Risks, Issues} {
		carried := slices.ContainsFunc(f.Register.Plan, func(c Communication) bool { return c.Carries(content) })
		if !carried {
			r.Find("plan", fmt.Sprintf("No communication carries %s.", content),
				"Add this kind of news to a communication, or plan one for it.")
		}
	}
}

func checkOwners(f Facts, r reporter) {
	f.communications(r, func(at string, _ int, c Communication) {
		if tidy(c.Owner) == "" {
			r.Find(at+".owner", fmt.Sprintf("Nobody owns the communication %s.", verdict.Quote(c.ID)), "Name who sends it.")
		}
	})
}

func checkComplete(f Facts, r reporter) {
	f.communications(r, func(at string, _ int, c Communication) {
		for _, part := range []struct {
			path, what string
			missing    bool
		}{
			{".purpose", "purpose", tidy(c.Purpose) == ""},
			{".content", "content", len(c.Content) == 0},
			{".channels", "channel", len(c.Channels) == 0},
			{".detail", "level of detail", c.Detail == 0},
		} {
			if part.missing {
				r.Find(at+part.path, fmt.Sprintf("The communication %s has no %s.", verdict.Quote(c.ID), part.what),
					"State it in the plan.")
			}
		}
	})
}

// rhythmic returns which stakeholders the plan reaches at all, and which of
// them again and again.
func (x roll) rhythmic() (once, regularly []bool) {
	once, regularly = make([]bool, len(x.Stakeholders)), make([]bool, len(x.Stakeholders))
	for i, c := range x.Plan {
		for _, who := range x.reached[i] {
			once[who] = true
			regularly[who] = regularly[who] || c.Rhythm.Every.IsValid()
		}
	}
	return once, regularly
}

func checkPowerfulReached(f Facts, r reporter) {
	_, regularly := f.Register.roll().rhythmic()
	for i, s := range f.Register.Stakeholders {
		if f.Register.Powerful(s) && !regularly[i] {
			r.Find(verdict.Key("stakeholders", s.ID),
				label(s)+" has power, and no communication reaches them regularly.",
				"Plan a communication with a rhythm for them, or add them to one.")
		}
	}
}

func checkAllReached(f Facts, r reporter) {
	once, _ := f.Register.roll().rhythmic()
	for i, s := range f.Register.Stakeholders {
		q, placed := f.Register.Grid.Quadrant(s.Position)
		if !once[i] && !f.Register.Powerful(s) && !(placed && q == Monitor) {
			r.Find(verdict.Key("stakeholders", s.ID), fmt.Sprintf("No communication reaches %s.", label(s)),
				"Add them to the audience of a communication.")
		}
	}
}

func checkReachesSomeone(f Facts, r reporter) {
	x := f.Register.roll()
	f.communications(r, func(at string, i int, c Communication) {
		if len(x.reached[i]) == 0 {
			r.Find(at+".audience", fmt.Sprintf("The audience of the communication %s is empty.", verdict.Quote(c.ID)),
				"Add the stakeholders it is meant for to the register, or drop it.")
		}
	})
}

func checkExecutives(f Facts, r reporter) {
	f.checkDetail(r, DetailAndContext, "executives", "gives detail and context to",
		"Send them the key points, in a communication of their own if others need the detail.",
		func(s Stakeholder) bool { return s.Class.Detail() == KeyPoints })
}

func checkTeamDetail(f Facts, r reporter) {
	team := make(map[string]bool, len(f.Team))
	for _, seat := range f.Team {
		team[seat.Stakeholder] = seat.Stakeholder != ""
	}
	f.checkDetail(r, KeyPoints, "team members", "gives only key points to",
		"Send them detail and context, in a communication of their own if others need the key points.",
		func(s Stakeholder) bool { return team[s.ID] && s.Class.Detail() == DetailAndContext })
}

// checkDetail finds communications that give the wrong level of detail to
// stakeholders of a kind.
func (f Facts) checkDetail(r reporter, wrong Detail, who, gives, remedy string, is func(Stakeholder) bool) {
	if !slices.ContainsFunc(f.Register.Stakeholders, is) {
		r.NotApplicable("no " + who + " are among the stakeholders")
		return
	}
	x := f.Register.roll()
	f.communications(r, func(at string, i int, c Communication) {
		var names []string
		for _, k := range x.reached[i] {
			if is(x.Stakeholders[k]) {
				names = append(names, x.Stakeholders[k].Name)
			}
		}
		if c.Detail == wrong && len(names) > 0 {
			r.Find(at+".detail", fmt.Sprintf("The communication %s %s %s: %s.", verdict.Quote(c.ID), gives, who, list(names)), remedy)
		}
	})
}

func checkPreferred(f Facts, r reporter) {
	x := f.Register.roll()
	used := make([][]Channel, len(x.Stakeholders))
	for i, c := range x.Plan {
		for _, who := range x.reached[i] {
			used[who] = append(used[who], c.Channels...)
		}
	}
	for i, s := range x.Stakeholders {
		suits := slices.ContainsFunc(used[i], func(c Channel) bool { return slices.Contains(s.Prefers, c) })
		if len(s.Prefers) > 0 && len(used[i]) > 0 && !suits {
			r.Find(verdict.Key("stakeholders", s.ID)+".prefers", fmt.Sprintf("%s prefers %s, and no communication uses it.",
				label(s), s.Prefers[0]), "Use the channel for one of the communications, or ask whether another will do.")
		}
	}
}

func checkFeedback(f Facts, r reporter) {
	if !f.has(Customers) {
		r.NotApplicable("no customers are among the stakeholders")
		return
	}
	x := f.Register.roll()
	for i, c := range x.Plan {
		for _, who := range x.reached[i] {
			if c.Carries(Feedback) && x.Stakeholders[who].Class == Customers {
				return
			}
		}
	}
	r.Find("plan", "No communication asks customers for their feedback.",
		"Plan when and how customers are heard, and take what they say into the evaluation.")
}

func checkProtocol(f Facts, r reporter) {
	reports := 0
	for _, c := range f.Register.Plan {
		if !c.Carries(Progress) {
			continue
		}
		if tidy(c.Protocol) != "" {
			return
		}
		reports++
	}
	if reports == 0 {
		r.NotApplicable("no communication carries progress")
		return
	}
	r.Find("plan", fmt.Sprintf("Progress is reported in %s, and none says by what protocol.", plural(reports, "communication")),
		"Agree on what a report holds, how it is written, and to whom trouble is escalated.")
}
