package main

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// The file of the example is what this program writes, to the byte.
func TestFile(t *testing.T) {
	want, err := os.ReadFile("../../data/usage.csv")
	require.NoError(t, err)
	var got bytes.Buffer
	require.NoError(t, run(&got))
	require.Equal(t, string(want), got.String(), "go run ./examples/rollout/internal/usagegen > examples/rollout/data/usage.csv")
}

// full refuses all bytes.
type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteFails(t *testing.T) { require.ErrorIs(t, run(full{}), errFull) }
