// Package audit looks at the whole project: it reads the project file, runs
// every built-in rule over it, evaluates the gates of its life cycle, and says
// where the project stands and what to do next.
//
// # The dossier
//
// A [Dossier] is the whole project file: the project, its scope, its risks, its
// stakeholders and its indicators, joined by ids. [Decode] reads it from JSON,
// strictly, and reports everything that is wrong with it at once, each fault with
// its path, its line and its column; [Dossier.Encode] writes it. Decoding and
// encoding again gives the same bytes. [Dossier.Validate] checks a dossier that
// was made otherwise, references from one part to another included.
//
// # Auditing
//
// [Dossier.Audit] runs [Rules] at a date: the rules of crmproject, scope, risk,
// stakeholder, stakeholder/raci and kpi, with their findings located in the
// dossier, and the DOSSIER rules about what joins the parts. Among these are the
// detectors of the three common mistakes: underestimated complexity, stakeholders
// involved late, unclear scope (CP-39). Waivers in the project file are applied.
// [Catalogue] documents every rule.
//
// # Gates
//
// [Dossier.Cycle] is the project's life cycle with the built-in gate criteria:
// charter approved, scope ready, high risks answered, responsibilities clear,
// data reconciled, users trained, targets met, acceptance signed. Each is a rule
// with a GATE code over the real facts. [Dossier.Gate] and [Dossier.Gates]
// evaluate the gates out of the current phase, [Dossier.Explain] says what is
// still to be satisfied to reach any other phase, [Dossier.Decide] makes a
// decision and records it. A project with criteria of its own keeps them; its
// rules are passed along, see [Bind] (CP-44). What a gate waives is granted with
// a decision and stands in the state; the waivers of the project excuse findings.
//
//	leaving      threshold   musts                             shoulds
//	initiation   3/5         GATE-001 to GATE-005              GATE-006 to GATE-008
//	planning     3/5         GATE-101 to GATE-108              GATE-109 to GATE-111
//	execution    3/5         GATE-201 to GATE-205              GATE-206, GATE-207
//	control      3/5         GATE-301 to GATE-304              GATE-305, GATE-306
//	closure      3/5         GATE-401 to GATE-405              GATE-406, GATE-407
//
// # Status
//
// [Dossier.Status] judges the success triple, on time, in budget, to need
// (CP-32); the seven key aspects (CP-31); the five factors of execution (CP-33); the
// three conditions of success (CP-45);
// and lists what to do next, what blocks the gate first. [Dossier.Agenda] lists
// what is due and overdue. Each judgement gives its reason and its findings.
//
// # Control
//
// [Dossier.Course] is what the project is steered by: [Dossier.Deviations] finds what
// deviates, [Dossier.Coverage] holds the contingency against the risks, and
// [Dossier.Corrections] compares what could be done. [Dossier.Prospects] compares it
// with the delays of the risks drawn besides the durations: each holds up the
// activities that the project file names ([Hit]), else the finish; it says which were
// drawn, what had no place, and by how much one action is better than another.
// [Dossier.Reliefs] says which risk costs how much of the chance to be on time. See
// [github.com/crmrollout/crm/audit/control].
//
// # Dates
//
// Nothing here reads a clock: asOf is an argument, and what is dated later has
// not happened yet.
//
// # Cost
//
// An audit of a small project takes a few milliseconds, one with a hundred
// elements of each kind some twenty. It grows linearly with the file, but for the
// rules that compare elements pairwise, of which their packages tell.
package audit
