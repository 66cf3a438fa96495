package rfm

import "github.com/crmrollout/crm/crmproject/verdict"

// A Method says how the customers are put into bins along one dimension. The zero
// Method means [Quantile].
type Method uint8

// The methods.
const (
	// Quantile cuts at the type 7 quantiles i/bins, each bin including its upper
	// cut. Equal values stay together (but see [Ties]), so bins may be of unequal
	// size or empty.
	Quantile Method = iota + 1

	// NTile deals the customers, in order, into bins of equal size, the first bins
	// getting one more where that does not go up evenly, as NTILE of SQL does. Equal
	// values may be torn apart; [Break] says how.
	NTile

	// Fixed cuts where [Axis.Cuts] says.
	Fixed

	// RCompatible does what the R package rfm does (0.3.0): it cuts at the type 7
	// quantiles plus one, each bin including its lower cut, and computes them in
	// float64 the way R does, rounding and all.
	RCompatible
)

var methodWords = verdict.NewWords[Method]("method", "quantile", "n_tile", "fixed", "r_compatible")

// ParseMethod returns the method of a word such as "n_tile".
func ParseMethod(word string) (Method, error) { return methodWords.Parse(word) }

// IsValid reports whether m is one of the methods.
func (m Method) IsValid() bool { return methodWords.IsValid(m) }

// String returns the word of m, empty for the zero value.
func (m Method) String() string { return methodWords.String(m) }

// AppendText appends the word of m to b.
func (m Method) AppendText(b []byte) ([]byte, error) { return methodWords.AppendText(b, m) }

// MarshalText returns the word of m.
func (m Method) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads a word; m is unchanged on error.
func (m *Method) UnmarshalText(text []byte) error { return methodWords.UnmarshalText(text, m) }

// Ties says what [Quantile] does with equal values and equal cuts. The zero Ties
// means [TiesTogether].
type Ties uint8

// The treatments of ties.
const (
	// TiesTogether leaves equal values in one bin and lets bins be empty.
	TiesTogether Ties = iota + 1

	// TiesMerged leaves equal values in one bin and merges bins whose cuts
	// coincide, counting the smallest and the largest value as cuts too. There are
	// fewer bins then, and the best score is lower. It is what qcut of pandas does
	// with duplicates="drop", without its rounding errors.
	TiesMerged

	// TiesInOrder gives each customer a rank of his own, in ascending order of
	// value and among equals of customer, and takes the quantiles of the ranks. It
	// is the qcut of rank(method="first") of pandas, without its rounding errors.
	TiesInOrder
)

var tiesWords = verdict.NewWords[Ties]("ties", "together", "merged", "in_order")

// ParseTies returns the treatment of a word such as "together".
func ParseTies(word string) (Ties, error) { return tiesWords.Parse(word) }

// IsValid reports whether t is one of the treatments.
func (t Ties) IsValid() bool { return tiesWords.IsValid(t) }

// String returns the word of t, empty for the zero value.
func (t Ties) String() string { return tiesWords.String(t) }

// AppendText appends the word of t to b.
func (t Ties) AppendText(b []byte) ([]byte, error) { return tiesWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Ties) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Ties) UnmarshalText(text []byte) error { return tiesWords.UnmarshalText(text, t) }

// A Break says who comes first, and so may get the lower score, among customers
// with equal values under [NTile]. Whom it leaves equal follow in ascending order
// of customer. The zero Break means [BreakByCustomer].
type Break uint8

// The tie-breaks.
const (
	BreakByCustomer           Break = iota + 1 // the smaller customer id first
	BreakByCustomerDescending                  // the larger customer id first
	BreakByRecency                             // the longer ago first
	BreakByFrequency                           // the rarer first
	BreakByMonetary                            // the less first
)

var breakWords = verdict.NewWords[Break]("tie-break", "customer", "customer_descending", "recency", "frequency", "monetary")

// ParseBreak returns the tie-break of a word such as "customer".
func ParseBreak(word string) (Break, error) { return breakWords.Parse(word) }

// IsValid reports whether b is one of the tie-breaks.
func (b Break) IsValid() bool { return breakWords.IsValid(b) }

// String returns the word of b, empty for the zero value.
func (b Break) String() string { return breakWords.String(b) }

// AppendText appends the word of b to text.
func (b Break) AppendText(text []byte) ([]byte, error) { return breakWords.AppendText(text, b) }

// MarshalText returns the word of b.
func (b Break) MarshalText() ([]byte, error) { return b.AppendText(nil) }

// UnmarshalText reads a word; b is unchanged on error.
func (b *Break) UnmarshalText(text []byte) error { return breakWords.UnmarshalText(text, b) }

// A Side says which end of a bin belongs to it under [Fixed]. The zero Side means
// [RightClosed].
type Side uint8

// The sides.
const (
	RightClosed Side = iota + 1 // a value on a cut is in the bin below: (lo, hi]
	LeftClosed                  // a value on a cut is in the bin above: [lo, hi)
)

var sideWords = verdict.NewWords[Side]("closed side", "right", "left")

// ParseSide returns the side of a word such as "right".
func ParseSide(word string) (Side, error) { return sideWords.Parse(word) }

// IsValid reports whether s is one of the sides.
func (s Side) IsValid() bool { return sideWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Side) String() string { return sideWords.String(s) }

// AppendText appends the word of s to b.
func (s Side) AppendText(b []byte) ([]byte, error) { return sideWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Side) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Side) UnmarshalText(text []byte) error { return sideWords.UnmarshalText(text, s) }

// A Nesting says which customers are binned together. The zero Nesting means
// [Independent].
type Nesting uint8

// The nestings.
const (
	Independent Nesting = iota + 1 // all, on every dimension
	Nested                         // frequency among those of one recency score, monetary value among those of one R and F
)

var nestingWords = verdict.NewWords[Nesting]("nesting", "independent", "nested")

// ParseNesting returns the nesting of a word such as "nested".
func ParseNesting(word string) (Nesting, error) { return nestingWords.Parse(word) }

// IsValid reports whether n is one of the nestings.
func (n Nesting) IsValid() bool { return nestingWords.IsValid(n) }

// String returns the word of n, empty for the zero value.
func (n Nesting) String() string { return nestingWords.String(n) }

// AppendText appends the word of n to b.
func (n Nesting) AppendText(b []byte) ([]byte, error) { return nestingWords.AppendText(b, n) }

// MarshalText returns the word of n.
func (n Nesting) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText reads a word; n is unchanged on error.
func (n *Nesting) UnmarshalText(text []byte) error { return nestingWords.UnmarshalText(text, n) }
