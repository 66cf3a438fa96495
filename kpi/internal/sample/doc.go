// Package sample makes events for the benchmarks of the packages beside it: the
// same ones for each, so that their numbers compare.
package sample
