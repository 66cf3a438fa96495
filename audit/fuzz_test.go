package audit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
)

// small is the least dossier there is.
const small = `{"schema": "crm-dossier/1", "project": {"id": "P-1", "name": "CRM", "kind": "new_crm"}}`

// medium has a little of everything.
const medium = `{"schema":"crm-dossier/1","project":{"id":"P","name":"N","kind":"new_crm","size":"large","start":"2027-01-01","end":"2027-12-31",
"charter":{"objectives":["O"],"criteria":[{"id":"SC","text":"t","objective":"O"}],"budget":"9.00 EUR","approvedBy":"S","approvedOn":"2027-02-01"},
"team":{"manager":"S","departments":["IT"],"members":[{"id":"S","name":"A"}]},"activities":[{"id":"A","title":"t","phase":"planning","owner":"S","finish":"2027-03-01"}],
"milestones":[{"id":"M","title":"t","phase":"control","due":"2027-03-01"}],"budget":{"total":"9.00 EUR","lines":[{"id":"L","title":"t","category":"software","recurrence":"one_off","planned":"8.00 EUR"}],
"costs":[{"id":"C","line":"L","on":"2027-04-01","amount":"9.00 EUR"}]},"migrations":[{"id":"MI","entity":"D","completeness":"1/2","accuracy":"1","threshold":"99/100"}],
"waves":[{"id":"W","title":"t","kind":"pilot","planned":"2027-03-01","live":"2027-03-02","groups":[{"role":"r","users":2,"trained":1}]}],
"routines":[{"id":"R","kind":"data_security","title":"t","every":"P1M","start":"2027-03-01"}],"issues":[{"id":"I","title":"t","kind":"risk","severity":"critical","risk":"K","opened":"2027-03-01"}],
"changes":[{"id":"CH","title":"t","adjustments":["scope"],"source":"risk","state":"approved","requestedBy":"S","requestedOn":"2027-03-01","decidedBy":"X","decidedOn":"2027-03-05"}],
"state":{"cycle":"five-phases","status":"active","phase":"execution","seq":2,"on":"2027-02-02","visits":[{"phase":"execution","number":1,"entered":"2027-02-02","action":"go","seq":2,"by":"X"}],
"waivers":[{"code":"GATE-204","by":"X","reason":"r","from":"2027-01-01","until":"2027-12-31"}]},"waivers":[{"code":"KPI-006","by":"X","reason":"r","from":"2027-01-01","until":"2027-12-31"}]},
"scope":{"statement":{"scope":{"users":3,"integrations":[{"id":"X","system":"mail"}]},"goals":{"objectives":[{"id":"O","text":"t"}]},"migration":{"entities":[{"id":"D","name":"Data"}]}},
"baseline":{"version":1,"by":"X","on":"2027-01-01","elements":[]}},"risks":{"matrix":{"id":"m","version":1,"likelihood":{"levels":[{"name":"a"},{"name":"b"}]},"impact":{"levels":[{"name":"a"},{"name":"b"}]},
"bands":[{"name":"x"},{"name":"y"}],"cells":[["x","x"],["x","y"]]},"risks":[{"id":"K","title":"t","kind":"threat","owner":"S","raised":"2027-01-01",
"assessments":[{"date":"2027-01-01","basis":"inherent","likelihood":"b","impact":"b","matrix":"m@1"}],"responses":[{"id":"A","strategy":"accept","status":"planned","due":"2027-02-01"}],"occurrences":[{"on":"2027-03-01","issue":"I"}]}]},
"stakeholders":{"register":{"stakeholders":[{"id":"S","name":"A","kind":"individual","class":"executives","position":{"power":5,"interest":5}}],"plan":[{"id":"COM","purpose":"p","audience":{"stakeholders":["S"]},"content":["progress"],
"rhythm":{"start":"2027-01-01","every":"P1W"}}],"contacts":[{"on":"2027-02-01","communication":"COM","about":["CH"]}]},"raci":{"roles":["r"],"activities":[{"name":"a","cells":{"r":"A"}}]}},
"indicators":{"measures":[{"id":"KO","metric":"churn_rate","objective":"O","target":{"metric":"churn_rate","direction":"decrease","baseline":"16","value":"12","from":"2027-01-01","by":"2027-12-31"},
"history":[{"on":"2027-06-01","value":"15"}]}]}}`

// FuzzDecode: nothing makes Decode panic; what decodes, encodes, and decodes to
// the same bytes; and whatever decodes can be judged on any day. The whole sample
// is in [TestDecodedSamples]: as a seed it is too large to get far with.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `[]`, `{`, `{}`, `{"schema":"crm-dossier/2"}`, small, medium,
		`{"schema":"crm-dossier/1","project":{"id":"P","name":"N","kind":"new_crm","lifecycle":{"outline":{"name":"x","phases":[{"id":"a","role":"closure"}],` +
			`"transitions":[{"from":"a","to":"end","criteria":[{"code":"OWN-001","need":"must"}]}]},"stages":[{"phase":"a","stage":"control"}]}},"scope":{"changes":[]}}`,
		`{"schema":"crm-dossier/1","project":{"id":"P","name":"N","kind":"upgrade","strategy":{"companyGoals":[]},"state":{"phase":"planning","visits":[]}},"risks":{"risks":[]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { requireSound(t, data) })
}

// requireSound holds Decode against its promises.
func requireSound(t *testing.T, data []byte) (accepted bool) {
	t.Helper()
	d, err := audit.Decode(data)
	if err != nil {
		require.Nil(t, d)
		return false
	}
	first := encoded(t, d)
	back, err := audit.Decode(first)
	require.NoError(t, err)
	require.Equal(t, string(first), string(encoded(t, back)))
	for _, on := range []calendar.Date{0, day(planDay), today, calendar.MaxDate} {
		judgeAll(t, d, on)
	}
	require.Equal(t, string(first), string(encoded(t, d)), "judging changes nothing")
	return true
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

func TestDecodedSamples(t *testing.T) {
	for _, d := range []*audit.Dossier{finished(), after(3), after(len(history())), sample()} {
		require.True(t, requireSound(t, encoded(t, d)))
	}
	require.True(t, requireSound(t, []byte(small)))
	require.True(t, requireSound(t, []byte(medium)), "%v", lines(func() error { _, err := audit.Decode([]byte(medium)); return err }()))
}
