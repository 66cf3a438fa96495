// Package clv foretells what customers without a contract will buy, who of them is
// still a customer, and what they are worth: the models BG/NBD, Pareto/NBD and
// Gamma-Gamma, fitted to a history of orders (missions KP-02 and KP-06 for retention
// and churn that nobody reports, KP-08 for how far a forecast holds, KP-13 for the
// value of relationships).
//
// # What it models
//
//	Summarize           from events: x, t_x, T and mean spend of every customer, and a holdout
//	Statistics          the same from numbers that a database has grouped
//	Sample, Spends      all customers, compressed to distinct observations: accumulators that merge
//	FitBGNBD …          maximum likelihood, with status and standard errors
//	BGNBD, ParetoNBD    P(alive), expected purchases, discounted ones, frequencies
//	GammaGamma          expected spend of a purchase
//	Value               lifetime value over a horizon
//	ValueBase           that of all customers together, as measurements for a scorecard
//	CompareFrequencies, CompareHoldout, Track
//	                    the model beside what happened
//
// # Representation
//
// Models and observations are plain values with a JSON form. Times are in whatever
// unit the observations have; a model knows no unit, and its Alpha, Beta and the
// horizon must be in the same. Money is in the unit of Mean, see
// Options.MinorPerUnit.
//
// # Rules
//
// Events of a customer and period are combined first: two orders of a day are one
// purchase. The end of the observation is an argument, included, and has no default.
// No month has 30 days unless Options.MonthDays says so.
//
// A result that is undefined says so by a second value of false: parameters or
// observations that are none, DERT without discount where the expectation has no
// limit, spend where it has no finite mean (Q ≤ 1). No NaN and no infinity leaves the
// package.
//
// # Numerics
//
// Textbook formulas for these models overflow and cancel. Here,
//
//	E[X(t)] of BG/NBD    Σ P(N=n)·W_n, or an integral by the trapezoidal rule: all terms positive,
//	                     so no singularity at a = 1 and none for t much longer than T
//	I of Pareto/NBD      20-point Gauss-Legendre panels over ln(min(α,β)+y), never a difference of ₂F₁
//	(1−u^(s−1))/(s−1)    by expm1, with its limit at s = 1
//	e^(δD)·E_s(δD)       as one function, by continued fraction or trapezoidal rule
//	Γ(a+n)/Γ(a)          as one function, without subtracting log-gammas
//
// against arithmetic with 40 to 200 digits: log-likelihoods to 1e-13, probabilities
// and expectations to 1e-12, for x to some thousands and parameters from 1e-8 to
// 1e6.
//
// # Fits
//
// A fit searches over the logarithms of parameters and of the means r/α, s/β, a/b, with
// time in units of the mean T, by BFGS with the analytic gradient and steps of Newton's method at the end; where
// rounding stops it, by a simplex (Nelder and Mead) before it goes on. Its time grows
// with distinct observations, not with customers. A likelihood without a maximum is
// reported as [Boundary], not as an error. There is no penalty on parameters, and no
// prior.
//
// # Differences from other tools
//
//	this package                             others
//	x counts distinct periods, day or as     the same in lifetimes and BTYD if same-day orders are
//	chosen, less the first                   merged; an SQL count(*) counts two orders of a day twice
//	t_x, T in days over the unit, or in      lifetimes counts whole periods for freq="W"; spreadsheets
//	whole periods if Period says so          take 30 or 30.4 days a month and seldom say so
//	m is the mean of repeat periods,         lifetimes gives 0 at x = 0, and its Gamma-Gamma fit then
//	undefined at x = 0                       refuses the table
//	P(alive) = 1 at x = 0 for BG/NBD         the same in lifetimes; the modified BG/NBD of
//	                                         PyMC-Marketing may lose a customer at once
//	Pareto/NBD finite for any x              the difference of two ₂F₁ times powers that overflow: of
//	                                         BTYD at the parameters of CDNOW, the log-likelihood is NaN
//	                                         and P(alive) NaN or 0 from x = 182 for T = 39 weeks,
//	                                         from x = 151 for T = 98
//	BG/NBD defined and exact around a = 1    the textbook formula divides by a−1
//	spend undefined for q ≤ 1                the formula gives a negative mean at x = 0; lifetimes
//	                                         can constrain q
//	lifetime value with period and rate      lifetimes takes months of 30 days or 4.345 weeks; BTYD
//	of the caller                            has DERT, without a horizon
//	maximum likelihood, unpenalized          lifetimes adds a penalty on request; PyMC-Marketing
//	                                         samples a posterior unless told to maximise it
//	standard errors by the Hessian,          none in BTYD; lifetimes inverts what it gets; CLVTools
//	undefined unless positive definite       takes the nearest positive definite matrix
//	status says if there is a maximum        BTYD gives numbers either way; lifetimes gives an error
//	                                         where its search does not end well
//	fit to 1e-9 of the maximum               BTYD stops up to 1e-3 of a parameter short on CDNOW
//
// BTYD, version 2.4.3, was run for the fits to CDNOW, and its formula evaluated for the
// Pareto/NBD; what else is said of it, of lifetimes 0.11, CLVTools and PyMC-Marketing was
// read in their code.
//
// # Cost
//
// As measured on one core of a shared server (BenchmarkExpected, BenchmarkFitBGNBD,
// BenchmarkFitParetoNBD), in µs, at the published parameters of CDNOW and, unless
// said otherwise, for seven repeat purchases in 39 weeks; with others on the machine,
// up to twice that:
//
//	                                     BG/NBD    Pareto/NBD
//	P(alive)                                0.1           1.5
//	E[X(39 weeks)]                          0.6           1.5
//	E[X(39 weeks)], 1,000 purchases           7
//	E[X(5000 weeks)], by the integral        40
//	DERT                                                  4.5
//
// The fits to the 2,357 customers of CDNOW, 1,016 distinct observations, take some
// 3 ms (BG/NBD) and 60 ms (Pareto/NBD), and as long for a thousand times as many
// customers with the same observations.
//
// # Errors
//
// Errors begin with "clv:" and report all faults of the arguments at once, each with
// its path, by the sentinels of package verdict. Nothing panics.
//
// # Sources
//
// Schmittlein, Morrison and Colombo, "Counting Your Customers", Management Science 33
// (1987), 1-24; Fader, Hardie and Lee, "Counting Your Customers the Easy Way",
// Marketing Science 24 (2005), 275-284, and "RFM and CLV", Journal of Marketing
// Research 42 (2005), 415-430; Fader and Hardie, "The Gamma-Gamma Model of Monetary
// Value" (2013); Nocedal and Wright, "Numerical Optimization" (2006), chapter 6;
// Trefethen and Weideman, "The Exponentially Convergent Trapezoidal Rule", SIAM
// Review 56 (2014), 385-458.
package clv
