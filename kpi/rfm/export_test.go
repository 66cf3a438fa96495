package rfm

// SetManyCustomers sets from how many customers on bins are found by selection, and
// returns what it was.
func SetManyCustomers(n int) int {
	before := manyCustomers
	manyCustomers = n
	return before
}
