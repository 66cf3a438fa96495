package risk_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// Whatever JSON brings, nothing panics; and what is valid survives the round
// trip and is ranked completely.
func FuzzRegisterJSON(f *testing.F) {
	register := sound()
	register.Plan.SetAside = nil
	text, err := json.Marshal(register)
	require.NoError(f, err)
	f.Add(text, int32(today))
	f.Add([]byte(`{"risks":[{"id":"a","raised":"2027-01-01","assessments":[{"matrix":"@0","basis":"residual"}]}]}`), int32(0))
	f.Add([]byte(`{"matrix":{"cells":[[""]]},"risks":[{"causes":[{"risk":""}]},{"review":{"every":"P9999Y"}}]}`), int32(-5))
	f.Fuzz(func(t *testing.T, text []byte, on int32) {
		var r risk.Register
		if json.Unmarshal(text, &r) != nil {
			return
		}
		asOf := calendar.Date(on)
		valid := r.Validate() == nil
		useAll(r, asOf)
		if !valid {
			return
		}
		again, err := json.Marshal(r)
		require.NoError(t, err)
		var back risk.Register
		require.NoError(t, json.Unmarshal(again, &back))
		twice, err := json.Marshal(back)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(string(again), string(twice)))
		require.Len(t, r.Rank(asOf), len(r.Active(asOf)))
	})
}

// useAll calls everything that reads a register.
func useAll(r risk.Register, asOf calendar.Date) {
	verdict.Run(risk.Facts{Register: r, AsOf: asOf}, risk.Rules()...)
	r.Rank(asOf)
	r.Messages(asOf)
	r.ReviewsDue(asOf, asOf.AddMonths(3))
	_ = r.HeatMap(asOf, 0).String()
	r.Candidates(asOf, risk.Catalogue())
	if _, moves, err := r.Remap(risk.Change{To: risk.Classic5x5(), On: asOf, By: "fuzz"}); err != nil && moves != nil {
		panic("moves beside an error")
	}
	for _, b := range r.Benefits(asOf) {
		_ = b.Gain.String()
	}
	for _, x := range r.Risks {
		r.Trend(x, asOf)
		r.Consequences(x.ID)
		_, _ = x.Planned().EMV.Amount(money.HalfUp)
	}
}
