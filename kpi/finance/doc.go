// Package finance says whether a CRM pays: present values, internal rates of return,
// payback, and the return on a whole business case with benefits over time (mission
// KP-09; KP-13 for what benefits are, CP-17 for what costs are).
//
// # What it models
//
//	NPV, SpreadsheetNPV, XNPV             net present value of periods or days, in both conventions
//	IRR, XIRR                             all internal rates of return, their number certain
//	MIRR                                  the modified rate, of which there is one
//	PaybackTime, DiscountedPayback        when the money is back: interpolated, whole periods, for good
//	Case                                  benefits and costs of a CRM in exact money, by period
//	Return                                its totals, ROI, NPV, rates, break-even and sensitivity
//
// [Return.Measurement] is the metric crm_roi of the catalogue of package kpi.
//
// [Case.Evaluate] gives total cost of ownership, cumulative cash, the ratio of
// benefits to costs, and how much of each benefit may fail to come before the case
// does not hold any more.
//
// # Conventions
//
// Flow 0 is now, at t0, and is not discounted; the others follow at the end of each
// period. A flow is negative if money is spent. Rates are per period: 0.1 is 10 %; see
// [PerPeriod] for a rate per year. Dated flows count years of 365 days from the
// earliest, in whatever order they come.
//
// # Numbers
//
// A flow or rate is a float64 that stands for its shortest decimal text, what was
// typed: 0.1 is one tenth, not the binary fraction next to it. With these decimals
// everything is computed exactly or in some 690 digits, and rounded once at the end.
// So huge flows that cancel leave the right rest, a double root is one, and payback
// at the end of a period is not missed by a rounding error.
//
// The amounts of a [Case] are exact (package money) and so are its totals and its
// [Return.ROI]. For present values they become float64 in the unit of the currency,
// which is exact to 15 digits; [Round] leads back, half to even.
//
// # Undefined values
//
// A [Number] is a value or says why there is none: no flows, no rate, never paid
// back, too large for a float64. A [Rates] without rates has a reason too. Nothing is
// NaN or infinite.
//
// # How many rates
//
// Flows that change sign more than once can have several internal rates of return, or
// none, or one at which the net present value only touches 0. [IRR] returns all, each
// with its multiplicity. Their number is proven, not the luck of a guess, except that
// a multiple root that is no fraction is one only to 2,048 bits; see [Rates.Unproven].
// With several rates none is "the" return: [Rates.Only] refuses.
//
// # Differences from other tools
//
//	                       here                         Excel, Calc                  numpy-financial 1.0
//	NPV                    first flow at t0; the        first flow at the end of     first flow at t0
//	                       other by name                period 1
//	IRR                    all rates and their number   the one found from a guess;  one of the roots, the
//	                                                    an error though there is     nearest to 0, or NaN
//	                                                    one; Calc: one below −1
//	no rate                undefined, with the reason   #NUM!; Calc: Err:523         NaN
//	XIRR                   all rates, days in any order the one found from a guess;  –
//	                                                    an error though there is
//	                                                    one; Excel: 0 or 2.98e-9;
//	                                                    Calc: one below −1 from
//	                                                    some guesses
//	XNPV base              earliest day                 first in the list; Excel:    –
//	                                                    #NUM! for an earlier one
//	payback                yes, exact                   –                            –
//	MIRR without outlay    undefined                    #DIV/0!; Calc: Err:502       NaN
//	rate ≤ −1              error                        an error or a number         a number, infinity
//	                                                                                 or NaN
//	float errors           rounded once                 in each step                 in each step
//
// Calc is LibreOffice 7.4, and was run: NPV, XNPV and MIRR agree to 12 digits. Of 484
// random series with one internal rate its IRR found 329, to 12 digits, gave an error for
// 143, and for 12 a rate below −1, where there is none to be had; XIRR found 442 of 484.
// Of 31 series with two rates or three, its IRR found that nearest to its guess of 0.1 in
// 22. Excel and numpy-financial were not run: the latter was read, of the former there are its
// documentation and the reports of its users.
//
// # Limits
//
//	flows     365,250 periods in IRR, a thousand years between the days in XIRR;
//	          250 sign changes where bisection gives up, see Cost
//	periods   1,200 in a Case
//
// # Errors
//
// Errors begin with "finance:", report all faults at once, located by path
// ("flows[3].day"), and wrap the sentinels of package verdict or of package money. A
// rate of −1 or below is one.
//
// # Cost
//
// Present values take time linear in the flows, a discounted payback that of exact
// integers that grow by the digits of the rate with each period.
//
// As measured on one core of a shared server (BenchmarkIRR, BenchmarkXIRR), in ms;
// with others on the machine, up to three times that:
//
//	                                         IRR    XIRR
//	six flows, one sign change               0.1     0.4
//	61 flows, five sign changes              1.5    10
//	240 flows that change sign every time   15      50
//
// Rates are looked for by bisection in float64 with error bounds. What that cannot
// decide is done in as many bits as it takes, by a way whose time grows with the
// square of the sign changes, and more for days than for periods: a few milliseconds
// for five, seconds for a hundred. That happens to many rates within a few percent of
// each other, and to flows or rates beyond float64.
//
// # Sources
//
// Descartes, La Géométrie (1637), rule of signs, in the proof by induction over sign
// changes; Brealey, Myers and Allen, Principles of Corporate Finance, chapters 5 and
// 6, on pitfalls of the internal rate of return; Lin, "The Modified Internal Rate of
// Return and Investment Criterion", The Engineering Economist 21 (1976), 237-247.
package finance
