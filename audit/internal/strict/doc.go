// Package strict decodes one JSON document into a plain Go value, refuses
// everything it does not understand, and tells all the faults of the document
// at once, each with its path, line and column.
//
// A project file is written and mended by people. encoding/json stops at the
// first mismatch, matches field names without regard to case, lets the last of
// two equal keys win, replaces broken UTF-8 silently and leaves a half-filled
// value behind. Each of these turns a slip of the pen into a wrong verdict
// about a project, so here each is a fault:
//
//	scope.requirements[3]: unknown field "nmae" (did you mean "name"?)
//	project.budget[0].planned: want a string such as "1234.50 EUR", got number 12
//	risks.items[2].likelihood: 9: likelihood is one of 1 to 5
//
// # What is decoded
//
// Values are matched to Go types as encoding/json matches them, with the same
// json tags (names, "-", and promoted fields of embedded structs; omitempty and
// omitzero mean nothing when reading). Where this package accepts a document,
// encoding/json with DisallowUnknownFields accepts it too and gives the same
// value; and what json.Marshal writes is read back. Both are fuzzed.
//
//   - [encoding/json.Unmarshaler], then [encoding.TextUnmarshaler] (JSON strings
//     only), on the value or on its pointer;
//   - structs, field names matched exactly;
//   - slices, and arrays of exactly the Go length;
//   - []byte as a base64 string, no other form;
//   - maps whose key is of a string or integer kind or a TextUnmarshaler;
//     integer keys in their shortest form;
//   - strings, booleans, integers, floats, [encoding/json.Number],
//     [encoding/json.RawMessage], any, and pointers to all of them.
//
// A floating point number is rounded to the nearest value of its type, as
// everywhere in Go; one past the largest is a fault. The tag option "string",
// interfaces with methods, channels, functions and complex numbers are not
// supported: a document that gives such a field a value has a fault there.
//
// # What is a fault
//
// The document is first read for its syntax. A document that is not JSON has
// exactly one fault, of kind [ErrSyntax], [ErrEncoding] (bytes that are not
// UTF-8, or half of a surrogate pair), [ErrDepth] or [ErrTrailing], placed by
// line and column: what follows such a place cannot be judged. Otherwise every
// value is tried, and these are reported together, in the order of the document:
//
//   - [ErrUnknownField], with the nearest known name where one is near;
//   - [ErrDuplicateKey], also inside values that are handed on unread;
//   - [ErrType]: another kind of JSON value than the Go type takes;
//   - [ErrNull]: null is taken by pointers, slices, maps and any alone, and
//     leaves them nil (a slice or map type with an UnmarshalJSON is asked);
//   - [ErrRange]: a number that the type cannot hold, a fraction for an integer;
//   - [ErrLength]: an array with too few or too many elements;
//   - any error of an UnmarshalJSON or UnmarshalText, wrapped, so that
//     [errors.Is] and [errors.As] reach it. An UnmarshalJSON that itself
//     returns [*Faults] has them reported one by one under its own path.
//
// Nothing is ever half applied: the document is decoded into a fresh value,
// assigned only when there is no fault. What *v held before is replaced, never
// merged into.
//
// # Limits
//
//	nesting         1000 values deep      Options.MaxDepth, at most 10000
//	faults kept     the first 100         Options.MaxFaults; the others are counted
//	a quoted input  40 characters
//	a message       300 characters of a wrapped error
//	a path          24 steps, of 48 characters each; a longer one loses its middle
//
// Time and memory grow linearly with the document, what UnmarshalJSON methods
// do apart. What is learnt about a Go type (its fields and how each is read) is
// kept for the next call, in a cache that never changes a result; there is no
// other state.
//
// # Sources
//
// The grammar is that of RFC 8259; promoted fields follow the rules written
// in the documentation of json.Marshal; the nearest name is by Damerau's
// distance (F. J. Damerau, "A technique for computer detection and correction
// of spelling errors", CACM 7(3), 1964).
package strict
