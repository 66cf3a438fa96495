package binomial

// The parts that a test holds against each other.
var (
	Series   = series
	Integral = integral
	Deviance = deviance
	LogMass  = logMass
)
