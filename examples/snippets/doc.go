// Package snippets holds the code of the README, so that it compiles and does
// what it says; its test finds the lines of the README in its own source.
package snippets
