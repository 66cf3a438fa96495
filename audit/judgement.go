package audit

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Judgement is a traffic light with its reason, and the findings that it rests
// on, gravest first.
type Judgement struct {
	Name     string            `json:"name"`
	Covered  bool              `json:"covered"` // there is anything to judge by
	Rating   objective.Rating  `json:"rating"`
	Reason   string            `json:"reason"`
	Findings []verdict.Finding `json:"findings,omitempty"`
}

// judge rates what the rules with the given codes, or families of codes, found.
// It is red with an open critical finding, or if several of the rules that are
// major or critical have an open finding, and more than a third of those that could
// be judged; amber with a major finding, otherwise green; minor findings do not
// colour it. Where nothing was assessed it is unrated, and so is, during
// initiation, what the project file does not cover yet; later that is red. A waived
// finding does not colour either, but the reason counts it.
func (f Facts) judge(name string, covered bool, report verdict.Report, codes ...verdict.Code) Judgement {
	part := ofCodes(report, codes)
	open := part.Open()
	early := f.Dossier.Project.StageAt(f.AsOf) < crmproject.Planning
	j := Judgement{Name: name, Covered: covered}
	if len(open.Findings) > 0 { // an empty list would not come back from JSON
		j.Findings = open.Findings
	}
	critical, major := open.Count(verdict.Critical), open.Count(verdict.Major)
	switch {
	case !covered && early:
		j.Rating, j.Reason = objective.Unrated, "not covered yet"
		return j
	case !covered:
		j.Rating, j.Reason = objective.Red, "not covered: there is nothing in the project file"
		return j
	case !assessed(part):
		j.Rating, j.Reason = objective.Unrated, "nothing could be assessed yet"
		return j
	case critical > 0 || (broken(part) > 1 && 3*broken(part) > grave(part)):
		j.Rating = objective.Red
	case major > 0:
		j.Rating = objective.Amber
	default:
		j.Rating = objective.Green
	}
	j.Reason = reasonOf(part)
	return j
}

// ofCodes keeps what the rules with the given codes found; a code without a
// number, such as "RISK", stands for its whole family, and one that ends with a
// hyphen and one or two digits, such as "STAKE-3", for that group.
func ofCodes(report verdict.Report, codes []verdict.Code) verdict.Report {
	in := func(code verdict.Code) bool {
		for _, c := range codes {
			if code == c || strings.HasPrefix(string(code), string(c)) && (!c.IsValid()) {
				return true
			}
		}
		return false
	}
	part := report.Filter(func(f verdict.Finding) bool { return in(f.Code) })
	part.Outcomes = nil
	for _, o := range report.Outcomes {
		if in(o.Code) {
			part.Outcomes = append(part.Outcomes, o)
		}
	}
	return part
}

func assessed(part verdict.Report) bool {
	for _, o := range part.Outcomes {
		if o.Status == verdict.Met || o.Status == verdict.NotMet {
			return true
		}
	}
	return false
}

// reasonOf counts the findings and quotes the gravest.
func reasonOf(part verdict.Report) string {
	open := part.Open()
	var counts []string
	for s := verdict.Critical; s >= verdict.Minor; s-- {
		if n := open.Count(s); n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, s))
		}
	}
	if waived := len(part.Findings) - len(open.Findings); waived > 0 {
		counts = append(counts, fmt.Sprintf("%d waived", waived))
	}
	if len(counts) == 0 {
		return "nothing found"
	}
	reason := strings.Join(counts, ", ")
	if len(open.Findings) > 0 && open.Findings[0].Severity >= verdict.Minor {
		reason += "; first: " + open.Findings[0].Message
	}
	return reason
}

// grave counts the rules that are major or critical and could be judged.
func grave(part verdict.Report) int {
	n := 0
	for _, o := range part.Outcomes {
		if o.Severity >= verdict.Major && (o.Status == verdict.Met || o.Status == verdict.NotMet) {
			n++
		}
	}
	return n
}

// broken counts the rules that are major or critical and have an open finding.
func broken(part verdict.Report) int {
	codes := map[verdict.Code]bool{}
	for _, f := range part.Open().AtLeast(verdict.Major).Findings {
		codes[f.Code] = true
	}
	return len(codes)
}
