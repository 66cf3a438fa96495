// Package survey turns answers into scores with margins: net promoter score, customer
// satisfaction, customer effort, response rate (missions KP-09, KP-10, KP-11 and KP-13;
// ST-31 and AU-11 for customers heard, ST-21 for users).
//
// # What it models
//
//	Scale           the answers that can be given, 0 to 10, 1 to 5, …
//	Survey          the accumulator: answers and invitations by label
//	Counts          how often each answer was given
//	NPS             promoters, passives, detractors: score, variance, margin, interval
//	Satisfaction    the share of the best answers (CSAT), with its Wilson interval
//	Effort          the mean answer (CES), with its margin
//	Difference      between two net promoter scores, with its margin
//
// # Definitions
//
//	NPS         100 (p − d), p the share of 9 and 10, d that of 0 to 6
//	  variance  p + d − (p − d)², of one answer coded +1, 0, −1
//	  margin    100 z √(variance / n)
//	  adjusted  the same with three answers more: 3/4 promoter, 3/2 passive, 3/4 detractor
//	CSAT        100 × answers in the best boxes / answers; the best two by default
//	CES         mean of the answers; margin t √(s²/n), t with n − 1 degrees of freedom
//	response    answers / invitations
//
// z is the normal quantile of (1 + level)/2. The variance is computed as
// pq + dq + 4pd, q the share of passives, which does not cancel.
//
// The plain margin is 0 when all agree, be they a thousand or one, and too small near
// that. [NPS.Interval] and [Compare] therefore use the adjusted one, whose coverage
// is close to the level from about ten answers on (Rocks 2016); [NPS.Margin] is the
// plain one, which reports usually print.
//
// # Representation
//
// Scores are exact ratios (package ratio) in points or percent, undefined with a reason
// where there are no answers. Margins and limits are float64, false or undefined
// where there is nothing to compute them from: no answers, for CES fewer than two.
//
// A [Survey] merges: the same answers in any order and grouping give the same bytes from
// [Survey.MarshalBinary]. It keeps one number for each label and answer, however
// many answers come. Labels come out in ascending order of bytes.
//
// # Limits
//
//	scale       whole numbers from 0 to 100, 2 to 101 of them
//	answers     2⁶³ − 1 in all, and as many invitations; more is an error
//	exact       scores of up to some 10¹⁶ answers and variances of up to some 10⁹,
//	            then undefined with the reason ratio.Overflow; margins are still given
//
// # Differences from other tools
//
//	what                   here                          others, often
//	NPS of shares          100 (P − D)/n exactly         difference of two rounded percentages,
//	                                                     which can be off by a point
//	NPS without margin     every score can give one      survey tools print the score alone
//	all agree              an interval of some width     ± 0
//	two surveys            difference with margin        two scores side by side
//	CSAT interval          Wilson                        normal approximation: past 100 %, ± 0 at 100 %
//	CSAT without answers   undefined                     #DIV/0! in spreadsheets, or 0 %
//	CES margin             Student t                     1.96 for any n, as CONFIDENCE of spreadsheets
//	blank answers          counted apart                 0, so a detractor: SUMPRODUCT(A1:A9<=6) counts
//	                                                     blank cells, COUNTIF does not
//	segments               pooled counts                 mean of the scores of segments
//
// Wilson intervals are those of prop.test in R with correct = FALSE, and margins those of
// qnorm and qt: they agree to 12 digits or more on 4,500 random cases (R 4.2.2). What is
// said of spreadsheets was tried in LibreOffice 7.4.
//
// # Errors
//
// Errors begin with "survey:", or are faults located by path, and wrap the sentinels
// of package verdict. Nothing panics.
//
// # Sources
//
// Reichheld, "The One Number You Need to Grow", Harvard Business Review 81 (2003), 46-54;
// Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70
// (2016), 365-372; Dixon, Freeman and Toman, "Stop Trying to Delight Your Customers",
// Harvard Business Review 88 (2010), 116-122, for effort; Wilson, JASA 22 (1927), 209-212;
// Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7, for Student's t.
package survey
