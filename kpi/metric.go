package kpi

import (
	"cmp"
	"slices"
	"strings"
)

// A Metric is an indicator with one definition: what a number in a report means,
// how it is computed, and what is needed to compute it.
type Metric struct {
	Code     string   `json:"code"` // stable, such as "retention_rate"
	Name     string   `json:"name"`
	Formula  string   `json:"formula"` // in words and symbols
	Unit     Unit     `json:"unit"`
	Polarity Polarity `json:"polarity,omitzero"`
	Needs    []string `json:"needs"`             // the data it is computed from
	Package  string   `json:"package,omitempty"` // the package of the library that computes it; empty: it is measured elsewhere
	Items    []string `json:"items,omitempty"`   // codes of the mission items it serves, such as "KP-02"
}

// Catalogue returns every indicator that the library has a definition of, by
// code. Targets refer to metrics by code; a project may measure others too, but
// then nobody but the project knows what the number means. The slice is the
// caller's.
func Catalogue() []Metric {
	all := slices.Concat(customerMetrics(), revenueMetrics(), salesMetrics(), serviceMetrics(), adoptionMetrics(), projectMetrics())
	slices.SortFunc(all, func(a, b Metric) int { return cmp.Compare(a.Code, b.Code) })
	return all
}

// Find returns the metric of the catalogue with the given code.
func Find(code string) (Metric, bool) {
	for _, m := range Catalogue() {
		if m.Code == code {
			return m, true
		}
	}
	return Metric{}, false
}

// FindByName returns the metric of the catalogue that people mean by a name such
// as "Churn rate" or "customer churn rate": case, spaces and hyphens do not
// matter, nor does a leading "customer".
func FindByName(name string) (Metric, bool) {
	key := nameKey(name)
	for _, m := range Catalogue() {
		if nameKey(m.Name) == key || nameKey(m.Code) == key {
			return m, true
		}
	}
	return Metric{}, false
}

func nameKey(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == '\t' })
	if len(words) > 1 && words[0] == "customer" {
		words = words[1:]
	}
	return strings.Join(words, " ")
}
