package ledger

// SetRoom limits the log to so many rows, to test what happens at the end.
func (l *Log[K]) SetRoom(rows int) { l.room = rows }

// SetDue makes the next row at or after the given number compact the log.
func (l *Log[K]) SetDue(rows int) { l.due = rows }

// IsCanonical reports whether the log is in canonical form.
func (l *Log[K]) IsCanonical() bool { return l.canonical }
