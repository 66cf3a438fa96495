//go:build cgo

package peers_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
	"github.com/stretchr/testify/require"
)

// The tables of events, one for each form of the customers.
const (
	dense   = "dense"
	integer = "integer"
	text    = "text"
)

// A database is DuckDB in memory with tables of events.
type database struct{ *sql.DB }

// The other tables are made from the first; the tests say whether the keys are those
// of the events. 11400714819323198485 is odd, so its multiples modulo 2⁶⁴ differ.
var others = []string{
	`CREATE TABLE "integer" AS
	SELECT (h - CASE WHEN h >> 63 = 1 THEN 18446744073709551616::HUGEINT ELSE 0 END)::BIGINT AS customer, * EXCLUDE (customer, h)
	FROM (SELECT (customer::HUGEINT + 1) * 11400714819323198485::HUGEINT % 18446744073709551616::HUGEINT AS h, * FROM dense)`,
	`CREATE TABLE "text" AS SELECT 'C' || lpad(customer::VARCHAR, 7, '0') AS customer, * EXCLUDE (customer) FROM dense`,
}

// load makes a database of events. Whoever opens it may close it.
func load(e *events) (*database, error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, err
	}
	db := &database{sql.OpenDB(connector)}
	db.SetMaxOpenConns(1) // temporary tables are of one connection
	err = db.all(fmt.Sprintf("SET threads TO %d", runtime.GOMAXPROCS(0)),
		"CREATE TABLE dense (customer UINTEGER, day DATE, minor BIGINT, step UTINYINT, moment BIGINT)")
	if err != nil {
		return nil, err
	}
	if err := e.appendTo(connector); err != nil {
		return nil, err
	}
	return db, db.all(others...)
}

func (e *events) appendTo(c *duckdb.Connector) (err error) {
	conn, err := c.Connect(context.Background())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	appender, err := duckdb.NewAppenderFromConn(conn, "", dense)
	if err != nil {
		return err
	}
	for i := range e.dense {
		if err := appender.AppendRow(e.dense[i], e.days[i].Time(time.UTC), e.minor[i], e.step[i], e.moment[i]); err != nil {
			return err
		}
	}
	return appender.Close()
}

// open loads events for a test.
func open(t *testing.T, e *events) *database {
	t.Helper()
	db, err := load(e)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// under gives the database the settings of an idiom, until a test or benchmark ends.
func (db *database) under(tb testing.TB, i idiom) {
	tb.Helper()
	require.NoError(tb, db.all(i.set...))
	tb.Cleanup(func() { require.NoError(tb, db.all(i.reset...)) })
}

// all runs statements one after the other. A result is made in full, and not read.
func (db *database) all(statements ...string) error {
	for _, s := range statements {
		if _, err := db.ExecContext(context.Background(), s); err != nil {
			return fmt.Errorf("%w in %s", err, s)
		}
	}
	return nil
}

// each calls f for every row of a result, which f scans.
func (db *database) each(t *testing.T, statement string, f func(scan func(...any))) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), statement)
	require.NoError(t, err, statement)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		f(func(to ...any) { require.NoError(t, rows.Scan(to...)) })
	}
	require.NoError(t, rows.Err())
}

// numbers returns a result that is of numbers alone.
func (db *database) numbers(statement string) (all [][]int64, err error) {
	rows, err := db.QueryContext(context.Background(), statement)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, statement)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		row, to := make([]int64, len(columns)), make([]any, len(columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}
