// Command ordergen writes the order history that the roll-out example looks at:
// two years of an invented shop whose customers come, buy again at rates of their
// own, and leave without saying so.
//
//	go run ./examples/rollout/internal/ordergen > examples/rollout/data/orders.csv
//
// Its output is always the same, on every machine and to the last byte, and a test
// compares it with the file. It is synthetic: nobody's data.
//
// # The model
//
// Customers arrive over all of the two years, more of them as the shop grows, and
// more in the seasons and on the days when more is bought. From then on:
//
//   - A customer orders by a Poisson process whose rate differs between customers
//     by a gamma distribution, lives for an exponential time whose rate differs by
//     another gamma distribution, and then is gone: the Pareto/NBD model
//     (Schmittlein, Morrison, Colombo, Management Science 33(1), 1987). The clock
//     of the process runs fast in December and slow on Sundays.
//   - The value of an order has a gamma distribution, and so has its scale among
//     customers: the Gamma-Gamma model (Fader, Hardie, Lee, Journal of Marketing
//     Research 42(4), 2005). In December baskets are larger.
//   - Some orders are followed by a forgotten item on the same day, and some by a
//     refund of all or a part of the value, days later. An order that comes after
//     the last day is not in the file, and neither is such a refund.
//
// # The same everywhere
//
// The random numbers are those of PCG, taken as 64-bit integers. Floating-point
// numbers are only added, subtracted, multiplied, divided and square-rooted, with
// each result rounded on its own: the logarithm and the exponential are made of
// that here, because those of package math differ in the last bit from one
// processor to another.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "ordergen:", err)
		os.Exit(1)
	}
}

// run writes the file.
func run(w io.Writer) error { return writeCSV(w, shop.history()) }
