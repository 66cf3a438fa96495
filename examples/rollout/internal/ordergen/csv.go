package main

import (
	"fmt"
	"io"
)

const (
	header     = "order_id,customer,date,amount,channel\n"
	firstOrder = 10001 // so that the ids of the file have as many digits and sort as text
)

// writeCSV writes the rows, which are in order, and numbers them.
func writeCSV(w io.Writer, rows []row) error {
	b := []byte(header)
	for i, o := range rows {
		sign, cents := "", o.cents
		if cents < 0 {
			sign, cents = "-", -cents
		}
		b = fmt.Appendf(b, "%d,C-%05d,%v,%s%d.%02d,%s\n", firstOrder+i, o.customer, o.day, sign, cents/100, cents%100, o.channel)
	}
	_, err := w.Write(b)
	return err
}
