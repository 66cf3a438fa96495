// Package bulk gathers events by customer, for columns of many millions of them.
//
// # How
//
// A map of customers misses the cache once or twice for every event. Here the
// events are first dealt into parts that have their customers to themselves and fit
// the second-level cache; then each part is gathered by one worker alone, without
// locks and with nothing to merge:
//
//	scan     ranges of customers, days and amounts; checks; counts
//	deal     write each event to its part: one pass over the columns, in order
//	gather   each part by itself: totals, grid of periods, distinct days
//	emit     customers in ascending order: dense ones are so already, others are
//	         dealt again by range, twice, and sorted by insertion
//
// Every worker deals into blocks of his own, and takes another one when a block is full;
// so nobody has to count beforehand what goes where.
//
// A dealt event is one word of 8 bytes: day, amount and the number of the customer within
// his part, with as many bits as their ranges need. Where only periods are asked for, and
// amounts make no difference to them, 4 bytes do. Customers that are far apart take 16.
//
// Customers that are dense, in a range of not much more than their events, index an
// array. Others go to the parts by a hash, and through a table with open addressing
// that holds the keys themselves. The hash is seeded at random, so nobody can choose
// keys that collide; nothing that leaves the package depends on it, nor on the
// number of workers, since all that is added up is integers.
//
// Texts become numbers first. Most identifiers have few different characters in each
// place; read as digits of a base for each place they fit 63 bits, in the same order.
// The others are dealt by hash and numbered part by part.
//
// The periods of a customer are bits of a word. How many customers are active in each
// is added up in all 63 at a time, in planes of binary digits, and taken out every
// 255 customers.
//
// Loops over rows are short, one after the other over blocks that stay in the first
// cache: what they need then stays in registers.
//
// # What it leaves to others
//
// [ErrWide] says that the events do not fit the packing, or that some total
// overflowed on the way: the caller then takes the slow and exact way, a ledger.
package bulk
