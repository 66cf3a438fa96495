package rows

import (
	"errors"
	"fmt"
	"io"
)

// A Policy says what becomes of rows with faults. The zero Policy is Refuse.
type Policy uint8

// The policies.
const (
	Refuse Policy = iota // every fault is reported, see [Reader.Err]
	Skip                 // such rows are left out and counted, see [Reader.Skipped]
)

// A Reader reads the wanted columns of one file after another.
type Reader struct {
	wanted  []wanted
	policy  Policy
	faults  Faults
	skipped Skipped
	rows    int64
	have    []bool // by wanted column: some file had it
}

// New returns a reader of the columns. Rows are numbered by their place here.
func New(policy Policy, columns ...Column) *Reader {
	r := &Reader{policy: policy, have: make([]bool, len(columns))}
	for _, c := range columns {
		r.wanted = append(r.wanted, newWanted(c, r.wanted))
	}
	return r
}

// Err returns a [*Faults] with all that is wrong with the files so far, or nil.
func (r *Reader) Err() error {
	if r.faults.Total == 0 {
		return nil
	}
	return &r.faults
}

// Skipped returns what was left out so far.
func (r *Reader) Skipped() Skipped { return r.skipped.ordered() }

// Rows returns how many rows were given out so far.
func (r *Reader) Rows() int64 { return r.rows }

// Has reports whether any file so far had the column.
func (r *Reader) Has(column int) bool { return r.have[column] }

// Read reads a file and gives its rows to each, in the order of the file, as
// long as they have no fault. An error of each is a fault of the row; see also
// [Row.Bad]. The name of the file goes into the faults.
//
// The row is good until each returns. After a fault, rows keep coming, so that
// all faults are found.
func (r *Reader) Read(name string, src io.Reader, each func(*Row) error) {
	f := &file{Reader: r, name: name, each: each, scan: scanner{src: src, line: 1}}
	f.row = Row{file: f, cells: make([]cell, len(r.wanted))}
	if f.header() {
		for f.next() {
			continue
		}
	}
}

// file is a file while it is read.
type file struct {
	*Reader
	layout

	name string
	each func(*Row) error
	scan scanner
	rec  record
	row  Row
	mark decimalMark
}

// header reads the first line that is not blank and finds the columns. It
// reports whether the rows can be read.
func (f *file) header() bool {
	err := f.scan.start()
	if err == nil {
		err = f.choose()
	}
	switch {
	case errors.Is(err, errEnd):
		if !f.interrupted() {
			f.fault(1, "", ErrEmpty)
		}
		return false
	case err != nil:
		f.fault(f.scan.line, "", err)
		return false
	}
	ok := true
	for w := range f.wanted {
		if err := f.settle(w, &f.wanted[w]); err != nil {
			f.fault(f.rec.line, f.wanted[w].Name, err)
			ok = false
		}
		f.have[w] = f.have[w] || f.found[w].at >= 0
	}
	f.scan.take(&f.rec)
	return ok
}

// choose takes the separator under which most of the wanted columns are there,
// and then the one with most columns. It leaves the header in f.rec.
func (f *file) choose() error {
	var first error
	for _, sep := range []byte(",;\t") {
		if err := f.scan.peek(sep, &f.rec); err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		if l := newLayout(sep, &f.rec, f.wanted); f.names == nil || l.better(&f.layout) {
			f.layout = l
		}
	}
	if f.names == nil {
		return first
	}
	return f.scan.peek(f.sep, &f.rec)
}

// next reads the next record and reports whether there was one.
func (f *file) next() bool {
	err := f.scan.peek(f.sep, &f.rec)
	switch {
	case errors.Is(err, errEnd):
		f.interrupted()
		return false
	case err != nil:
		// The line is given up but not those after it: a stray quote must not
		// hide what else is wrong.
		at := len(f.rec.fields)
		f.bad(Fault{f.name, f.rec.lineOf(at), f.column(at), err}, true)
		f.scan.skipLine()
		return true
	case len(f.rec.fields) != len(f.names):
		f.bad(Fault{f.name, f.rec.line, "", fmt.Errorf("%w: %d, but the header has %d", ErrRagged, len(f.rec.fields), len(f.names))}, true)
	default:
		f.take()
	}
	f.scan.take(&f.rec)
	return true
}

// take reads the cells of a record in the order of their columns, and gives the
// row out.
func (f *file) take() {
	first := true
	for _, w := range f.reading {
		err := f.cell(w)
		if err == nil {
			continue
		}
		at := f.found[w].at
		f.bad(Fault{f.name, f.rec.lineOf(at), f.column(at), err}, first)
		first = false
	}
	if !first {
		return
	}
	f.row.Line = f.rec.line
	err := f.each(&f.row)
	if err == nil {
		f.rows++
		return
	}
	if bad := (*badCell)(nil); errors.As(err, &bad) {
		at := f.found[bad.column].at
		f.bad(Fault{f.name, f.rec.lineOf(at), f.column(at), bad.err}, true)
		return
	}
	f.bad(Fault{f.name, f.rec.line, "", err}, true)
}

// bad is what becomes of a row with a fault, which is the first of the row or not.
func (f *file) bad(fault Fault, first bool) {
	switch {
	case f.policy == Refuse:
		f.faults.add(fault)
	case first:
		f.skipped.add(fault)
	}
}

// fault adds a fault of the file as a whole, which cannot be skipped.
func (f *file) fault(line int, column string, err error) {
	f.faults.add(Fault{f.name, line, column, err})
}

// interrupted reports, and tells, whether the records ended before the file did.
func (f *file) interrupted() bool {
	err := f.scan.broken()
	if err != nil {
		f.fault(f.scan.line, "", err)
	}
	return err != nil
}
