package money

// Style says how [Amount.Format] writes an amount for people. The zero Style writes "1,234,567.50 EUR".
//
// The two marks are used as they are. Nothing hinders a caller from choosing marks that mislead (the same for both, or
// digits); what Format writes is for reading by people and never for [Parse].
type Style struct {
	Group   string `json:"group,omitempty"`   // between thousands; empty means ","
	Decimal string `json:"decimal,omitempty"` // before the decimals; empty means "."
}

// Format returns a for people, with its thousands parted: "-1,234,567.50 EUR". The same amount and style always give the
// same text; there is no locale. With Style{Group: " ", Decimal: ","} it reads "-1 234 567,50 EUR". For a text without
// grouping, and for a machine, use [Amount.String].
func (a Amount) Format(s Style) string {
	if !a.IsValid() {
		return a.String()
	}
	if s.Group == "" {
		s.Group = ","
	}
	if s.Decimal == "" {
		s.Decimal = "."
	}
	return string(a.appendTo(make([]byte, 0, 40), s.Group, s.Decimal))
}
