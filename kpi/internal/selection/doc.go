// Package selection finds order statistics of integers without sorting them.
package selection
