package evm_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// requireClean checks that nothing like NaN or infinity is in the JSON form.
func requireClean(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	text := string(data)
	for _, bad := range []string{"NaN", "Inf", `"/`, `/0"`} {
		require.NotContains(t, text, bad)
	}
	return text
}

// Whatever the four amounts are, every number is exact or has a reason.
func FuzzPerformance(f *testing.F) {
	const most, least = 1<<63 - 1, -1 << 63
	for _, seed := range [][5]int64{{50, 40, 45, 100, 0}, {}, {most, most, most, most, most}, {least, least, least, least, least}, {0, most, least, 1, -1}, {1, 1, 0, 1, 0}, {9, 8, 12, 10, 3}} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4], uint8(0))
	}
	f.Fuzz(func(t *testing.T, pv, ev, ac, bac, etc int64, rounding uint8) {
		m := evm.Measures{PV: eur(pv), EV: eur(ev), AC: eur(ac), BAC: eur(bac), ETC: eur(etc)}
		p, err := m.Performance(money.Rounding(rounding))
		if err != nil {
			require.True(t, m.Validate() != nil || !money.Rounding(rounding).IsValid() || ac < 0, err)
			return
		}
		text := requireClean(t, p)
		var back evm.Performance
		require.NoError(t, json.Unmarshal([]byte(text), &back))
		require.Empty(t, cmp.Diff(p, back))
		for _, e := range p.Estimates {
			require.Equal(t, e.EAC.Defined(), e.ETC.Defined())
			require.Equal(t, e.EAC.Defined(), e.VAC.Defined())
			require.Equal(t, e.EAC.Defined(), e.TCPI.Outlook != evm.Unknown)
			require.True(t, e.EAC.Defined() || e.EAC.Exact.Reason() != "")
		}
		low, high, ok := p.Range()
		require.True(t, ok, "the estimate at budget is always there")
		require.False(t, high.EAC.Exact.Less(low.EAC.Exact))
	})
}

// Whatever the curve is, a time is exact or has a reason.
func FuzzSchedule(f *testing.F) {
	f.Add([]byte{10, 15, 25, 30, 0, 30}, int64(95), int64(6), int64(1))
	f.Add([]byte{0, 0, 0}, int64(0), int64(0), int64(0))
	f.Add([]byte{}, int64(-1), int64(-1), int64(-1))
	f.Fuzz(func(t *testing.T, steps []byte, ev, num, den int64) {
		var curve evm.Curve
		upTo := int64(0)
		for _, step := range steps {
			upTo += int64(step)
			curve = append(curve, eur(upTo))
		}
		at := ratio.New(num, den)
		s, err := curve.Schedule(eur(ev), at)
		if err != nil {
			require.True(t, len(curve) == 0 || ev < 0 || !at.Defined() || at.Sign() < 0, err)
			return
		}
		requireClean(t, s)
		require.True(t, s.ES.AtLeast(ratio.Int(0)))
		require.True(t, ratio.Int(int64(len(curve))).AtLeast(s.ES))
		planned := curve.At(s.ES)
		require.True(t, planned.AtLeast(ratio.Int(min(ev, upTo))), "at ES the plan has earned EV")
	})
}

// Whatever JSON brings, nothing panics; what is valid is reported, and survives
// the round trip.
func FuzzLedgerJSON(f *testing.F) {
	l := rollout()
	text, err := json.Marshal(l)
	require.NoError(f, err)
	f.Add(string(text), int32(day("2027-03-31")))
	f.Add(strings.ReplaceAll(string(text), "2027-06-30", "9999-12-31"), int32(calendar.MaxDate))
	f.Add(strings.ReplaceAll(string(text), "2027-01-04", "0001-01-01"), int32(1))
	f.Add(`{"baseline":{"rhythm":"status_dates","dates":[""],"packages":[{"method":"apportioned"},{"method":"units","units":"undefined: x"}]}}`, int32(0))
	f.Add(`{"baseline":{"packages":[{"id":"a","budget":"92233720368547758.07 EUR","start":"2027-01-01","finish":"2027-01-01","method":"50/50"}]},
		"costs":[{"package":"a","on":"2027-01-01","amount":"-92233720368547758.08 EUR"}]}`, int32(day("2027-01-01")))
	f.Fuzz(func(t *testing.T, text string, on int32) {
		var l evm.Ledger
		if json.Unmarshal([]byte(text), &l) != nil {
			return
		}
		asOf := calendar.Date(on)
		verdict.Run(evm.Facts{Ledger: l, AsOf: asOf}, evm.Rules()...)
		_ = l.Baseline.Frozen(l.Baseline)
		r, err := l.Report(asOf)
		if err != nil {
			return
		}
		require.NoError(t, l.Validate())
		var back evm.Ledger
		require.NoError(t, json.Unmarshal([]byte(requireClean(t, l)), &back))
		require.NoError(t, back.Validate())
		var again evm.Report
		require.NoError(t, json.Unmarshal([]byte(requireClean(t, r)), &again))
		requireSound(t, r.Total)
	})
}

// Whatever is reported, the share stays from 0 to 1 or is undefined.
func FuzzShare(f *testing.F) {
	f.Add(uint8(1), int64(1), int64(2), int64(3), int64(4), int64(5))
	f.Add(uint8(5), int64(-1), int64(0), int64(0), int64(0), int64(-5))
	f.Fuzz(func(t *testing.T, method uint8, num, den, units, weight, more int64) {
		p := evm.WorkPackage{
			Budget: eur(units), Method: evm.Method(method), Units: ratio.Int(units),
			Milestones: []evm.Milestone{{ID: "a", Weight: weight}, {ID: "b", Weight: more}},
		}
		s := p.Share(evm.Progress{Percent: ratio.New(num, den), Units: ratio.New(num, den), Milestones: []string{"b"}})
		require.True(t, !s.Defined() || s.AtLeast(ratio.Int(0)) && ratio.Int(1).AtLeast(s))
	})
}
