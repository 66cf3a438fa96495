package verdict

// A Diff is what changed between two reports.
type Diff struct {
	New        []Finding `json:"new"`        // found now, not before
	Fixed      []Finding `json:"fixed"`      // found before; the rule was judged now and does not find it
	Persisting []Finding `json:"persisting"` // found both times, as found now
	Unjudged   []Finding `json:"unjudged"`   // found before; the rule was not judged now, so nobody knows
}

// findingKey tells findings apart over time: by rule and subject. The message
// may change with the numbers in it.
type findingKey struct {
	code    Code
	subject string
}

// Compare returns what changed from before to now. Findings are the same if
// they have the same code and subject; of several such, each of before is
// matched with one of now. Every finding of either report is in exactly one of
// the lists, which are in the order of the reports. The cost is linear.
//
// A finding whose rule is unassessed, failed or not among the rules now is not
// called fixed: silence is not evidence.
func Compare(before, now Report) Diff {
	diff := Diff{New: []Finding{}, Fixed: []Finding{}, Persisting: []Finding{}, Unjudged: []Finding{}}
	past := make(map[findingKey]int, len(before.Findings))
	for _, f := range before.Findings {
		past[findingKey{f.Code, f.Subject}]++
	}
	present := make(map[findingKey]int, len(now.Findings))
	for _, f := range now.Findings {
		key := findingKey{f.Code, f.Subject}
		present[key]++
		if present[key] <= past[key] {
			diff.Persisting = append(diff.Persisting, f)
		} else {
			diff.New = append(diff.New, f)
		}
	}
	judged := judgedCodes(now)
	for _, f := range before.Findings {
		key := findingKey{f.Code, f.Subject}
		switch {
		case present[key] > 0:
			present[key]--
		case judged[f.Code]:
			diff.Fixed = append(diff.Fixed, f)
		default:
			diff.Unjudged = append(diff.Unjudged, f)
		}
	}
	return diff
}

func judgedCodes(r Report) map[Code]bool {
	judged := make(map[Code]bool, len(r.Outcomes))
	for _, o := range r.Outcomes {
		if o.Status.Satisfied() || o.Status == NotMet {
			judged[o.Code] = true
		}
	}
	return judged
}
