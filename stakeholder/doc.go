// Package stakeholder holds the stakeholders of a project and how they are dealt with: who they are, what they expect, how
// engaged they are, who is told what and when, and what they disagree on.
//
// # What it models
//
// A [Register] is plain data:
//
//   - [Stakeholder]: a person or a group, of one [Class], with interests, expectations, power and interest, salience,
//     engagement, buy-in, involvement in decisions, and the deliverables to sign (mission ST-01 to ST-03, ST-06, ST-10,
//     ST-27, ST-28);
//   - [Communication]: one line of the communication plan, with its [Audience], content, channels, level of detail,
//     [Rhythm], owner and reporting protocol (ST-11 to ST-14, ST-16, ST-17, CP-18);
//   - [Contact]: one message that was sent or meeting that was held, with what it was about and what came back;
//   - [Conflict]: between two parties or more, potential or actual, with its [Mode] and resolution (ST-09).
//
// What others hold is handed over with the [Facts] and never stored a second time: the first planning date, the events that
// owe a message, the departments involved, the seats of the team, the sign-offs. The responsibility matrix is in package
// raci (ST-25).
//
// # Judging stakeholders
//
//   - [Grid.Quadrant] and [QuadrantOf]: the power/interest grid; a score is high if it is greater than the cut;
//   - [SalienceOf]: the eight classes over power, legitimacy and urgency, with [Salience.Group] and [Salience.Score];
//   - [Gap], [AlignmentOf], [Engagement.Moves], [Register.Engagements]: engagement, current and desired, and over time;
//   - [Expectation.At], [Register.ExpectationLog]: what is expected at a date, and how it came to that (ST-07, ST-08, RI-13);
//   - [Register.Late]: who bought in after planning began (ST-06, CP-39);
//   - [ModeOf]: the Thomas-Kilmann mode of an assertiveness and a cooperativeness;
//   - [Coverage]: which departments involved the team lacks (ST-24).
//
// # Communication
//
// A message of a [Rhythm] is due one period after the last one, months clamped to their end, and on the start if there was
// none. It is overdue once the days of grace have passed, and by the days beyond them. [Register.Due] applies that to the
// plan and the log, for each reader on his own account; [Register.Agenda] lists what comes next; [Register.Timeliness] counts
// the promises kept (ST-30).
//
// [Register.Owed] lists the messages that events owe and that have not been sent: phase decisions, approved changes, new
// high risks and issues, resolved conflicts (ST-05, ST-16, RI-12, SC-26). [Register.Noise] counts the messages beyond need
// (ST-15). [Register.Voices] is what stakeholders said (ST-21, ST-31). [Channels] is the number of ways n people can talk to
// each other.
//
// # Rules
//
// [Rules] judges [Facts]:
//
//	| code      | severity | what should be so                                                              | mission      |
//	|-----------|----------|--------------------------------------------------------------------------------|--------------|
//	| STAKE-001 | major    | employees, executives and partners are identified, or stated to be absent      | ST-01, ST-04 |
//	| STAKE-002 | major    | customers are among the stakeholders                                           | ST-28, ST-31 |
//	| STAKE-003 | minor    | sales, marketing, customer service and IT are among the stakeholders           | ST-29        |
//	| STAKE-004 | minor    | the interests of each stakeholder are recorded                                 | ST-02        |
//	| STAKE-005 | minor    | the expectations of each stakeholder are recorded                              | ST-03        |
//	| STAKE-006 | minor    | each stakeholder is placed by power and interest                               | ST-10        |
//	| STAKE-007 | info     | power is assessed alike on the grid and in the salience                        | ST-10        |
//	| STAKE-008 | info     | personality, professionalism and culture of the employees are described        | ST-28        |
//	| STAKE-101 | minor    | current and desired engagement are known                                       | ST-05        |
//	| STAKE-102 | major    | an action is open for each gap in engagement                                   | ST-05        |
//	| STAKE-103 | minor    | actions on stakeholders have an owner and are done in time                     | ST-05        |
//	| STAKE-104 | minor    | no stakeholder's engagement has fallen                                         | ST-30        |
//	| STAKE-105 | major    | stakeholders buy in before planning begins                                     | ST-06        |
//	| STAKE-106 | minor    | powerful stakeholders take part in decisions                                   | ST-05, ST-10 |
//	| STAKE-201 | minor    | each expectation is judged realistic or not                                    | ST-07        |
//	| STAKE-202 | major    | no unrealistic expectation stands                                              | ST-07, RI-13 |
//	| STAKE-203 | minor    | each expectation is agreed in its present wording                              | ST-07        |
//	| STAKE-204 | major    | a changed expectation is communicated                                          | ST-08        |
//	| STAKE-301 | major    | the communication plan carries progress, changes, risks and issues             | ST-16        |
//	| STAKE-302 | major    | each communication has an owner                                                | ST-11        |
//	| STAKE-303 | minor    | each communication states its purpose, content, channel and level of detail    | ST-11, ST-13 |
//	| STAKE-304 | major    | powerful stakeholders are told of the project regularly                        | ST-05        |
//	| STAKE-305 | minor    | the plan reaches every stakeholder who is not merely watched                   | ST-05        |
//	| STAKE-306 | minor    | each communication reaches somebody                                            | ST-11        |
//	| STAKE-307 | minor    | executives are given key points                                                | ST-14        |
//	| STAKE-308 | minor    | team members are given detail and context                                      | ST-14        |
//	| STAKE-309 | info     | a channel that suits the stakeholder is used                                   | ST-13        |
//	| STAKE-310 | minor    | customers are asked for their feedback                                         | ST-31        |
//	| STAKE-311 | minor    | progress is reported by an agreed protocol                                     | ST-17        |
//	| STAKE-321 | major    | no planned message is overdue                                                  | ST-13, ST-30 |
//	| STAKE-322 | minor    | every stakeholder in the plan has been contacted                               | ST-05        |
//	| STAKE-323 | major    | decisions, approved changes, new high risks and issues have been told          | ST-16, SC-26 |
//	| STAKE-324 | minor    | nobody gets more messages than needed                                          | ST-15        |
//	| STAKE-401 | major    | no conflict is open for too long                                               | ST-09        |
//	| STAKE-402 | major    | the resolution of a conflict is told to each of its parties                    | ST-09        |
//	| STAKE-403 | minor    | each open conflict has an owner, a strategy and, once broken out, a mode       | ST-09        |
//	| STAKE-501 | major    | the team covers every department involved                                      | ST-24        |
//	| STAKE-502 | major    | a conditional sign-off states its conditions                                   | ST-27        |
//	| STAKE-503 | major    | the conditions of sign-offs are met in time                                    | ST-27        |
//	| STAKE-504 | major    | sign-offs are given in time                                                    | ST-27        |
//	| STAKE-505 | minor    | a refused sign-off says why                                                    | ST-27        |
//
// The hundreds group them: register, engagement, expectations, communication (plan, then log), conflicts, team and sign-off.
// Subjects of findings are paths below the register ("stakeholders[S-1].buyIn") or the other facts ("events[CH-3]").
//
// # Errors and undefined values
//
// [Register.Validate] and [Facts.Validate] report bad input, all faults at once and located by path: an unknown audience,
// party or group, an id used twice, a date out of order. The functions that judge never fail: what they cannot find reaches
// nobody. What has no answer says so: a gap without an assessment, a quadrant without a score, the coverage of no
// departments ([Cover.Defined]). Contacts, readings and steps after the day asked about are not counted.
//
// # Cost
//
// What walks the log is linear in its contacts times the readers of each, after sorting it by date.
package stakeholder
