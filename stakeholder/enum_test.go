package stakeholder_test

import (
	"encoding"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder"
)

// A word is the value of some enumeration.
type word interface {
	encoding.TextMarshaler
	encoding.TextAppender
	fmt.Stringer
	IsValid() bool
}

// An enum is an enumeration without its type.
type enum struct {
	name  string
	value func(uint8) word
	parse func(string) (word, error)
	read  func([]byte) (word, error) // by UnmarshalText into the value 1
}

func enumOf[T interface {
	~uint8
	word
}, P interface {
	*T
	encoding.TextUnmarshaler
}](name string, parse func(string) (T, error)) enum {
	return enum{
		name, func(v uint8) word { return T(v) },
		func(s string) (word, error) { return parse(s) },
		func(text []byte) (word, error) {
			v := T(1)
			err := P(&v).UnmarshalText(text)
			return v, err
		},
	}
}

func enums() []enum {
	return []enum{
		enumOf("Alignment", stakeholder.ParseAlignment), enumOf("Answer", stakeholder.ParseAnswer),
		enumOf("Aspect", stakeholder.ParseAspect), enumOf("Channel", stakeholder.ParseChannel),
		enumOf("Class", stakeholder.ParseClass), enumOf("ConflictState", stakeholder.ParseConflictState),
		enumOf("Content", stakeholder.ParseContent), enumOf("Detail", stakeholder.ParseDetail),
		enumOf("EventKind", stakeholder.ParseEventKind), enumOf("Kind", stakeholder.ParseKind),
		enumOf("Level", stakeholder.ParseLevel), enumOf("Mode", stakeholder.ParseMode),
		enumOf("Part", stakeholder.ParsePart), enumOf("Quadrant", stakeholder.ParseQuadrant),
		enumOf("Realism", stakeholder.ParseRealism), enumOf("Salience", stakeholder.ParseSalience),
		enumOf("SalienceGroup", stakeholder.ParseSalienceGroup), enumOf("Tendency", stakeholder.ParseTendency),
		enumOf("Turn", stakeholder.ParseTurn),
	}
}

func TestEnums(t *testing.T) {
	for _, e := range enums() {
		t.Run(e.name, func(t *testing.T) {
			require.False(t, e.value(0).IsValid())
			require.Empty(t, e.value(0).String())
			text, err := e.value(0).MarshalText()
			require.NoError(t, err)
			require.Empty(t, text)
			n := uint8(1)
			for ; e.value(n).IsValid(); n++ {
				text, err := e.value(n).MarshalText()
				require.NoError(t, err)
				require.Equal(t, e.value(n).String(), string(text))
				for _, read := range []func() (word, error){
					func() (word, error) { return e.parse(string(text)) },
					func() (word, error) { return e.read(text) },
				} {
					back, err := read()
					require.NoError(t, err)
					require.Equal(t, e.value(n), back)
				}
			}
			require.Greater(t, n, uint8(2), "at least two values")
			_, err = e.value(n).MarshalText()
			require.ErrorIs(t, err, verdict.ErrUnknown)
			kept, err := e.read([]byte("no such word"))
			require.ErrorIs(t, err, verdict.ErrUnknown)
			require.Equal(t, e.value(1), kept, "unchanged on error")
		})
	}
}

func FuzzWords(f *testing.F) {
	for _, e := range enums() {
		f.Add(e.value(1).String())
	}
	f.Add("")
	f.Add("Key Points")
	f.Fuzz(func(t *testing.T, s string) {
		for _, e := range enums() {
			v, err := e.parse(s)
			if err != nil {
				continue
			}
			require.True(t, v.IsValid())
			back, err := e.read([]byte(v.String()))
			require.NoError(t, err)
			require.Equal(t, v, back)
		}
	})
}

func TestAttributes(t *testing.T) {
	all := stakeholder.Power | stakeholder.Legitimacy | stakeholder.Urgency
	for a := range all + 1 {
		text, err := a.MarshalText()
		require.NoError(t, err)
		back := all
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, a, back)
		require.True(t, a.IsValid())
		require.Equal(t, a, stakeholder.SalienceOf(a).Attributes())
	}
	require.Equal(t, "power,legitimacy,urgency", all.String())
	require.Equal(t, "Attributes(8)", (all + 1).String())
	_, err := (all + 1).MarshalText()
	require.ErrorIs(t, err, verdict.ErrRange)
	require.Zero(t, stakeholder.SalienceOf(all+1))
	require.Zero(t, stakeholder.Salience(0).Attributes())
	require.Zero(t, stakeholder.Salience(9).Group())
	require.Zero(t, stakeholder.Salience(9).Score())
	got, err := stakeholder.ParseAttributes("Urgency, power")
	require.NoError(t, err)
	require.Equal(t, stakeholder.Urgency|stakeholder.Power, got)
	for s, want := range map[string]error{
		"power,power": verdict.ErrDuplicate, "might": verdict.ErrUnknown, "power,": verdict.ErrUnknown, " ": verdict.ErrUnknown,
	} {
		kept := stakeholder.Power
		err := kept.UnmarshalText([]byte(s))
		require.ErrorIs(t, err, want, s)
		require.Equal(t, stakeholder.Power, kept)
	}
}

func FuzzAttributes(f *testing.F) {
	f.Add("power,urgency")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := stakeholder.ParseAttributes(s)
		if err != nil {
			return
		}
		back, err := stakeholder.ParseAttributes(a.String())
		require.NoError(t, err)
		require.Equal(t, a, back)
	})
}

// ST-14.
func TestClassDetail(t *testing.T) {
	require.Equal(t, stakeholder.KeyPoints, stakeholder.Executives.Detail())
	require.Equal(t, stakeholder.DetailAndContext, stakeholder.Employees.Detail())
	require.Zero(t, stakeholder.Class(0).Detail())
}

// ST-12: the four channels by name, and others.
func TestChannelWords(t *testing.T) {
	for s, want := range map[string]stakeholder.Channel{
		"face-to-face": stakeholder.FaceToFace, "phone": stakeholder.Phone, "email": stakeholder.Email,
		"Instant message": stakeholder.InstantMessage, "other": stakeholder.OtherChannel,
	} {
		got, err := stakeholder.ParseChannel(s)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}
