package usage

import (
	"fmt"
	"iter"
	"maps"
	"math/big"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A TimeToValue is how long users took from their start to their first action of
// value. Users who are not there yet are censored: they are known to take longer
// than they have had, and count as such. Leaving them out, as a mean of those who
// are there does, makes a rollout look the quicker the fewer it has reached.
//
// It is a plain value with a JSON form.
type TimeToValue struct {
	End      calendar.Date `json:"end"`
	Counts   Counts        `json:"counts"`
	Users    int64         `json:"users"`    // who had started by the end
	Reached  int64         `json:"reached"`  // of these, got to an action of value
	Censored int64         `json:"censored"` // of these, not yet
	Later    int64         `json:"later"`    // start after the end, not counted
	Unknown  int64         `json:"unknown"`  // have an action, but no start; not counted
	Curve    []Risk        `json:"curve"`    // by ascending days
}

// A Risk is what happened so many days after the start.
type Risk struct {
	Days     int64 `json:"days"`
	AtRisk   int64 `json:"atRisk"`   // not there before, and observed up to this day
	Reached  int64 `json:"reached"`  // got there on this day
	Censored int64 `json:"censored"` // were last observed on this day, and not there
}

// FirstValue returns how many days users took from their start, such as the day of
// the training or of the first log-in, to their first action that counts by the
// options, on the day of the start at the earliest. Earlier actions are not looked
// at. The starts name every user who is to be counted, each once, whether he is in the
// log or not: whoever has done nothing is censored. The end is included.
//
// The error reports every fault of the arguments; of the starts, the first of each
// user named twice.
func FirstValue[K kpi.Key](l *Log[K], starts iter.Seq2[K, calendar.Date], end calendar.Date, o Options[K]) (TimeToValue, error) {
	var faults verdict.Faults
	o.check(&faults)
	checkDay(&faults, "end", end)
	began := map[K]calendar.Date{}
	for user, day := range starts {
		name := fmt.Sprint(user)
		path := verdict.Key("starts", name[:min(len(name), 40)])
		checkDay(&faults, path, day)
		if _, twice := began[user]; twice {
			faults.Duplicate(path, name)
			continue
		}
		began[user] = day
	}
	if err := wrap(&faults); err != nil {
		return TimeToValue{}, err
	}
	v := TimeToValue{End: end}
	risks := map[int64]*Risk{}
	for _, u := range gather(l, calendar.Interval{From: 1, Until: end}, o, &v.Counts) {
		start, known := began[u.key]
		if !known {
			v.Unknown++
			continue
		}
		at, _ := slices.BinarySearch(u.days, start)
		if at < len(u.days) {
			riskAt(risks, u.days[at]-start).Reached++
			delete(began, u.key)
		}
	}
	for _, start := range began { // only counts are taken, so the order does not show
		if start > end {
			v.Later++
		} else {
			riskAt(risks, end-start).Censored++
		}
	}
	return finishedCurve(v, risks), nil
}

func riskAt(risks map[int64]*Risk, days calendar.Date) *Risk {
	r := risks[int64(days)]
	if r == nil {
		r = &Risk{Days: int64(days)}
		risks[r.Days] = r
	}
	return r
}

// finishedCurve puts the curve into order and adds it up.
func finishedCurve(v TimeToValue, risks map[int64]*Risk) TimeToValue {
	for _, r := range risks {
		v.Reached += r.Reached
		v.Censored += r.Censored
	}
	v.Users = v.Reached + v.Censored
	left := v.Users
	for _, days := range slices.Sorted(maps.Keys(risks)) {
		r := *risks[days]
		r.AtRisk = left
		left -= r.Reached + r.Censored
		v.Curve = append(v.Curve, r)
	}
	return v
}

// NotYet is the reason of a quantile that so few have reached.
const NotYet = "not enough users have got there"

// Share returns the users who have got there so far, of all who have started. It
// grows with time alone; see [TimeToValue.Quantile].
func (v TimeToValue) Share() Share { return Share{Users: v.Reached, Of: v.Users} }

// Median returns the quantile at one half.
func (v TimeToValue) Median() ratio.Ratio { return v.Quantile(ratio.New(1, 2)) }

// Quantile returns the days within which a share p of the users gets there, by the
// estimate of Kaplan and Meier,
//
//	S(t) = Π (1 − reached/at risk) over the days up to t
//
// as the first day with 1 − S ≥ p, or the middle of the time over which 1 − S = p, up
// to the next day on which anybody gets there or else the last on which anybody was
// observed: the rule of R's quantile() and of package survival. Without censored
// users it is a quantile of type 2. It is exact, and undefined for p outside (0, 1), and if the
// curve does not come that far: then nobody knows yet.
func (v TimeToValue) Quantile(p ratio.Ratio) ratio.Ratio {
	if p.Sign() <= 0 || !p.Less(ratio.Int(1)) {
		return ratio.Undefined("no such quantile")
	}
	q := ratio.Int(1).Sub(p)
	left := survivors{big.NewInt(1), big.NewInt(1), 1, 1}
	for i, r := range v.Curve {
		if r.Reached == 0 {
			continue
		}
		switch left.after(r, q) {
		case -1:
			return ratio.Int(r.Days)
		case 0:
			return v.middle(i)
		}
	}
	return ratio.Undefined(NotYet)
}

// survivors is the product of Kaplan and Meier as an exact fraction. Factors between
// which nobody is censored cancel, (n−d)/n · (n−d−e)/(n−d), so they are kept as one,
// until / from; that keeps num and den short.
type survivors struct {
	num, den    *big.Int
	from, until int64
}

// after takes in one more day, and compares the product up to it with q.
func (s *survivors) after(r Risk, q ratio.Ratio) int {
	if r.AtRisk != s.until {
		s.num.Mul(s.num, big.NewInt(s.until))
		s.den.Mul(s.den, big.NewInt(s.from))
		s.from = r.AtRisk
	}
	s.until = r.AtRisk - r.Reached
	left, right := new(big.Int).Mul(s.num, big.NewInt(s.until)), new(big.Int).Mul(s.den, big.NewInt(s.from))
	return left.Mul(left, big.NewInt(q.Den())).Cmp(right.Mul(right, big.NewInt(q.Num())))
}

// middle returns the middle between a day and the next on which anybody gets there,
// or else the last of the curve.
func (v TimeToValue) middle(i int) ratio.Ratio {
	for _, next := range v.Curve[i+1:] {
		if next.Reached > 0 {
			return ratio.New(v.Curve[i].Days+next.Days, 2)
		}
	}
	return ratio.New(v.Curve[i].Days+v.Curve[len(v.Curve)-1].Days, 2)
}

// Measurement returns the median days to the first action of value as a measurement
// for a scorecard. Where it is undefined, the measurement is too and says why.
func (v TimeToValue) Measurement(on calendar.Date) kpi.Measurement {
	return kpi.Measurement{On: on, Value: v.Median()}
}
