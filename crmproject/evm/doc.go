// Package evm measures a project by earned value: what should be done by now,
// what is done, what it has cost, and what follows for the end. It serves the
// control of a CRM rollout against its timeline and budget (missions CP-17,
// CP-32, CP-34, CP-36, CP-37, RI-11, AU-20).
//
// # What it models
//
//	WorkPackage   a piece of work with budget, dates and method     CP-36
//	Baseline      the packages, the calendar, the reporting periods CP-16, CP-17
//	Progress      the state of a package on a day, as reported      CP-36
//	Cost          money spent on a package
//	Ledger        baseline, progress and costs: all there is        CP-37
//	Report        where the project stands at a date                CP-34
//	Measures      PV, EV, AC, BAC of anything, and what follows     CP-32
//	Curve         planned value over time, for earned schedule      CP-32
//	Rules         what is off plan, in words                        RI-11, AU-20
//
// [Ledger.Report] gives everything: each package, each control account, and the
// whole, with the forecast and the S-curve. Those who keep their own books can
// use the formulas alone: [Measures.Performance] and [Curve.Schedule].
//
// # Planned value
//
// The budget of a package is spread over the working days from its start to its
// finish, both included, or as its method will earn it ([Phasing]). Running
// totals are rounded to a minor unit ([money.Amount.Phase]), so that the parts
// add up to the budget and PV is never off by more than half a unit per package.
// Periods end by week, by month, or on status dates; the last one ends with the
// work.
//
// # Earned value
//
// EV is the budget times the earned share, which never exceeds 1:
//
//	0/100                 1 once the percentage is 1, else 0
//	50/50                 1/2 once it is above 0, 1 once it is 1
//	20/80                 1/5 once it is above 0, 1 once it is 1
//	weighted_milestones   weights of the milestones reached / all weights
//	units                 what is done / what there is to do
//	percent_complete      the percentage
//	level_of_effort       none of its own: EV = PV
//	apportioned           that of the base package: budget × EV/BAC of the base
//
// The method is frozen with the baseline: EV is computed by the method of the
// baseline whatever a report says of itself, a report by another one is a finding
// (EVM-043), and [Baseline.Frozen] refuses a later baseline that changes it.
//
// Shares are exact. EV of several packages is added up exactly and rounded once;
// three times a third of 1.00 is 1.00. Level of effort is in the total and shown
// apart; indices that are judged leave it out ([Report.Measured]).
//
// # Performance
//
//	SV = EV − PV       CV = EV − AC        SPI = EV/PV     CPI = EV/AC
//	complete = EV/BAC  spent = AC/BAC      CSI = CPI·SPI
//	EAC at_budget      AC + (BAC − EV)
//	    at_cpi         AC + (BAC − EV)/CPI = BAC/CPI
//	    at_cpi_spi     AC + (BAC − EV)/(CPI·SPI)
//	    at_spi         AC + (BAC − EV)/SPI
//	    bottom_up      AC + the estimate of those who do the work
//	ETC = EAC − AC     VAC = BAC − EAC
//	TCPI               (BAC − EV)/(BAC − AC), and to each EAC (BAC − EV)/(EAC − AC)
//
// All are exact: a [ratio.Ratio], or an [Exact] where the numbers may outgrow 64
// bits. An estimate in money also has a rounded form, by [Baseline].Rounding.
//
// # Undefined cases
//
//	AC = 0                  CPI, and all that rests on it: not started, or not billed
//	PV = 0                  SPI and SV/PV, and all that rests on them
//	EV = 0                  CPI or SPI is 0: the EACs that divide by it; and CV/EV
//	BAC = 0                 complete and spent
//	no bottom-up estimate   its EAC
//	EV = BAC                TCPI is complete: 0 to BAC, undefined to an EAC equal to AC
//	BAC ≤ AC, work left     TCPI is unachievable, where the formula has a negative number
//	AT = 0                  SPI(t)
//	ES = 0                  IEAC(t), since SPI(t) is 0
//	AT ≥ PD                 TSPI
//	no measured work        the whole schedule
//
// Each carries its reason in words; see the constants such as [NotStarted]. There
// are no floating-point numbers here, and so no NaN and no infinity.
//
// # Earned schedule
//
// ES is the time at which the plan would have earned what is earned, in periods:
// with PV₀ = 0 and C the largest t for which PV_t ≤ EV,
//
//	ES = C + (EV − PV_C)/(PV_{C+1} − PV_C)
//
// With EV ≥ BAC it is the first t at which PV reaches BAC. SV(t) = ES − AT,
// SPI(t) = ES/AT, IEAC(t) = PD/SPI(t). A plan that begins with periods in which
// nothing is planned gives ES > 0 before anything is earned; a plan that ends with
// such periods gives ES < PD when all is done.
//
// Actual time within a period passes with its working days, so that forecasts in
// periods are dates as well. After the planned finish periods go on at their
// average length. When all measured work is finished, the clock stops.
//
// # Forecasts
//
// A [Forecast] has the finish at three paces and the lowest and highest estimate at
// completion, each with the name of its assumption. The bounds span assumptions;
// they are no interval of confidence.
//
// # Limits
//
//	currencies          one in a ledger
//	budgets, in all     9.2·10¹⁸ minor units; beyond is an error
//	reporting periods   10,000, see [MaxPeriods]
//	budget of a period  10¹² minor units for an exact schedule, else "overflow"
//
// # Errors
//
// Bad input is an error: the Validate methods report all faults at once, each
// located by path ("progress[3].package"). A project off plan is a finding; see
// [Rules] over [Facts]. Errors wrap the sentinels of packages verdict and money,
// or [ErrFrozen], [ErrNoWorkday] and [ErrMethod]. Nothing panics.
//
// # Sources
//
// Measures, methods and estimates: PMI, The Standard for Earned Value Management
// (2019); ISO 21508:2018; EIA-748. Earned schedule: W. Lipke, "Schedule is
// Different", The Measurable News, March 2003; K. Henderson, "Further
// Developments in Earned Schedule", The Measurable News, Spring 2004, for IEAC(t).
// To-complete thresholds: W. Lipke, "Examination of the Threshold for the To
// Complete Indexes", PM World Journal V (2016), issue III. Stability of CPI:
// D. Christensen and S. Heise, National Contract Management Journal 25 (1993)
// 7-15.
package evm
