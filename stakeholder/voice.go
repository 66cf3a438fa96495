package stakeholder

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Voice is something that stakeholders said, as the log of contacts has it.
type Voice struct {
	On           calendar.Date `json:"on"`
	Stakeholders []string      `json:"stakeholders"` // ids, in the order of the register
	Asked        bool          `json:"asked"`        // the contact was to hear them: it carries feedback
	Text         string        `json:"text"`
}

// Voices returns what stakeholders of a class said from the first day to the
// last, by date: what customers say belongs in the evaluation of the project.
func (r Register) Voices(class Class, first, last calendar.Date) []Voice {
	x := r.roll()
	var all []Voice
	for _, c := range r.sent(last) {
		who := slices.DeleteFunc(slices.Clone(x.got(c)), func(i int) bool { return r.Stakeholders[i].Class != class })
		if c.On >= first && c.Response != "" && len(who) > 0 {
			all = append(all, Voice{c.On, x.names(who), slices.Contains(c.Content, Feedback), c.Response})
		}
	}
	return all
}
