package audit

import (
	"errors"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// relay says to a reporter what came of another rule.
func relay(o verdict.Outcome, findings []verdict.Finding, path func(string) string, r *verdict.Reporter) {
	for _, f := range findings {
		r.Find(path(f.Subject), f.Message, f.Remedy, f.Evidence...)
	}
	switch o.Status {
	case verdict.Unassessed:
		r.Unassessed(o.Reason)
	case verdict.NotApplicable:
		r.NotApplicable(o.Reason)
	case verdict.Failed:
		r.Fail(errors.New(o.Reason))
	default: // met, or not met: the findings have said it
	}
}
