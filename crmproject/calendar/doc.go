// Package calendar holds the civil dates that a project plan is written in, and
// the working calendars that its durations are counted in. It is the ground of
// every timeline, milestone and budget month of the library (missions CP-16,
// CP-32, SC-11), of what falls due again and again (ST-11, RI-07), and of
// anything that is good until a date.
//
// # What it models
//
//	Date       a civil day                          2027-02-28
//	Week       a week of ISO 8601                   2027-W05
//	Month      a month of a year                    2027-02
//	Quarter    a quarter of a year                  2027-Q1
//	Interval   a run of days, ends included         2027-01-01/2027-03-31
//	Period     a length: how often, how long        P6M
//	Weekdays   a set of days of the week            mon,tue,wed,thu,fri
//	Pattern    a working calendar as data           JSON, see there
//	Working    a working calendar ready for use     made by Pattern.Compile
//
// A date has no hour and no time zone. A plan says "by 28 February", and that
// must not become the 27th when clocks change or a file crosses an ocean. Times
// enter by [FromTime] and leave by [Date.Time], which take the location; nothing
// else here knows of one.
//
// # Representation
//
// Date, Week, Month and Quarter are int32 numbers on the time line of the
// proleptic Gregorian calendar. They start at 1 in year 1 and have no gaps, so <
// orders them, ++ steps them, and they can be map keys or index an array. Zero
// means "none", sorts first, prints as the empty string, and stays zero in all
// arithmetic. All types are comparable except Pattern and Working; all survive
// JSON unchanged except Working, which its Pattern stands for.
//
// # Limits
//
//	years              1 to 9999; results outside are none, never wrapped
//	days               MinDate 0001-01-01 to MaxDate 9999-12-31
//	last ISO week      9999-W52 ends on MaxDate, a Friday
//	count of a Period  1 to 3,652,059
//
// No week or month is localised, no year begins other than in January, and no
// holiday is computed from a rule: holidays are data that the caller lists.
//
// # Rules
//
//   - Month arithmetic clamps: [Date.AddMonths] and [Period.After] move 31
//     January by one month to the last day of February. A series is counted from
//     its first date ([Period.Nth]), so the 31st comes back in March.
//   - Runs of days that have a first and a last day include both ([Interval],
//     [Days], [Working.CountIn]). Only [Working.Count] is half-open, from one
//     date to another, so that counts add up, and negative backwards.
//   - [Working.Add] starts a free day's count at the next working day, as numpy's
//     busday_offset does with roll='forward'.
//   - An extra working day outranks a holiday, and a holiday the weekly pattern.
//
// # Errors
//
// Each error begins with "calendar:", quotes the input (cut to a bounded
// length), and wraps [ErrSyntax] for text that is not of the form asked for,
// [ErrRange] for a day or length that does not exist, or [ErrNeverWorks] for a
// calendar without a working day. [Pattern.Compile] reports all faults of a
// pattern at once, each with its path. Nothing panics but the functions named
// Must, which are for literals.
//
// # Sources
//
// Day numbers: E. G. Richards, "Calendars", in Explanatory Supplement to the
// Astronomical Almanac, 3rd ed. (2013), ch. 15. Text forms and week numbers: ISO
// 8601-1:2019; the open ends of an interval: ISO 8601-2:2019.
package calendar
