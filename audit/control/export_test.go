package control

// Student95 is student95.
func Student95(nu int) float64 { return student95(nu) }

// MeanShift is meanShift.
func MeanShift(one, two []float64) Shift { return meanShift(one, two) }

// QuantileShift is quantileShift of finishes.
func QuantileShift(one, two []float64, q float64) Shift {
	return quantileShift(newSample(1, one), newSample(1, two), q)
}
