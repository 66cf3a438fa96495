package risk

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// Candidates returns the entries of a catalogue that the register has not dealt
// with by asOf: no risk was raised from them or bears their title, and the plan
// has not set them aside. Ask them in a workshop: what of these could happen to
// us (RI-02)?
func (r Register) Candidates(asOf calendar.Date, catalogue []Template) []Template {
	dealt := map[string]bool{}
	for _, risk := range r.Risks {
		if risk.Raised <= asOf {
			dealt[risk.Origin] = true
			dealt["title: "+normal(risk.Title)] = true
		}
	}
	for _, s := range r.Plan.SetAside {
		dealt[s.Entry] = true
	}
	var left []Template
	for _, t := range catalogue {
		if !dealt[t.ID] && !dealt["title: "+normal(t.Title)] {
			left = append(left, t)
		}
	}
	return left
}

// An Idea is what someone called out in a brainstorming: a possible risk in a
// few words.
type Idea struct {
	By       string `json:"by,omitempty"`
	Text     string `json:"text"`
	Kind     Kind   `json:"kind,omitzero"` // zero: a threat
	Category string `json:"category,omitempty"`
}

// A Topic is ideas that say the same.
type Topic struct {
	Text     string   `json:"text"` // as first said
	Kind     Kind     `json:"kind"`
	Category string   `json:"category,omitempty"` // the first that was given
	By       []string `json:"by,omitempty"`       // who said so, each once, in the order of speaking
	Known    []string `json:"known,omitempty"`    // ids of risks in the register that say it already
}

// Gather sorts the ideas of a brainstorming into topics. Ideas that differ only
// in case, punctuation or spacing are one topic; nothing cleverer is tried, for
// merging two risks is a decision. Topics that most people named come first,
// then those named earlier. Ideas without a word are left out (RI-02).
func (r Register) Gather(ideas ...Idea) []Topic {
	at := map[string]int{}
	var topics []Topic
	for _, idea := range ideas {
		idea.Kind = cmp.Or(idea.Kind, Threat)
		words := normal(idea.Text)
		if words == "" {
			continue
		}
		key := idea.Kind.String() + " " + words
		i, seen := at[key]
		if !seen {
			i = len(topics)
			at[key] = i
			topics = append(topics, Topic{Text: idea.Text, Kind: idea.Kind, Known: r.saying(idea.Kind, words)})
		}
		topics[i] = topics[i].with(idea)
	}
	slices.SortStableFunc(topics, func(a, b Topic) int { return cmp.Compare(len(b.By), len(a.By)) })
	return topics
}

// with returns the topic with one more idea that says the same.
func (t Topic) with(idea Idea) Topic {
	t.Category = cmp.Or(t.Category, idea.Category)
	if idea.By != "" && !slices.Contains(t.By, idea.By) {
		t.By = append(t.By, idea.By)
	}
	return t
}

// Risk returns a risk made from the topic.
func (t Topic) Risk(id string, raised calendar.Date) Risk {
	return Risk{ID: id, Title: t.Text, Kind: t.Kind, Category: t.Category, Event: t.Text, Raised: raised}
}

// saying returns the ids of the risks whose title or event is made of the given
// words.
func (r Register) saying(k Kind, words string) []string {
	var ids []string
	for _, risk := range r.Risks {
		if risk.Kind == k && (normal(risk.Title) == words || normal(risk.Event) == words) {
			ids = append(ids, risk.ID)
		}
	}
	return ids
}
