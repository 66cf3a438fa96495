package phase

import (
	"errors"
	"fmt"
	"strings"
)

// What a refusal can be, for errors.Is; each stands for an [Outcome].
var (
	ErrRefused     = errors.New("refused")
	ErrUndeclared  = errors.New("undeclared")
	ErrCheckFailed = errors.New("check failed")
)

// A RefusedError says that a decision cannot be made, and why. It wraps
// [ErrRefused], [ErrUndeclared] or [ErrCheckFailed].
type RefusedError struct {
	Action     Action
	Outcome    Outcome    // not Open
	Evaluation Evaluation // of the gate; only its ends are set if no gate was asked
	Why        string     // why no gate was asked; empty if one was
}

// Error returns the refusal with at most three of its reasons.
func (e *RefusedError) Error() string {
	reasons := e.Reasons()
	const most = 3
	more := ""
	if len(reasons) > most {
		more = fmt.Sprintf("; and %d more", len(reasons)-most)
		reasons = reasons[:most]
	}
	return fmt.Sprintf("phase: %s%s %s: %s%s", e.Action, e.where(), statusWord(e.Outcome), strings.Join(reasons, "; "), more)
}

func (e *RefusedError) where() string {
	switch from, to := e.Evaluation.From, e.Evaluation.To; {
	case from == "" && to == "":
		return ""
	case to == "":
		return " in " + string(from)
	default:
		return fmt.Sprintf(" from %s to %s", from, to)
	}
}

// Reasons says in sentences why the decision cannot be made.
func (e *RefusedError) Reasons() []string {
	if e.Why != "" {
		return []string{e.Why}
	}
	return e.Evaluation.Reasons()
}

// Unwrap returns the sentinel of the outcome.
func (e *RefusedError) Unwrap() error {
	switch e.Outcome {
	case Undeclared:
		return ErrUndeclared
	case CheckFailed:
		return ErrCheckFailed
	default:
		return ErrRefused
	}
}

func statusWord(o Outcome) string {
	return strings.ReplaceAll(o.String(), "_", " ")
}

// A ReplayError names the first bad record of a sequence.
type ReplayError struct {
	Index int   // its place in the sequence, from 0
	Seq   int64 // the number it carries
	Err   error // what is wrong with it
}

// Error returns "phase: record <Seq> at index <Index>: what is wrong".
func (e *ReplayError) Error() string {
	return fmt.Sprintf("phase: record %d at index %d: %s", e.Seq, e.Index, strings.TrimPrefix(e.Err.Error(), "phase: "))
}

// Unwrap returns what is wrong with the record.
func (e *ReplayError) Unwrap() error { return e.Err }
