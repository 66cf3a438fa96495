package stakeholder_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"math/big"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/stakeholder"
)

// rowsOf reads a CSV file of testdata by the names of its columns.
func rowsOf(t *testing.T, name string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(lines), 1, name)
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := make(map[string]string)
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, into))
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	require.NoError(t, err)
	return n
}

// parse reads a word by the parser of its enumeration.
func parse[T any](t *testing.T, parser func(string) (T, error), word string) T {
	t.Helper()
	v, err := parser(word)
	require.NoError(t, err)
	return v
}

// ST-10.
func TestReferenceSalience(t *testing.T) {
	for _, row := range rowsOf(t, "salience.csv") {
		var a stakeholder.Attributes
		for word, one := range map[string]stakeholder.Attributes{
			"power": stakeholder.Power, "legitimacy": stakeholder.Legitimacy, "urgency": stakeholder.Urgency,
		} {
			if row[word] == "1" {
				a |= one
			}
		}
		s := stakeholder.SalienceOf(a)
		require.Equal(t, row["class"], s.String())
		require.Equal(t, row["group"], s.Group().String())
		require.Equal(t, number(t, row["salience"]), s.Score())
		require.Equal(t, a, s.Attributes())
	}
}

// ST-10.
func TestReferencePowerInterest(t *testing.T) {
	for _, row := range rowsOf(t, "power_interest.csv") {
		q := stakeholder.QuadrantOf(number(t, row["power"]), number(t, row["interest"]), number(t, row["cut"]))
		require.Equal(t, row["quadrant"], q.String(), row)
	}
}

// ST-05.
func TestReferenceEngagement(t *testing.T) {
	for _, row := range rowsOf(t, "engagement.csv") {
		current := parse(t, stakeholder.ParseLevel, row["current"])
		desired := parse(t, stakeholder.ParseLevel, row["desired"])
		gap, ok := stakeholder.Gap(current, desired)
		require.True(t, ok)
		require.Equal(t, number(t, row["gap"]), gap)
		require.Equal(t, row["status"], stakeholder.AlignmentOf(current, desired).String())
	}
}

// ST-09.
func TestReferenceModes(t *testing.T) {
	for _, row := range rowsOf(t, "thomas_kilmann.csv") {
		m, ok := stakeholder.ModeOf(parse(t, stakeholder.ParseTendency, row["assertiveness"]),
			parse(t, stakeholder.ParseTendency, row["cooperativeness"]))
		require.True(t, ok)
		require.Equal(t, row["mode"], m.String())
	}
}

// ST-12.
func TestReferenceChannels(t *testing.T) {
	for _, row := range rowsOf(t, "channels.csv") {
		n, ok := stakeholder.Channels(number(t, row["n"]))
		require.True(t, ok)
		require.Equal(t, int64(number(t, row["channels"])), n)
	}
}

func TestChannelsDoNotOverflow(t *testing.T) {
	for _, n := range []int64{0, 1, 2, 1<<32 - 1, 1 << 32, 1<<32 + 1, 6_100_000_000, math.MaxInt64, -1, math.MinInt64} {
		want := new(big.Int).Mul(big.NewInt(n), new(big.Int).Sub(big.NewInt(n), big.NewInt(1)))
		want.Rsh(want, 1)
		got, ok := stakeholder.Channels(int(n))
		require.Equal(t, n >= 0 && want.IsInt64(), ok, n)
		if ok {
			require.Equal(t, want.Int64(), got)
		}
	}
}

// ST-11, ST-13.
func TestReferenceDue(t *testing.T) {
	var cases []struct {
		PlanStart   calendar.Date  `json:"plan_start"`
		LastContact *calendar.Date `json:"last_contact"`
		Every       int
		Unit        calendar.Unit
		GraceDays   int           `json:"grace_days"`
		AsOf        calendar.Date `json:"as_of"`
		NextDue     calendar.Date `json:"next_due"`
		Overdue     bool
		OverdueDays int `json:"overdue_days"`
		Note        string
	}
	readJSON(t, "communication_due.json", &cases)
	require.NotEmpty(t, cases)
	for _, c := range cases {
		every, err := calendar.NewPeriod(c.Every, c.Unit)
		require.NoError(t, err)
		register := stakeholder.Register{Plan: []stakeholder.Communication{{
			ID: "C", Rhythm: stakeholder.Rhythm{Start: c.PlanStart, Every: every, GraceDays: c.GraceDays},
		}}}
		var last calendar.Date
		if c.LastContact != nil {
			last = *c.LastContact
			register.Contacts = []stakeholder.Contact{{On: last, Communication: "C"}}
		}
		rhythm := register.Plan[0].Rhythm
		require.Equal(t, c.NextDue, rhythm.Due(last), c.Note)
		require.Equal(t, c.OverdueDays, rhythm.Overdue(last, c.AsOf), c.Note)
		require.Equal(t, c.Overdue, rhythm.Overdue(last, c.AsOf) > 0, c.Note)
		require.Equal(t, []stakeholder.Due{{Communication: "C", Last: last, Next: c.NextDue, OverdueDays: c.OverdueDays}},
			register.Due(c.AsOf), c.Note)
	}
}

// ST-24.
func TestReferenceCoverage(t *testing.T) {
	var cases []struct {
		Involved, Team, Missing []string
		Covered, Required       int
		OK                      bool
		Note                    string
	}
	readJSON(t, "department_coverage.json", &cases)
	require.NotEmpty(t, cases)
	for _, c := range cases {
		got := stakeholder.Coverage(c.Involved, c.Team)
		require.Equal(t, c.Covered, got.Covered, c.Note)
		require.Equal(t, c.Required, got.Required, c.Note)
		require.Equal(t, c.Missing, append([]string{}, got.Missing...), c.Note)
		require.Equal(t, c.OK, got.OK(), c.Note)
		require.Equal(t, c.Required > 0, got.Defined(), c.Note)
	}
}
