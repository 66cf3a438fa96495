package revenue

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/kpi"
)

// The binary form is a header of the magic word, the version and the currency (four
// bytes, the most significant first), then that of the history of payments.
const (
	magic   = "crm/rev"
	version = 1
	header  = len(magic) + 1 + 4
)

// ErrFormat is wrapped by the errors of [Snapshots.UnmarshalBinary].
var ErrFormat = errors.New("not the binary form of snapshots")

// AppendBinary appends the binary form of s to b; see [Snapshots.MarshalBinary].
func (s *Snapshots[K]) AppendBinary(b []byte) ([]byte, error) {
	b = append(append(b, magic...), version)
	b = binary.BigEndian.AppendUint32(b, uint32(s.currency))
	b, err := s.rows.AppendBinary(b)
	if err != nil {
		return nil, fmt.Errorf("revenue: %w", err)
	}
	return b, nil
}

// MarshalBinary returns the binary form: versioned, and the same for the same amounts
// in whatever order and grouping they came. The error tells of more than 2⁴⁰ amounts
// of one customer and month.
func (s *Snapshots[K]) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// UnmarshalBinary replaces s by what [Snapshots.MarshalBinary] wrote, for a key type
// of the same class: strings, signed or unsigned integers. It accepts exactly the
// bytes that MarshalBinary would give back. The error wraps [ErrFormat], and s is
// unchanged then.
func (s *Snapshots[K]) UnmarshalBinary(data []byte) error {
	if len(data) < header || string(data[:len(magic)]) != magic || data[len(magic)] != version {
		return fmt.Errorf("revenue: %w: header", ErrFormat)
	}
	read := Snapshots[K]{currency: money.Currency(binary.BigEndian.Uint32(data[len(magic)+1:]))}
	if read.currency != 0 && !read.currency.IsValid() {
		return fmt.Errorf("revenue: %w: currency %v", ErrFormat, read.currency)
	}
	if err := read.rows.UnmarshalBinary(data[header:]); err != nil {
		return fmt.Errorf("revenue: %w: %w", ErrFormat, err)
	}
	for _, cell := range read.rows.All() {
		if err := read.possible(cell); err != nil {
			return fmt.Errorf("revenue: %w: %w", ErrFormat, err)
		}
	}
	*s = read
	return nil
}

// possible returns what is wrong with a cell that [Snapshots.Add] never makes.
func (s *Snapshots[K]) possible(cell kpi.CustomerDay) error {
	month := calendar.Month(cell.Day)
	switch {
	case !month.IsValid():
		return fmt.Errorf("month %d", int32(month))
	case cell.Refunds > 0:
		return fmt.Errorf("%v: negative amounts", month)
	case cell.Purchases > 0 && s.currency == 0:
		return fmt.Errorf("%v: an amount without a currency", month)
	default:
		return nil
	}
}
