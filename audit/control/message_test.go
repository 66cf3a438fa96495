package control_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
)

// CP-34, RI-12: who has to be told of what by when, and who was.
func TestMessages(t *testing.T) {
	t.Parallel()
	f := controlled()
	week, month := calendar.Period{Count: 7, Unit: calendar.UnitDay}, calendar.Period{Count: 1, Unit: calendar.UnitMonth}
	f.Addressees = []control.Addressee{
		{ID: "board", From: control.Act, Lead: week},
		{ID: "support", Kinds: []control.Kind{control.OfIndicator}, Lead: month},
		{ID: "users", Topics: []control.Topic{control.ChangeTopic}},
	}
	f.Log.Sent = []control.Sent{
		{Event: "action:K-1", To: "board", On: asOf.AddDays(1)},
		{Event: "change:CH-1", To: "board", On: asOf},
		{Event: "change:CH-1", To: "board", On: asOf.AddDays(-1)},
		{Event: "deviation_to_act:finish:2027-04-09", To: "users", On: asOf},
	}
	require.NoError(t, f.Validate())
	type row struct {
		To, Event, Due string
		Sent           calendar.Date
	}
	var got []row
	for _, m := range f.Messages() {
		require.NotEmpty(t, m.Text)
		got = append(got, row{m.To, m.Event, m.Due.String(), m.Sent})
	}
	require.Equal(t, []row{
		{"board", "deviation_to_act:finish:2027-04-09", "2027-04-16", 0},
		{"board", "action:K-1", "2027-04-18", 0},
		{"board", "change:CH-1", "2027-04-19", asOf.AddDays(-1)},
		{"users", "change:CH-1", "2027-04-19", 0},
		{"support", "deviation:signal[calls]:2027-04-09", "2027-05-09", 0},
		{"support", "change:CH-1", "2027-05-12", 0},
	}, got)
	require.Len(t, f.Owed(), 5)
	f.Changes[0].Communicated = asOf.AddDays(-2)
	require.Len(t, f.Owed(), 3, "a change that was communicated was told to all")
	f.Changes[0].Communicated = asOf.AddDays(1)
	require.Len(t, f.Owed(), 5, "not yet")
	m := f.Messages()[0]
	require.False(t, m.Overdue(m.Due))
	require.True(t, m.Overdue(m.Due.AddDays(1)))
	require.False(t, m.Late())
	m.Sent = m.Due.AddDays(1)
	require.True(t, m.Late())
	require.False(t, m.Overdue(m.Sent))
}

// A change that was approved without baselines being kept is told without a number.
func TestMessageWithoutBaseline(t *testing.T) {
	t.Parallel()
	f := control.Facts{
		AsOf: asOf, Addressees: []control.Addressee{{ID: "board"}},
		Changes: []crmproject.Change{{
			ID: "CH-9", Title: "Later wave", Source: crmproject.FromDeviation, State: crmproject.ChangeApproved,
			DecidedBy: "sponsor", DecidedOn: asOf,
		}},
	}
	require.Len(t, f.Messages(), 1)
	require.Equal(t, "change approved: Later wave", f.Messages()[0].Text)
	f.Changes[0].Baseline = 3
	require.Equal(t, "change approved: Later wave, baseline 3", f.Messages()[0].Text)
}
