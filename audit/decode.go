package audit

import (
	"encoding/json"
	"errors"

	"github.com/crmrollout/crm/audit/internal/strict"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Decode reads a dossier, strictly, and validates it. Nothing in the document is
// passed over: unknown fields, duplicate keys and values of the wrong type are
// faults, and so is whatever [Dossier.Validate] finds. All faults are reported at
// once, each with its path; those of the document itself also tell line and
// column. A document with values that cannot be read is not validated further,
// since what is not there cannot be referred to.
//
// The error takes apart with [verdict.FaultsOf]. Every fault wraps [ErrSchema], one
// of the sentinels of package verdict, or an error of the type that refused the
// value. On error there is no dossier.
func Decode(data []byte) (*Dossier, error) {
	d := new(Dossier)
	var faults verdict.Faults
	if err := strict.Unmarshal(data, d); err != nil {
		readable := located(err, &faults)
		if !readable || json.Unmarshal(data, d) != nil {
			return nil, faults.Err()
		}
	}
	faults.Add("", d.Validate())
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return d, nil
}

// located takes over the faults of the document. It reports whether only unknown
// fields were found, so that the rest can be validated all the same.
func located(err error, faults *verdict.Faults) (readable bool) {
	var found *strict.Faults
	if !errors.As(err, &found) {
		faults.Add("", err)
		return false
	}
	readable = found.More == 0
	for _, f := range found.List {
		faults.Addf(f.Path, "%w (line %d, column %d)", misread{f.Err}, f.Line, f.Column)
		readable = readable && errors.Is(f.Err, strict.ErrUnknownField)
	}
	if found.More > 0 {
		faults.Addf("", "and %d more faults", found.More)
	}
	return readable
}

// A misread is a fault of the document, under the sentinel of package verdict that
// it comes to.
type misread struct{ error }

// Unwrap returns the fault and its sentinel; an error of the type that refused the
// value has its own.
func (m misread) Unwrap() []error {
	for _, k := range []struct{ kind, sentinel error }{
		{strict.ErrUnknownField, verdict.ErrUnknown}, {strict.ErrDuplicateKey, verdict.ErrDuplicate}, {strict.ErrRange, verdict.ErrRange},
		{strict.ErrType, verdict.ErrInvalid}, {strict.ErrNull, verdict.ErrInvalid}, {strict.ErrLength, verdict.ErrInvalid},
		{strict.ErrSyntax, verdict.ErrInvalid}, {strict.ErrEncoding, verdict.ErrInvalid},
		{strict.ErrDepth, verdict.ErrInvalid}, {strict.ErrTrailing, verdict.ErrInvalid},
	} {
		if errors.Is(m.error, k.kind) {
			return []error{m.error, k.sentinel}
		}
	}
	return []error{m.error}
}
