package survey

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// NPS is the answers to "how likely is it that you would recommend us?" on a scale of
// 0 to 10, in the three groups of the net promoter score. It is a plain comparable
// value; the zero NPS has no answers and no score.
type NPS struct {
	Promoters  int64 `json:"promoters"`  // 9 and 10
	Passives   int64 `json:"passives"`   // 7 and 8
	Detractors int64 `json:"detractors"` // 0 to 6
}

// NPS returns the answers in three groups. The error wraps [verdict.ErrInvalid] for a
// scale other than 0 to 10, on which the groups are not defined, and reports
// counts that are not valid.
func (c Counts) NPS() (NPS, error) {
	if err := c.Validate(); err != nil {
		return NPS{}, fmt.Errorf("survey: %w", err)
	}
	if c.Scale.orDefault() != (Scale{0, 10}) {
		return NPS{}, fmt.Errorf("survey: %w: a net promoter score is of a scale of 0-10, not %v", verdict.ErrInvalid, c.Scale)
	}
	var s NPS
	for answer, n := range c.Answers {
		switch {
		case answer >= 9:
			s.Promoters += n
		case answer >= 7:
			s.Passives += n
		default:
			s.Detractors += n
		}
	}
	return s, nil
}

// Validate reports every fault of groups that were read: negative counts, or more
// answers than fit an int64.
func (s NPS) Validate() error {
	var f verdict.Faults
	checkCount(&f, "promoters", s.Promoters)
	checkCount(&f, "passives", s.Passives)
	checkCount(&f, "detractors", s.Detractors)
	if _, ok := s.Responses(); !ok && f.Len() == 0 {
		f.Addf("", "%w: more than %d answers", verdict.ErrRange, int64(math.MaxInt64))
	}
	return f.Err()
}

// Responses returns the number of answers, and false if the counts are not valid.
func (s NPS) Responses() (int64, bool) {
	return total([]int64{s.Promoters, s.Passives, s.Detractors})
}

// share returns k/n, undefined if there are no answers or the counts are not valid.
func (s NPS) share(k int64) ratio.Ratio {
	n, ok := s.Responses()
	if !ok {
		return ratio.Undefined(BadCounts)
	}
	return ratio.Of(k, n, NoAnswers)
}

// Score returns the net promoter score in points, −100 to 100: 100 (promoters −
// detractors) / answers. It is undefined without answers.
func (s NPS) Score() ratio.Ratio {
	if _, ok := s.Responses(); !ok {
		return ratio.Undefined(BadCounts)
	}
	return s.share(s.Promoters - s.Detractors).Mul(ratio.Int(100))
}

// Variance returns the variance of one answer coded +1, 0 or −1, p + d − (p − d)²; that
// of the score is 10,000 times this over the number of answers. It is undefined
// without answers and, for the reason [ratio.Overflow], for too many.
func (s NPS) Variance() ratio.Ratio {
	p, q, d := s.share(s.Promoters), s.share(s.Passives), s.share(s.Detractors)
	return p.Mul(q).Add(d.Mul(q)).Add(p.Mul(d).Mul(ratio.Int(4)))
}

// groups are answers by group as numbers that need not be whole.
type groups struct{ p, q, d float64 }

func (s NPS) groups() groups {
	return groups{float64(s.Promoters), float64(s.Passives), float64(s.Detractors)}
}

// adjusted adds three answers, spread so that they say nothing (Rocks 2016).
func (g groups) adjusted() groups { return groups{g.p + 0.75, g.q + 1.5, g.d + 0.75} }

func (g groups) score() float64 { return 100 * ((g.p - g.d) / (g.p + g.q + g.d)) }

// squaredError returns the variance of the score, in points².
func (g groups) squaredError() float64 {
	n := g.p + g.q + g.d
	p, q, d := g.p/n, g.q/n, g.d/n
	return 1e4 * (float64(p*q) + float64(d*q) + 4*float64(p*d)) / n
}

// quantile returns z of a two-sided confidence level.
func quantile(level float64) float64 { return math.Sqrt2 * math.Erfinv(level) }

func checkLevel(level float64) error {
	if !(level > 0 && level < 1) {
		return fmt.Errorf("survey: %w: confidence level %v is not between 0 and 1", verdict.ErrRange, level)
	}
	return nil
}

// StandardError returns the standard error of the score in points. It is false without
// answers.
func (s NPS) StandardError() (float64, bool) {
	if n, ok := s.Responses(); !ok || n == 0 {
		return 0, false
	}
	return math.Sqrt(s.groups().squaredError()), true
}

// Margin returns the plain margin of error of the score in points, z times the standard
// error. It is 0 when all agree, see [NPS.AdjustedMargin]. It is false without answers
// or for a level outside (0, 1).
func (s NPS) Margin(level float64) (float64, bool) {
	e, ok := s.StandardError()
	if !ok || checkLevel(level) != nil {
		return 0, false
	}
	return quantile(level) * e, true
}

// AdjustedMargin returns the margin of error with three answers more, of which 3/4
// promoters and 3/4 detractors: never 0, and right for small surveys and one-sided ones.
// It belongs around the score of the answers so enlarged, as [NPS.Interval] has it.
func (s NPS) AdjustedMargin(level float64) (float64, bool) {
	if n, ok := s.Responses(); !ok || n == 0 || checkLevel(level) != nil {
		return 0, false
	}
	return quantile(level) * math.Sqrt(s.groups().adjusted().squaredError()), true
}

// Interval returns the adjusted interval of the score in points, cut at −100 and 100
// (Rocks 2016, there named AW with three answers added by a triangle). It is undefined
// without answers. The error wraps [verdict.ErrRange] for a level outside (0, 1), or
// reports counts that are not valid.
func (s NPS) Interval(level float64) (kpi.Interval, error) {
	return s.around(s.groups().adjusted().score(), s.AdjustedMargin, level)
}

// WaldInterval returns score ± [NPS.Margin], cut at −100 and 100. Errors are those of
// [NPS.Interval].
func (s NPS) WaldInterval(level float64) (kpi.Interval, error) {
	score, _ := s.Score().Float64()
	return s.around(score, s.Margin, level)
}

func (s NPS) around(score float64, margin func(float64) (float64, bool), level float64) (kpi.Interval, error) {
	if err := s.check(level); err != nil {
		return kpi.Interval{}, err
	}
	m, ok := margin(level)
	if !ok {
		return kpi.Interval{}, nil
	}
	return kpi.Interval{Lo: max(-100, score-m), Hi: min(100, score+m), Level: level}, nil
}

func (s NPS) check(level float64) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("survey: %w", err)
	}
	return checkLevel(level)
}

// Measurement returns the score as a measurement of a scorecard.
func (s NPS) Measurement(on calendar.Date) kpi.Measurement {
	return kpi.Measurement{On: on, Value: s.Score()}
}

// A Difference is how far one net promoter score is above another, in points.
type Difference struct {
	Points   ratio.Ratio  `json:"points"`            // undefined if one has no answers
	Margin   float64      `json:"margin"`            // plain margin, 0 when both agree within themselves
	Interval kpi.Interval `json:"interval,omitzero"` // adjusted, as that of NPS.Interval
}

// Compare returns the difference after − before of two independent surveys. The
// variances add up:
//
//	margin = 100 z √(v₁/n₁ + v₂/n₂)
//
// If the same people answered twice, the true margin is mostly smaller. The errors are
// those of [NPS.Interval].
func Compare(before, after NPS, level float64) (Difference, error) {
	for _, s := range []NPS{before, after} {
		if err := s.check(level); err != nil {
			return Difference{}, err
		}
	}
	d := Difference{Points: after.Score().Sub(before.Score())}
	if !d.Points.Defined() {
		return d, nil
	}
	z := quantile(level)
	d.Margin = z * math.Sqrt(before.groups().squaredError()+after.groups().squaredError())
	b, a := before.groups().adjusted(), after.groups().adjusted()
	m := z * math.Sqrt(b.squaredError()+a.squaredError())
	by := a.score() - b.score()
	d.Interval = kpi.Interval{Lo: max(-200, by-m), Hi: min(200, by+m), Level: level}
	return d, nil
}

// IsClear reports whether the difference is more than chance: its interval does not
// hold 0.
func (d Difference) IsClear() bool {
	return d.Interval.Defined() && (d.Interval.Lo > 0 || d.Interval.Hi < 0)
}
