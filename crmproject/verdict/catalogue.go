package verdict

import (
	"cmp"
	"slices"
)

// A Catalogue is the documentation of rules, made from the rules themselves.
type Catalogue []Entry

// CatalogueOf returns the catalogue of the rules, by code.
func CatalogueOf[F any](rules ...Rule[F]) Catalogue {
	c := make(Catalogue, len(rules))
	for i, rule := range rules {
		c[i] = rule.Entry()
	}
	c.sort()
	return c
}

// With returns one catalogue of both, by code.
func (c Catalogue) With(other Catalogue) Catalogue {
	all := slices.Concat(c, other)
	all.sort()
	return all
}

func (c Catalogue) sort() {
	slices.SortStableFunc(c, func(a, b Entry) int { return cmp.Compare(a.Code, b.Code) })
}

// Lookup returns the entry with the given code.
func (c Catalogue) Lookup(code Code) (Entry, bool) {
	i := slices.IndexFunc(c, func(e Entry) bool { return e.Code == code })
	if i < 0 {
		return Entry{}, false
	}
	return c[i], true
}

// Validate reports every fault of the catalogue: a code that is malformed or
// used twice, a rule without title, reason or severity.
func (c Catalogue) Validate() error {
	var faults Faults
	seen := map[Code]bool{}
	for _, e := range c {
		at := Key("rules", string(e.Code))
		if !e.Code.IsValid() {
			faults.Addf(at+".code", "%w code %s", ErrInvalid, Quote(string(e.Code)))
		}
		if seen[e.Code] {
			faults.Duplicate(at+".code", string(e.Code))
		}
		seen[e.Code] = true
		if e.Title == "" {
			faults.Missing(at + ".title")
		}
		if e.Why == "" {
			faults.Missing(at + ".why")
		}
		if !e.Severity.IsValid() {
			faults.Missing(at + ".severity")
		}
	}
	return faults.Err()
}
