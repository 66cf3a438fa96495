package usage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/crmrollout/crm/kpi"
)

// The binary form: magic, one byte for the version, the number of actions; and for
// each action in ascending order its length and name, and the length and the binary
// form of its history. Numbers are unsigned varints.
const (
	magic   = "CRMU"
	version = 1
)

// ErrFormat is wrapped by the errors of [Log.UnmarshalBinary].
var ErrFormat = errors.New("not the binary form of a usage log")

// AppendBinary appends the binary form of l to b; see [Log.MarshalBinary].
func (l *Log[K]) AppendBinary(b []byte) ([]byte, error) {
	b = append(append(b, magic...), version)
	b = binary.AppendUvarint(b, uint64(len(l.actions)))
	for _, action := range l.Actions() {
		history, err := l.actions[action].MarshalBinary()
		if err != nil {
			return nil, fmt.Errorf("usage: %w", err)
		}
		b = appendBytes(appendBytes(b, []byte(action)), history)
	}
	return b, nil
}

func appendBytes(b, piece []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(piece))), piece...)
}

// MarshalBinary returns the binary form: versioned, and the same for the same
// events in whatever order and grouping they came. The error is that of
// [kpi.History.MarshalBinary].
func (l *Log[K]) MarshalBinary() ([]byte, error) { return l.AppendBinary(nil) }

// UnmarshalBinary replaces l by what [Log.MarshalBinary] wrote, for a key type of
// the same class: strings, signed or unsigned integers. It accepts exactly the bytes
// that MarshalBinary would give back. The error wraps [ErrFormat], and l is unchanged
// then.
func (l *Log[K]) UnmarshalBinary(data []byte) error {
	head := append([]byte(magic), version)
	rest, ok := bytes.CutPrefix(data, head)
	if !ok {
		return fmt.Errorf("usage: %w: begins with %q, want %q", ErrFormat, data[:min(len(data), len(head))], head)
	}
	n, rest := cutNumber(rest)
	read := &Log[K]{}
	for range min(n, uint64(len(rest))) { // each takes more than a byte
		var action, history []byte
		action, rest = cutBytes(rest)
		history, rest = cutBytes(rest)
		if err := read.take(string(action), history); err != nil {
			return err
		}
	}
	// Whatever is not as this package writes it shows when it is written again.
	if again, err := read.AppendBinary(nil); err != nil || !bytes.Equal(again, data) {
		return fmt.Errorf("usage: %w: not in canonical form", ErrFormat)
	}
	*l = *read
	return nil
}

// take reads one action.
func (l *Log[K]) take(action string, history []byte) error {
	h := &kpi.History[K]{}
	if err := h.UnmarshalBinary(history); err != nil {
		return fmt.Errorf("usage: %w: action %q: %w", ErrFormat, action[:min(len(action), 40)], err)
	}
	if action == "" || h.Customers() == 0 || l.actions[action] != nil || !amountless(h) {
		return fmt.Errorf("usage: %w: action %q is empty, twice or has amounts", ErrFormat, action[:min(len(action), 40)])
	}
	if l.actions == nil {
		l.actions = map[string]*kpi.History[K]{}
	}
	l.actions[action] = h
	return nil
}

// amountless reports whether no event has an amount, as those of a log never do.
func amountless[K kpi.Key](h *kpi.History[K]) bool {
	for _, sum := range h.Ledger().Columns().Sum {
		if sum != 0 {
			return false
		}
	}
	return true
}

// cutNumber reads a number, 0 if there is none.
func cutNumber(b []byte) (uint64, []byte) {
	v, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil
	}
	return v, b[n:]
}

// cutBytes reads a length and so many bytes, none if they are not all there.
func cutBytes(b []byte) (piece, rest []byte) {
	n, rest := cutNumber(b)
	if n > uint64(len(rest)) {
		return nil, nil
	}
	return rest[:n], rest[n:]
}
