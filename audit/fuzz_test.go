package audit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
)

// FuzzDecode: nothing makes Decode panic; what decodes, encodes, and decodes to
// the same bytes; and whatever decodes can be judged on any day.
func FuzzDecode(f *testing.F) {
	for _, d := range []*audit.Dossier{finished(), after(3), sample(), audit.New()} {
		data, err := d.Encode()
		require.NoError(f, err)
		f.Add(data)
	}
	for _, seed := range []string{
		``, `null`, `[]`, `{`, `{}`, `{"schema":"crm-dossier/2"}`, small,
		`{"schema":"crm-dossier/1","project":{"id":"P","name":"N","kind":"new_crm","lifecycle":{"outline":{"name":"x","phases":[{"id":"a","role":"closure"}],` +
			`"transitions":[{"from":"a","to":"end","criteria":[{"code":"OWN-001","need":"must"}]}]},"stages":[{"phase":"a","stage":"control"}]}},"scope":{"changes":[]}}`,
		`{"schema":"crm-dossier/1","project":{"id":"P","name":"N","kind":"upgrade","strategy":{"companyGoals":[]},"state":{"phase":"planning","visits":[]}},"risks":{"risks":[]}}`,
	} {
		f.Add([]byte(seed))
	}
	days := []calendar.Date{0, 1, day("2027-03-31"), today, calendar.MaxDate}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := audit.Decode(data)
		if err != nil {
			require.Nil(t, d)
			return
		}
		first, err := d.Encode()
		require.NoError(t, err)
		back, err := audit.Decode(first)
		require.NoError(t, err)
		second, err := back.Encode()
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
		for _, on := range days {
			judgeAll(t, d, on)
		}
		unchanged, err := d.Encode()
		require.NoError(t, err)
		require.Equal(t, string(first), string(unchanged), "judging changes nothing")
	})
}

// judgeAll asks everything of a dossier that can be asked of one.
func judgeAll(t *testing.T, d *audit.Dossier, on calendar.Date) {
	t.Helper()
	report := d.Audit(on)
	status, err := d.StatusOf(report, on)
	gates, gatesErr := d.Gates(on)
	require.Equal(t, err, gatesErr)
	require.Equal(t, status.Gates, gates)
	_, _ = d.Explain("closure", on)
	for _, task := range d.Agenda(on, on.AddDays(30)) {
		require.NotEmpty(t, task.Subject)
	}
}

// small is the least dossier there is.
const small = `{"schema": "crm-dossier/1", "project": {"id": "P-1", "name": "CRM", "kind": "new_crm"}}`
