package scope

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// The want functions record a fault unless the value is given and sound; the
// may functions let it be left out.

func blank(s string) bool { return strings.TrimSpace(s) == "" }

func wantText(f *verdict.Faults, at, s string) {
	if blank(s) {
		f.Missing(at)
	}
}

// wantTexts also records texts that come twice.
func wantTexts(f *verdict.Faults, at string, list []string) {
	for i, s := range list {
		wantText(f, verdict.At(at, i), s)
		if !blank(s) && slices.Contains(list[:i], s) {
			f.Duplicate(verdict.At(at, i), s)
		}
	}
}

func wantDate(f *verdict.Faults, at string, d calendar.Date) {
	if d == 0 {
		f.Missing(at)
	}
	mayDate(f, at, d)
}

func mayDate(f *verdict.Faults, at string, d calendar.Date) {
	if d != 0 && !d.IsValid() {
		f.Addf(at, "%w: day %d", verdict.ErrRange, int32(d))
	}
}

func wantWord[T interface {
	~uint8
	fmt.Stringer
}](f *verdict.Faults, at string, v T, valid bool) {
	if v == 0 {
		f.Missing(at)
		return
	}
	mayWord(f, at, v, valid)
}

func mayWord[T interface {
	~uint8
	fmt.Stringer
}](f *verdict.Faults, at string, v T, valid bool) {
	if v != 0 && !valid {
		f.Unknown(at, v.String())
	}
}

func wantCount(f *verdict.Faults, at string, n int) {
	if n < 0 {
		f.Addf(at, "%w: %d is negative", verdict.ErrRange, n)
	}
}

// mayShare records a ratio that is neither left out nor a number from 0 to 1.
func mayShare(f *verdict.Faults, at string, r ratio.Ratio) {
	switch {
	case r.IsZero():
	case !r.Defined():
		f.Add(at, r.Err())
	case r.Sign() < 0, ratio.Int(1).Less(r):
		f.Addf(at, "%w: %s, want 0 to 1", verdict.ErrRange, r)
	}
}

// mayRefer records the references of a list that name nothing or come twice.
func mayRefer(f *verdict.Faults, at string, list []string, known map[string]bool) {
	for i, id := range list {
		switch {
		case !known[id]:
			f.Unknown(verdict.At(at, i), id)
		case slices.Contains(list[:i], id):
			f.Duplicate(verdict.At(at, i), id)
		}
	}
}

// idsOf returns the set of the ids of a list.
func idsOf[T any](list []T, id func(T) string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, x := range list {
		set[id(x)] = true
	}
	return set
}

// pick returns the elements that ok accepts, nil if there are none.
func pick[T any](list []T, ok func(T) bool) []T {
	var picked []T
	for _, x := range list {
		if ok(x) {
			picked = append(picked, x)
		}
	}
	return picked
}
