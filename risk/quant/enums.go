package quant

// A Role is one of the two ways in which risks depend on each other. The zero Role
// is invalid.
type Role uint8

// The roles.
const (
	Occurrence Role = iota + 1 // whether they happen
	Severity                   // how much they cost
)

var roleWords = words[Role]{"role", []string{"", "occurrence", "severity"}}

// ParseRole returns the role of a word: occurrence or severity.
func ParseRole(word string) (Role, error) { return roleWords.parse(word) }

// IsValid reports whether r is one of the constants.
func (r Role) IsValid() bool { return roleWords.isValid(r) }

// String returns the word of r, empty for the zero Role.
func (r Role) String() string { return roleWords.string(r) }

// AppendText appends the word of r to b.
func (r Role) AppendText(b []byte) ([]byte, error) { return roleWords.appendText(b, r) }

// MarshalText returns the word of r.
func (r Role) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *Role) UnmarshalText(text []byte) error { return roleWords.unmarshal(text, r) }

// A Method is how totals are found. The zero Method is Auto.
type Method uint8

// The methods.
const (
	Auto       Method = iota // Exact where there is an exact method, otherwise Simulation
	Exact                    // by characteristic functions, without chance
	Simulation               // by random draws
)

var methodWords = words[Method]{"method", []string{"auto", "exact", "simulation"}}

// ParseMethod returns the method of a word: auto, exact or simulation.
func ParseMethod(word string) (Method, error) { return methodWords.parse(word) }

// IsValid reports whether m is one of the constants.
func (m Method) IsValid() bool { return methodWords.isValid(m) }

// String returns the word of m.
func (m Method) String() string { return methodWords.string(m) }

// AppendText appends the word of m to b.
func (m Method) AppendText(b []byte) ([]byte, error) { return methodWords.appendText(b, m) }

// MarshalText returns the word of m.
func (m Method) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads a word; m is unchanged on error.
func (m *Method) UnmarshalText(text []byte) error { return methodWords.unmarshal(text, m) }

// An Aggregation is how delays make one. The zero Aggregation is Additive.
type Aggregation uint8

// The aggregations.
const (
	Additive Aggregation = iota // delays follow each other: all on one path
	Longest                     // delays run side by side: the greatest counts, at least 0
)

var aggregationWords = words[Aggregation]{"aggregation", []string{"additive", "longest"}}

// ParseAggregation returns the aggregation of a word: additive or longest.
func ParseAggregation(word string) (Aggregation, error) { return aggregationWords.parse(word) }

// IsValid reports whether a is one of the constants.
func (a Aggregation) IsValid() bool { return aggregationWords.isValid(a) }

// String returns the word of a.
func (a Aggregation) String() string { return aggregationWords.string(a) }

// AppendText appends the word of a to b.
func (a Aggregation) AppendText(b []byte) ([]byte, error) { return aggregationWords.appendText(b, a) }

// MarshalText returns the word of a.
func (a Aggregation) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Aggregation) UnmarshalText(text []byte) error { return aggregationWords.unmarshal(text, a) }

// A Bound says what the limits of an [Estimate] are. The zero Bound is invalid.
type Bound uint8

// The bounds.
const (
	// Rounding: the value is that of a formula, and wrong by no more than rounding
	// and a proven remainder; the limits enclose it.
	Rounding Bound = iota + 1
	// Refinement: the limits hold what is known to be missing (the ends of the grid,
	// what it was cut by) and the change that came of the last refinement, to twice
	// the grid and twice the nodes. The method converges fast, so the truth is
	// nearer than that change; but it is an error estimate, not a proof.
	Refinement
	// Sampling: a confidence interval, of the level that was asked for.
	Sampling
)

var boundWords = words[Bound]{"bound", []string{"", "rounding", "refinement", "sampling"}}

// ParseBound returns the bound of a word: rounding, refinement or sampling.
func ParseBound(word string) (Bound, error) { return boundWords.parse(word) }

// IsValid reports whether b is one of the constants.
func (b Bound) IsValid() bool { return boundWords.isValid(b) }

// String returns the word of b, empty for the zero Bound.
func (b Bound) String() string { return boundWords.string(b) }

// AppendText appends the word of b to text.
func (b Bound) AppendText(text []byte) ([]byte, error) { return boundWords.appendText(text, b) }

// MarshalText returns the word of b.
func (b Bound) MarshalText() ([]byte, error) { return b.AppendText(nil) }

// UnmarshalText reads a word; b is unchanged on error.
func (b *Bound) UnmarshalText(text []byte) error { return boundWords.unmarshal(text, b) }
