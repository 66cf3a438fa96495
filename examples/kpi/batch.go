package main

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
)

// A batch is some events on their way from the goroutine that reads the file to
// the one that numbers customers: of many rows, each takes about half of the time.
type batch struct {
	names []byte // of the customers, one after the other
	ends  []int
	days  []calendar.Date
	minor []int64
}

const (
	batchRows = 4096
	batches   = 4 // that are under way at most
)

// collector takes events and passes them on in their order.
type collector struct {
	full  chan *batch
	free  chan *batch
	done  chan struct{}
	batch *batch
}

// collect returns a collector whose events are added to e. They are there after
// close.
func collect(e *events, numbers *rows.Dictionary) *collector {
	c := &collector{full: make(chan *batch, batches), free: make(chan *batch, batches), done: make(chan struct{}), batch: &batch{}}
	for range batches - 1 {
		c.free <- &batch{}
	}
	go func() {
		defer close(c.done)
		for b := range c.full {
			from := 0
			for i, end := range b.ends {
				e.add(numbers.Number(b.names[from:end]), b.days[i], b.minor[i])
				from = end
			}
			c.free <- b
		}
	}()
	return c
}

// add takes an event.
func (c *collector) add(customer []byte, day calendar.Date, minor int64) {
	b := c.batch
	b.names = append(b.names, customer...)
	b.ends = append(b.ends, len(b.names))
	b.days = append(b.days, day)
	b.minor = append(b.minor, minor)
	if len(b.ends) < batchRows {
		return
	}
	c.full <- b
	c.batch = <-c.free
	b = c.batch
	b.names, b.ends, b.days, b.minor = b.names[:0], b.ends[:0], b.days[:0], b.minor[:0]
}

// close passes the rest on and waits until all is done.
func (c *collector) close() {
	c.full <- c.batch
	close(c.full)
	<-c.done
}
