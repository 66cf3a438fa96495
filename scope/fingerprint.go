package scope

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Fingerprint tells whether the content of something changed: the SHA-256 of
// its fields, each preceded by its length, so that "ab", "c" and "a", "bc" differ.
// Its text form is 64 hexadecimal digits in lower case. The zero Fingerprint is
// "none"; its text is empty.
type Fingerprint [sha256.Size]byte

// ParseFingerprint reads the text form. The error wraps [verdict.ErrInvalid].
func ParseFingerprint(text string) (Fingerprint, error) {
	var f Fingerprint
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(f) || hex.EncodeToString(raw) != text {
		return Fingerprint{}, fmt.Errorf("scope: fingerprint %s: %w, want 64 digits 0-9a-f", verdict.Quote(text), verdict.ErrInvalid)
	}
	copy(f[:], raw)
	return f, nil
}

// IsZero reports whether f is none.
func (f Fingerprint) IsZero() bool { return f == Fingerprint{} }

// String returns the text form.
func (f Fingerprint) String() string {
	if f.IsZero() {
		return ""
	}
	return hex.EncodeToString(f[:])
}

// AppendText appends the text form to b. The error is always nil.
func (f Fingerprint) AppendText(b []byte) ([]byte, error) { return append(b, f.String()...), nil }

// MarshalText returns the text form.
func (f Fingerprint) MarshalText() ([]byte, error) { return f.AppendText(nil) }

// UnmarshalText reads the text form; f is unchanged on error.
func (f *Fingerprint) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*f = Fingerprint{}
		return nil
	}
	parsed, err := ParseFingerprint(string(text))
	if err != nil {
		return err
	}
	*f = parsed
	return nil
}

// A digest takes in fields and gives their fingerprint.
type digest struct{ h hash.Hash }

// digestOf begins a digest; the label keeps kinds of content apart.
func digestOf(label string, fields ...string) digest {
	d := digest{sha256.New()}
	return d.text(label).text(fields...)
}

// text takes in fields, each with its length before it.
func (d digest) text(fields ...string) digest {
	for _, s := range fields {
		d.number(int64(len(s)))
		d.h.Write([]byte(s))
	}
	return d
}

// list takes in a list with its length before it.
func (d digest) list(items []string) digest { return d.number(int64(len(items))).text(items...) }

func (d digest) number(n int64) digest {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n)) // the bits matter, not the sign
	d.h.Write(b[:])
	return d
}

func (d digest) sum() Fingerprint { return Fingerprint(d.h.Sum(nil)) }
