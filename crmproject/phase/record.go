package phase

// A Record is a decision that was made, with what was known when it was made. It
// is a plain value with a JSON form, made by [Machine.Decide] and never changed
// afterwards: the records in order are the history of a project, and
// [Machine.Replay] gives its state back from them, without the facts.
type Record struct {
	Seq      int64    `json:"seq"`   // counted from 1 without gaps
	Cycle    string   `json:"cycle"` // name of the definition
	Decision Decision `json:"decision"`
	From     ID       `json:"from,omitempty"`  // the phase before, empty for a start
	To       ID       `json:"to"`              // the phase afterwards, or [End]
	Visit    int      `json:"visit,omitempty"` // number of the visit that it opens, 0 if it opens none
	// Snapshot is the evaluation of the gate that was passed or confirmed; for
	// hold, recycle and kill, of every gate out of the current phase.
	Snapshot []Evaluation `json:"snapshot,omitempty"`
}

// moves reports whether the record changes the phase or visit.
func (r Record) moves() bool { return r.Visit > 0 || r.To == End }
