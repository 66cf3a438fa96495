package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

const (
	large = 64 << 20 // bytes of input from which progress is shown
	often = 200 * time.Millisecond
)

// A meter shows how much of the input has been read, on a terminal, if there is
// much of it. It never does anything to the result.
type meter struct {
	w     io.Writer // nil: nothing is shown
	read  int64
	total int64 // 0 if it is not known, as of standard input
	shown time.Time
}

func newMeter(stderr io.Writer, files []string) *meter {
	m := &meter{}
	if f, ok := stderr.(*os.File); !ok || !isTerminal(f) {
		return m
	}
	m.w = stderr
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			m.total = 0
			return m
		}
		m.total += info.Size()
	}
	return m
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// watch returns r with its bytes counted.
func (m *meter) watch(r io.Reader) io.Reader { return &watched{r, m} }

type watched struct {
	src io.Reader
	*meter
}

// Read reads from the source.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.src.Read(p)
	w.add(int64(n))
	return n, err
}

func (m *meter) add(n int64) {
	m.read += n
	if m.w == nil || max(m.read, m.total) < large {
		return
	}
	if now := time.Now(); now.Sub(m.shown) >= often {
		m.shown = now
		m.show()
	}
}

func (m *meter) show() {
	const mega = 1e6
	if m.total > 0 {
		say(m.w, fmt.Sprintf("\rkpi: read %.0f of %.0f MB, %d %%", float64(m.read)/mega, float64(m.total)/mega, 100*m.read/m.total))
		return
	}
	say(m.w, fmt.Sprintf("\rkpi: read %.0f MB", float64(m.read)/mega))
}

// done wipes the line.
func (m *meter) done() {
	if !m.shown.IsZero() {
		say(m.w, "\r\x1b[K")
	}
}
