package clv

import "context"

// Minimize runs the search for the minimum of a function.
func Minimize(f func(at, gradient []float64) float64, start []float64) (at []float64, status Status) {
	s := search{interrupted: context.Background().Err, objective: f, limit: 500}
	p := s.minimize(start)
	return p.at, p.status
}

// PurchasesSeries and PurchasesIntegral are the two ways to compute expected purchases.
var (
	PurchasesSeries   = purchasesSeries
	PurchasesIntegral = purchasesIntegral
)
