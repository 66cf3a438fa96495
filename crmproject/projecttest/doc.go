// Package projecttest checks what users of the library write themselves, the way
// testing/fstest checks a file system: a life cycle of their own, and rules of
// their own. Each function is called from an ordinary test and returns one error
// with everything that is wrong, or nil:
//
//	func TestOurLifecycle(t *testing.T) {
//		if err := projecttest.TestLifecycle(ourcycle.Definition(), samples...); err != nil {
//			t.Fatal(err)
//		}
//	}
//
// It serves the missions CP-05 and CP-44: life cycles are templates that stay
// editable, and an edited one is checked like the ones it was made from.
//
// # What is checked
//
// [TestRules] holds rules against the promises that the rest of the library
// relies on: codes that are valid and not used twice, a title, a why, a severity,
// a check that is pure and leaves the facts alone, findings that say where, what
// and what to do, and reasons for everything that is not judged.
//
// [TestSamples] says which rules the samples never break or never meet: a rule
// that no sample breaks is not tested.
//
// [TestLifecycle] compiles a definition, checks its rules, sees whether each gate
// can be opened and closed, and then takes projects through it, passing every
// gate that a sample opens, and at each phase holding, resuming, recycling,
// killing and reopening. After each decision the state must be sound, the records
// must give it back, and both must survive JSON.
//
// # Samples
//
// Samples are facts as projects have them, good and bad: the checks of the rules
// run on each, several times. Without samples only what is written in the
// definition or the rules is checked. A sample may share memory with another, but
// nothing may change it meanwhile.
//
// # Limits
//
// Impurity is found by running a check [Runs] times on the same facts: one that
// differs less often than that can slip through. Facts are compared by what can be
// reached in them, unexported fields included; of functions and channels only the
// identity counts. The walk passes each gate once, by one of the shortest ways,
// not along every path. A check that panics is reported, and the walk left out.
//
// # Errors
//
// The error joins located faults, which [verdict.FaultsOf] takes apart. Their
// paths are those of the definition or list, such as
// transitions[2].criteria[0].check; faults of the walk are located by gate.
package projecttest
