// Package rows reads columns of CSV files, as shops, CRM systems and spreadsheets
// export them, into exact values. It is the one reader of the examples: what a
// program needs is said by [Column], and it gets row after row with the cells of
// these columns, or all that is wrong with the files, each with its place.
//
// # What it reads
//
//		order_id;Customer ID;Order Date;Total
//		10001;C-00042;2026-10-30 18:04;"1249,50"
//		10002;C-00007;2026-10-31;-19,90
//
//	  - A header names the columns, in any order and among others. A wanted column
//	    may have several names (Column.Aliases); case, spaces and punctuation make
//	    no difference. Of several that could be it, that with its own name is
//	    taken; without such a column the file is refused. Where the user says what
//	    the column is called (Column.Called), only that counts.
//	  - The separator is a comma, a semicolon or a tab, whichever makes the best
//	    of the header.
//	  - Fields may be quoted as RFC 4180 says, with line breaks inside. Lines end
//	    in LF or CRLF, a byte order mark is skipped. Lines of nothing but spaces
//	    and tabs are skipped; all others have as many fields as the header.
//	  - Spaces and tabs around a value do not belong to it.
//
// # Days and times
//
// A day is YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD. A time of day may follow after a T
// or a space, with or without an offset: the day is the one that is written, as
// no time zone is better than the one the exporter chose. Forms in which a day
// could be taken for a month, such as 03/04/2026, are refused even where one
// reading is impossible, because the next line is read by the same habit.
//
// Where time counts to the second, an offset is taken off; without one, the time
// counts as that of UTC.
//
// # Numbers
//
// An amount is a decimal number of at most two decimals, and becomes an int64
// number of hundredths without ever being a float; further decimals may only be
// zeros. The decimal mark is the point; in files separated by semicolons it may be
// the comma, but a file has one mark, not both. There are no thousands separators
// and no currency signs, and exponents only in a [Number].
//
// # Limits
//
//	a record, and an unquoted line      1 MiB
//	amounts                             ±92,233,720,368,547,758.07
//	days                                0001-01-01 to 9999-12-31
//	faults that are listed              50 (all are counted)
//
// # Errors
//
// [Reader.Err] reports all faults at once in a [*Faults], each a [Fault] with its
// file, its line, the column's name in the file, and an error that quotes the value
// (cut to a bounded length) and wraps one of the sentinels. Under [Skip], rows with
// faults are left out and counted by kind instead; a file without the columns,
// with a line that does not end, or that cannot be read to its end is an error
// all the same.
//
// # Cost
//
// The input is streamed through one buffer. No cell is copied and no string is
// made of it: a [Dictionary] numbers the texts that come again and again.
package rows
