package scope

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// An ItemRef names an item of a component. Its text and JSON form is
// "component.item", such as "scope.functionalities>=1". The zero ItemRef names
// nothing; its text is empty.
type ItemRef struct {
	Component Component
	Name      string
}

// maxItemName is the length that the name of an item may have, in bytes.
const maxItemName = 200

// ParseItemRef reads the text form. The component is one of the nine words, the
// name is what follows the first point: see [ItemRef.IsValid]. The error wraps
// one of the sentinels of package verdict.
func ParseItemRef(text string) (ItemRef, error) {
	component, name, found := strings.Cut(text, ".")
	if !found {
		return ItemRef{}, fmt.Errorf("scope: item %s: %w, want component.item", verdict.Quote(text), verdict.ErrInvalid)
	}
	c, err := ParseComponent(component)
	if err != nil {
		return ItemRef{}, fmt.Errorf("scope: item %s: %w", verdict.Quote(text), err)
	}
	ref := ItemRef{c, name}
	if !ref.IsValid() {
		return ItemRef{}, fmt.Errorf("scope: item %s: %w name", verdict.Quote(text), verdict.ErrInvalid)
	}
	return ref, nil
}

// IsValid reports whether the component is one of the nine, and the name is
// printable UTF-8 of 1 to 200 bytes without white space at its ends.
func (r ItemRef) IsValid() bool {
	return r.Component.IsValid() && r.Name != "" && len(r.Name) <= maxItemName && utf8.ValidString(r.Name) &&
		strings.TrimSpace(r.Name) == r.Name &&
		!strings.ContainsFunc(r.Name, func(c rune) bool { return !unicode.IsPrint(c) })
}

// String returns the text form.
func (r ItemRef) String() string {
	if r == (ItemRef{}) {
		return ""
	}
	return r.Component.String() + "." + r.Name
}

// AppendText appends the text form to b; a reference that is neither valid nor
// zero is an error.
func (r ItemRef) AppendText(b []byte) ([]byte, error) {
	if r != (ItemRef{}) && !r.IsValid() {
		return b, fmt.Errorf("scope: item %s: %w", verdict.Quote(r.String()), verdict.ErrInvalid)
	}
	return append(b, r.String()...), nil
}

// MarshalText returns the text form.
func (r ItemRef) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads the text form, the zero ItemRef from the empty text; r is
// unchanged on error.
func (r *ItemRef) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = ItemRef{}
		return nil
	}
	parsed, err := ParseItemRef(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}
