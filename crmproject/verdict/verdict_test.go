package verdict_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(string(want), string(got)))
}

// sample exercises everything that a report can hold.
func sample() verdict.Report {
	type facts struct{}
	rule := func(code verdict.Code, s verdict.Severity, check func(facts, *verdict.Reporter)) verdict.Rule[facts] {
		return verdict.Rule[facts]{Code: code, Title: "Title of " + string(code), Why: "Why " + string(code) + " matters.", Severity: s, Check: check}
	}
	return verdict.Run(facts{},
		rule("RISK-002", verdict.Minor, func(_ facts, r *verdict.Reporter) {
			r.Find("risks[R-2]", "Two | bars and `ticks`\nand a line.", "Mend *it*.", "evidence <b>", "more")
			r.Find("risks[R-1]", "First by subject.", "")
		}),
		rule("RISK-001", verdict.Critical, func(_ facts, r *verdict.Reporter) {
			r.Find("risks[R-9].owner", "No owner.", "Name one.")
		}),
		rule("SCOPE-001", verdict.Major, func(facts, *verdict.Reporter) {}),
		rule("SCOPE-002", verdict.Major, func(_ facts, r *verdict.Reporter) { r.Unassessed("no requirements yet") }),
		rule("SCOPE-003", verdict.Minor, func(_ facts, r *verdict.Reporter) { r.NotApplicable("no data to migrate") }),
		rule("SCOPE-004", verdict.Info, func(_ facts, r *verdict.Reporter) { r.Fail(errors.New("catalogue is empty")) }),
		rule("SCOPE-005", verdict.Info, func(_ facts, r *verdict.Reporter) { r.Find("", "For your information.", "") }),
	).Waive(calendar.MustParse("2027-03-01"),
		verdict.Waiver{Code: "RISK-002", Subject: "risks[R-1]", By: "Sponsor", Reason: "small", From: calendar.MustParse("2027-03-01"), Until: calendar.MustParse("2027-03-01")},
		verdict.Waiver{Code: "RISK-001", By: "Sponsor", Reason: "late", From: calendar.MustParse("2027-01-01"), Until: calendar.MustParse("2027-02-28")},
		verdict.Waiver{Code: "RISK-001", By: "", Reason: "nobody", From: calendar.MustParse("2027-01-01"), Until: calendar.MustParse("2027-12-31")},
		verdict.Waiver{Code: "SCOPE-001", By: "PMO", Reason: "idle", From: calendar.MustParse("2027-01-01"), Until: calendar.MustParse("2027-12-31")},
		verdict.Waiver{Code: "SCOPE-001", By: "PMO", Reason: "later", From: calendar.MustParse("2027-04-01"), Until: calendar.MustParse("2027-12-31")},
	)
}

func TestReportOrder(t *testing.T) {
	r := sample()
	require.True(t, slices.IsSortedFunc(r.Outcomes, func(a, b verdict.Outcome) int { return strings.Compare(string(a.Code), string(b.Code)) }))
	var got []string
	for _, f := range r.Findings {
		got = append(got, fmt.Sprintf("%s %s %s %t", f.Severity, f.Code, f.Subject, f.Open()))
	}
	require.Equal(t, []string{
		"critical RISK-001 risks[R-9].owner true",
		"minor RISK-002 risks[R-1] false",
		"minor RISK-002 risks[R-2] true",
		"info SCOPE-005  true",
	}, got)
	var states []string
	for _, w := range r.Waivers {
		states = append(states, fmt.Sprintf("%s %d", w.State, w.Findings))
	}
	require.Equal(t, []string{"effective 1", "expired 1", "invalid 1", "idle 0", "pending 0"}, states)
}

func TestGoldenRenderings(t *testing.T) {
	r := sample()
	golden(t, "report.md", []byte(r.Markdown()))
	sarif, err := r.SARIF(verdict.SARIFOptions{Version: "1.0.0", InformationURI: "https://example.org/crm", Artifact: "project.json"})
	require.NoError(t, err)
	golden(t, "report.sarif", sarif)
	plain, err := verdict.Run(struct{}{}).SARIF(verdict.SARIFOptions{})
	require.NoError(t, err)
	golden(t, "empty.sarif", plain)
	require.Equal(t, "**No findings.** No rule applies.\n", verdict.Run(struct{}{}).Markdown())
}

func TestSARIFOfForeignFinding(t *testing.T) {
	r := verdict.Report{Findings: []verdict.Finding{{Code: "OWN-001", Severity: verdict.Info, Message: "kept"}}}
	b, err := r.SARIF(verdict.SARIFOptions{Tool: "mine"})
	require.NoError(t, err)
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleIndex int
				Locations []any
			}
		}
	}
	require.NoError(t, json.Unmarshal(b, &log))
	require.Equal(t, "mine", log.Runs[0].Tool.Driver.Name)
	require.Equal(t, "OWN-001", log.Runs[0].Tool.Driver.Rules[log.Runs[0].Results[0].RuleIndex].ID)
	require.Empty(t, log.Runs[0].Results[0].Locations)
}

func TestReportJSONRoundTrip(t *testing.T) {
	want := sample()
	b, err := json.Marshal(want)
	require.NoError(t, err)
	var got verdict.Report
	require.NoError(t, json.Unmarshal(b, &got))
	require.Empty(t, cmp.Diff(want, got))
}

func TestFilters(t *testing.T) {
	r := sample()
	require.Len(t, r.AtLeast(verdict.Minor).Findings, 3)
	require.Len(t, r.Open().Findings, 3)
	require.Len(t, r.Below("risks").Findings, 3)
	require.Len(t, r.Below("risks[R-9]").Findings, 1)
	require.Empty(t, r.Below("ris").Findings, "a prefix of a word is not a path above it")
	require.Len(t, r.Below("").Findings, 4)
	require.Equal(t, verdict.Critical, r.Worst())
	require.Zero(t, verdict.Report{}.Worst())
	require.Equal(t, 2, r.Count(verdict.Minor))
	o, ok := r.Outcome("SCOPE-002")
	require.True(t, ok)
	require.Equal(t, verdict.Unassessed, o.Status)
	_, ok = r.Outcome("SCOPE-999")
	require.False(t, ok)
	var subjects []string
	for _, g := range r.BySubject() {
		subjects = append(subjects, g.Subject)
		require.NotEmpty(t, g.Findings)
	}
	require.Equal(t, []string{"", "risks[R-1]", "risks[R-2]", "risks[R-9].owner"}, subjects)
	merged := verdict.Merge(r, r)
	require.Len(t, merged.Findings, 2*len(r.Findings))
	require.Len(t, merged.Waivers, 2*len(r.Waivers))
}

func TestScore(t *testing.T) {
	r := sample()
	// Critical 9 not met, major 3 met and 3 unassessed, minor 1 not met; the
	// minor that does not apply and the infos do not count.
	require.Equal(t, ratio.New(3, 16), r.Score(verdict.Weights{}))
	require.Equal(t, ratio.New(1, 3), r.Score(verdict.Weights{Major: 1, Info: 0, Minor: 1}))
	require.Equal(t, ratio.Undefined("no rule applies"), r.Score(verdict.Weights{Info: -1}))
	require.Equal(t, ratio.Undefined("no rule applies"), verdict.Report{}.Score(verdict.Weights{}))
}

func TestStatusOfARule(t *testing.T) {
	oops := errors.New("oops")
	for name, c := range map[string]struct {
		check  func(struct{}, *verdict.Reporter)
		want   verdict.Status
		reason string
	}{
		"silent":                {func(struct{}, *verdict.Reporter) {}, verdict.Met, ""},
		"found":                 {func(_ struct{}, r *verdict.Reporter) { r.Find("a", "b", "c") }, verdict.NotMet, ""},
		"unassessed":            {func(_ struct{}, r *verdict.Reporter) { r.Unassessed("x"); r.Unassessed("y") }, verdict.Unassessed, "x"},
		"not applicable":        {func(_ struct{}, r *verdict.Reporter) { r.NotApplicable("x") }, verdict.NotApplicable, "x"},
		"n/a then unassessed":   {func(_ struct{}, r *verdict.Reporter) { r.NotApplicable("x"); r.Unassessed("y") }, verdict.Unassessed, "y"},
		"failed beats findings": {func(_ struct{}, r *verdict.Reporter) { r.Find("a", "b", "c"); r.Fail(oops); r.Unassessed("y") }, verdict.Failed, "oops"},
		"findings beat n/a":     {func(_ struct{}, r *verdict.Reporter) { r.Find("a", "b", "c"); r.NotApplicable("x") }, verdict.NotMet, "x"},
		"no check":              {nil, verdict.Failed, "rule OWN-001 has no check"},
	} {
		t.Run(name, func(t *testing.T) {
			rule := verdict.Rule[struct{}]{Code: "OWN-001", Check: c.check}
			o, _ := rule.Run(struct{}{})
			require.Equal(t, c.want, o.Status)
			require.Equal(t, c.reason, o.Reason)
			require.Equal(t, c.want == verdict.Met || c.want == verdict.NotApplicable, o.Status.Satisfied())

			whole := verdict.Lift([]verdict.Rule[struct{}]{rule}, "part", func(int) struct{} { return struct{}{} })
			lifted, findings := whole[0].Run(7)
			require.Equal(t, o.Status, lifted.Status, "lifting keeps the status")
			for _, f := range findings {
				require.Equal(t, "part.a", f.Subject)
			}
		})
	}
}

func TestEach(t *testing.T) {
	rule := verdict.Rule[string]{Code: "OWN-001", Severity: verdict.Minor, Check: func(s string, r *verdict.Reporter) {
		switch s {
		case "bad":
			r.Find("x", "bad", "")
		case "idle":
			r.NotApplicable("idle")
		case "unknown":
			r.Unassessed("unknown")
		}
	}}
	parts := func(ss []string) iter.Seq2[string, string] {
		return func(yield func(string, string) bool) {
			for i, s := range ss {
				if !yield(verdict.At("parts", i), s) {
					return
				}
			}
		}
	}
	each := verdict.Each([]verdict.Rule[string]{rule}, parts)[0]
	for want, facts := range map[verdict.Status][]string{
		verdict.Met:           {"good", "idle"},
		verdict.NotApplicable: {"idle", "idle"},
		verdict.Unassessed:    {"good", "unknown", "idle"},
		verdict.NotMet:        {"good", "bad", "unknown"},
	} {
		o, findings := each.Run(facts)
		require.Equal(t, want, o.Status, "%v", facts)
		if want == verdict.NotMet {
			require.Equal(t, "parts[1].x", findings[0].Subject)
		}
	}
	o, _ := each.Run(nil)
	require.Equal(t, verdict.Met, o.Status, "nothing to find in nothing")

	nested := verdict.Lift([]verdict.Rule[[]string]{each}, "whole", func(s []string) []string { return s })
	_, findings := nested[0].Run([]string{"bad"})
	require.Equal(t, "whole.parts[0].x", findings[0].Subject)
}

// TestWaiverNeverMutates also shows that both ends of the interval belong to it.
func TestWaiverInterval(t *testing.T) {
	r := verdict.Report{Findings: []verdict.Finding{{Code: "OWN-001", Subject: "a.b"}}}
	w := verdict.Waiver{Code: "OWN-001", Subject: "a", By: "x", Reason: "y", From: calendar.MustParse("2027-01-10"), Until: calendar.MustParse("2027-01-12")}
	for day, open := range map[string]bool{
		"2027-01-09": true, "2027-01-10": false, "2027-01-11": false, "2027-01-12": false, "2027-01-13": true, "": true,
	} {
		require.Equal(t, open, r.Waive(calendar.MustParse(day), w).Findings[0].Open(), day)
		require.Equal(t, !open, w.Effective(calendar.MustParse(day)), day)
	}
	require.True(t, r.Findings[0].Open(), "the report it came from is unchanged")
	w.Subject = "a.b.c"
	require.True(t, r.Waive(w.From, w).Findings[0].Open(), "a waiver for a part does not cover the whole")
}

func TestWaiverValidate(t *testing.T) {
	err := verdict.Waiver{Code: "x"}.Validate()
	var paths []string
	for _, f := range verdict.FaultsOf(err) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{"code", "by", "reason", "from", "until"}, paths)
	w := verdict.Waiver{Code: "OWN-001", By: "x", Reason: "y", From: 10, Until: 9}
	require.ErrorIs(t, w.Validate(), verdict.ErrRange)
	w.Until = 10
	require.NoError(t, w.Validate())
}

// TestComparePartitions holds that every finding of either report lands in
// exactly one list.
func TestComparePartitions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	random := func() verdict.Report {
		var r verdict.Report
		for i := range 4 {
			r.Outcomes = append(r.Outcomes, verdict.Outcome{
				Entry:  verdict.Entry{Code: verdict.Code(fmt.Sprintf("OWN-%03d", i))},
				Status: verdict.Status(1 + rng.UintN(5)),
			})
		}
		for range rng.UintN(12) {
			r.Findings = append(r.Findings, verdict.Finding{
				Code: verdict.Code(fmt.Sprintf("OWN-%03d", rng.UintN(5))), Subject: string(rune('a' + rng.UintN(3))),
			})
		}
		return r
	}
	for range 2000 {
		before, now := random(), random()
		d := verdict.Compare(before, now)
		require.Len(t, now.Findings, len(d.New)+len(d.Persisting))
		require.Len(t, before.Findings, len(d.Fixed)+len(d.Unjudged)+len(d.Persisting))
		for _, f := range d.Fixed {
			o, _ := now.Outcome(f.Code)
			require.NotContains(t, []verdict.Status{0, verdict.Unassessed, verdict.Failed}, o.Status)
		}
		same := verdict.Compare(now, now)
		require.Empty(t, same.New)
		require.Empty(t, same.Fixed)
		require.Len(t, same.Persisting, len(now.Findings))
	}
}

func TestCodes(t *testing.T) {
	for _, good := range []verdict.Code{"SCOPE-014", "R2-000", "ABCDEFGHIJKL-999"} {
		require.True(t, good.IsValid(), good)
	}
	for _, bad := range []verdict.Code{"", "-001", "A-001", "SCOPE", "SCOPE-1", "SCOPE-0001", "scope-001", "2A-001", "SCOPE_001", "SC-P-001", "SCOPE-0A1", "ABCDEFGHIJKLM-001", "SCÖPE-001"} {
		require.False(t, bad.IsValid(), bad)
	}
	require.Equal(t, "SCOPE", verdict.Code("SCOPE-014").Family())
	require.Equal(t, "odd", verdict.Code("odd").Family())
}

func TestCatalogue(t *testing.T) {
	good := verdict.Rule[int]{Code: "OWN-002", Title: "T", Why: "W|", Severity: verdict.Minor}
	c := verdict.CatalogueOf(good).With(verdict.Catalogue{{Code: "OWN-001", Title: "T", Why: "W", Severity: verdict.Info}})
	require.NoError(t, c.Validate())
	require.Equal(t, verdict.Code("OWN-001"), c[0].Code)
	require.Equal(t, "| code | severity | rule | why |\n|---|---|---|---|\n| OWN-001 | info | T | W |\n| OWN-002 | minor | T | W\\| |\n", c.Markdown())
	e, ok := c.Lookup("OWN-002")
	require.True(t, ok)
	require.Equal(t, good.Entry(), e)
	_, ok = c.Lookup("OWN-003")
	require.False(t, ok)

	err := verdict.CatalogueOf(good, good, verdict.Rule[int]{Code: "x"}).Validate()
	require.ErrorIs(t, err, verdict.ErrDuplicate)
	require.ErrorIs(t, err, verdict.ErrInvalid)
	require.Len(t, verdict.FaultsOf(err), 5)
}

func TestFaults(t *testing.T) {
	var none verdict.Faults
	require.NoError(t, none.Err())
	none.Add("x", nil)
	require.Zero(t, none.Len())
	require.Empty(t, verdict.FaultsOf(nil))

	var inner verdict.Faults
	inner.Missing("owner")
	inner.Unknown("[2].id", "R-9")
	inner.Addf("", "whole: %w", io.ErrUnexpectedEOF)
	var outer verdict.Faults
	outer.Add("risks", inner.Err())
	outer.Add("scope", errors.New("plain"))
	require.Equal(t, 4, outer.Len())
	require.EqualError(t, outer.Err(), "risks.owner: missing\nrisks[2].id: unknown \"R-9\"\nrisks: whole: unexpected EOF\nscope: plain")
	require.ErrorIs(t, outer.Err(), io.ErrUnexpectedEOF)
	var fault *verdict.Fault
	require.ErrorAs(t, outer.Err(), &fault)
	require.Equal(t, "risks.owner", fault.Path)

	// An error that wraps several within its own sentence stays whole.
	sentence := fmt.Errorf("both %w and %w", io.EOF, io.ErrNoProgress)
	require.Len(t, verdict.FaultsOf(sentence), 1)
	require.Len(t, verdict.FaultsOf(errors.Join(sentence, io.EOF)), 2)
	require.EqualError(t, verdict.FaultsOf(io.EOF)[0], "EOF")
}

func TestPaths(t *testing.T) {
	require.Equal(t, "a[3]", verdict.At("a", 3))
	require.Equal(t, "a[x]", verdict.Key("a", "x"))
	require.Equal(t, "a.b", verdict.Join("a", "b"))
	require.Equal(t, "a[1]", verdict.Join("a", "[1]"))
	require.Equal(t, "a", verdict.Join("a", ""))
	require.Equal(t, "b", verdict.Join("", "b"))
	require.Equal(t, `"x"`, verdict.Quote("x"))
	require.LessOrEqual(t, len(verdict.Quote(strings.Repeat("é", 1000))), 70)
}

// textual is what every enumeration of the library offers.
type textual interface {
	~uint8
	fmt.Stringer
	IsValid() bool
	AppendText(b []byte) ([]byte, error)
	MarshalText() ([]byte, error)
}

func checkEnum[T textual](t *testing.T, last T, parse func(string) (T, error), unmarshal func(*T, []byte) error) {
	t.Helper()
	for v := range last + 1 {
		text, err := v.MarshalText()
		require.NoError(t, err)
		require.Equal(t, v.String(), string(text))
		require.Equal(t, v != 0, v.IsValid())
		var back T
		require.NoError(t, unmarshal(&back, text))
		require.Equal(t, v, back)
		if v != 0 {
			parsed, err := parse(strings.ToUpper(strings.ReplaceAll(v.String(), "_", " ")))
			require.NoError(t, err)
			require.Equal(t, v, parsed)
		}
	}
	beyond := last + 1
	require.False(t, beyond.IsValid())
	_, err := beyond.MarshalText()
	require.ErrorIs(t, err, verdict.ErrUnknown)
	require.Contains(t, beyond.String(), "(")
	_, err = parse("")
	require.ErrorIs(t, err, verdict.ErrMissing)
	kept := last
	require.ErrorIs(t, unmarshal(&kept, []byte("nonsense")), verdict.ErrUnknown)
	require.Equal(t, last, kept)
}

func TestEnums(t *testing.T) {
	checkEnum(t, verdict.Critical, verdict.ParseSeverity, (*verdict.Severity).UnmarshalText)
	checkEnum(t, verdict.Failed, verdict.ParseStatus, (*verdict.Status).UnmarshalText)
	checkEnum(t, verdict.Invalid, verdict.ParseWaiverState, (*verdict.WaiverState).UnmarshalText)
	require.Equal(t, []verdict.Severity{1, 2, 3, 4}, slices.Collect(verdict.NewWords[verdict.Severity]("s", "a", "b", "c", "d").All()))
	for v := range verdict.NewWords[verdict.Severity]("s", "a", "b").All() {
		require.Equal(t, verdict.Info, v)
		break
	}
}

func FuzzWords(f *testing.F) {
	f.Add("critical")
	f.Add(" Not met ")
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := verdict.ParseStatus(s); err == nil {
			again, err := verdict.ParseStatus(v.String())
			require.NoError(t, err)
			require.Equal(t, v, again)
		}
		_, err := verdict.ParseSeverity(s)
		if err != nil {
			require.Less(t, len(err.Error()), 400)
		}
	})
}

// FuzzRenderings holds that text from a project can neither break the
// renderings nor smuggle markup into them.
func FuzzRenderings(f *testing.F) {
	f.Add("risks[R-1]", "message | with `code`", "remedy\n# not a heading")
	f.Fuzz(func(t *testing.T, subject, message, remedy string) {
		r := verdict.Report{Findings: []verdict.Finding{{Code: "OWN-001", Severity: verdict.Major, Subject: subject, Message: message, Remedy: remedy}}}
		require.LessOrEqual(t, strings.Count(r.Markdown(), "\n"), 5, "one finding is one line")
		b, err := r.SARIF(verdict.SARIFOptions{})
		require.NoError(t, err)
		require.True(t, json.Valid(b))
	})
}

func BenchmarkCompare(b *testing.B) {
	r := verdict.Report{}
	for i := range 2000 {
		r.Findings = append(r.Findings, verdict.Finding{Code: "OWN-001", Subject: verdict.At("x", i)})
	}
	b.Run("by key", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			verdict.Compare(r, r)
		}
	})
	b.Run("naive pairwise", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for _, x := range r.Findings {
				for _, y := range r.Findings {
					if x.Code == y.Code && x.Subject == y.Subject {
						n++
						break
					}
				}
			}
		}
	})
}
