package schedule_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// CP-16: a network becomes a schedule with milestones, and each date can be
// explained.
func Example() {
	network, err := schedule.Compile(schedule.Definition{
		Activities: []schedule.Activity{
			{ID: "design", Duration: 15},
			{ID: "build", Duration: 30},
			{ID: "train", Duration: 8},
			{ID: "live"}, // no duration: a milestone
		},
		Links: []schedule.Link{
			{From: "design", To: "build"},
			{From: "build", To: "train", Relation: schedule.MustParseRelation("SS+20")},
			{From: "build", To: "live"},
			{From: "train", To: "live", Relation: schedule.MustParseRelation("FS+2")},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, _ := network.Plan(calendar.MustParse("2027-03-01"))
	fmt.Println("live on", plan.Finish(), "by way of", plan.Critical())
	for _, step := range plan.Why("train") {
		fmt.Println(step)
	}
	// Output:
	// live on 2027-04-30 by way of [design build train live]
	// design: 2027-03-01 to 2027-03-19, 15 units, by the project start 2027-03-01
	// build: 2027-03-22 to 2027-04-30, 30 units, by design -FS-> build
	// train: 2027-04-19 to 2027-04-28, 8 units, by build -SS+20-> train
}

// The definition is plain data; several calendars can be in one plan.
func ExampleCompile() {
	var d schedule.Definition
	err := json.Unmarshal([]byte(`{
		"calendars": [
			{"id": "office", "pattern": {"week": "mon,tue,wed,thu,fri"}},
			{"id": "gulf",   "pattern": {"week": "sun,mon,tue,wed,thu"}}
		],
		"activities": [
			{"id": "configure", "duration": 5},
			{"id": "pilot", "duration": 5, "calendar": "gulf"},
			{"id": "review", "deadline": "2027-03-12"}
		],
		"links": [
			{"from": "configure", "to": "pilot"},
			{"from": "pilot", "to": "review", "relation": "FS+1"}
		]
	}`), &d)
	if err != nil {
		fmt.Println(err)
		return
	}
	network, err := schedule.Compile(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, _ := network.Plan(calendar.MustParse("2027-03-01"))
	for t := range plan.All() {
		fmt.Println(t.ID, t.Start, t.Finish, t.TotalFloat)
	}
	// Output:
	// configure 2027-03-01 2027-03-05 0
	// pilot 2027-03-07 2027-03-11 0
	// review 2027-03-12 2027-03-12 0
}

// A cycle is reported with its members only, and with the links that close it.
func ExampleCycleError() {
	err := schedule.Definition{
		Activities: []schedule.Activity{{ID: "plan", Duration: 2}, {ID: "build", Duration: 3}, {ID: "test", Duration: 1}},
		Links: []schedule.Link{
			{From: "plan", To: "test"},
			{From: "test", To: "build", Relation: schedule.MustParseRelation("SS+2")},
			{From: "build", To: "test"},
		},
	}.Validate()
	fmt.Println(err)
	// Output: links: cycle build -FS-> test -SS+2-> build
}

// CP-35: change the timeline, add resources, change the scope: each is tried on
// a copy, and the difference is reported.
func ExampleNetwork_With() {
	network := schedule.MustCompile(rollout())
	plan, _ := network.Plan(calendar.MustParse("2027-03-01"))
	faster, err := network.With(schedule.SetDuration("build", 7))
	if err != nil {
		fmt.Println(err)
		return
	}
	other, _ := faster.Plan(calendar.MustParse("2027-03-01"))
	fmt.Print(schedule.Compare(plan, other).Markdown())
	// Output:
	// The project finishes 3 days earlier. Before: 2027-03-26, after: 2027-03-23.
	//
	// | activity | before | after | finish | total float |
	// |---|---|---|---|---|
	// | build | 2027-03-08 to 2027-03-19 | 2027-03-08 to 2027-03-16 | -3 | 0 → 0 |
	// | train | 2027-03-12 to 2027-03-16 | 2027-03-12 to 2027-03-16 | +0 | 8 → 5 |
	// | test | 2027-03-22 to 2027-03-26 | 2027-03-17 to 2027-03-23 | -3 | 0 → 0 |
	// | live | 2027-03-26 | 2027-03-23 | -3 | 0 → 0 |
}

// CP-34, CP-37: what was done by a day moves what is still to come.
func ExampleNetwork_Reschedule() {
	network := schedule.MustCompile(rollout())
	plan, err := network.Reschedule(calendar.MustParse("2027-03-01"), schedule.Status{
		AsOf: calendar.MustParse("2027-03-12"),
		Actuals: []schedule.Actual{
			{ID: "design", Start: calendar.MustParse("2027-03-01"), Finish: calendar.MustParse("2027-03-09")},
			{ID: "build", Start: calendar.MustParse("2027-03-10"), Remaining: 9},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for t := range plan.All() {
		fmt.Println(t.ID, t.State, t.Start, t.Finish)
	}
	// Output:
	// design finished 2027-03-01 2027-03-09
	// build in_progress 2027-03-10 2027-03-25
	// train not_started 2027-03-16 2027-03-18
	// test not_started 2027-03-26 2027-04-01
	// live not_started 2027-04-01 2027-04-01
}

// CP-36: who is needed in two places at once.
func ExamplePlan_Overloads() {
	d := rollout()
	d.Resources = []schedule.Resource{{ID: "trainers", Capacity: 2}}
	d.Activities[1].Uses = []schedule.Use{{Resource: "trainers", Units: 1}}
	d.Activities[3].Uses = []schedule.Use{{Resource: "trainers", Units: 2}}
	plan, _ := schedule.MustCompile(d).Plan(calendar.MustParse("2027-03-01"))
	for _, o := range plan.Overloads() {
		fmt.Printf("%s: %d of %d needed from %s to %s by %s\n", o.Resource, o.Units, o.Capacity, o.From, o.Until, o.Activities)
	}
	// Output: trainers: 3 of 2 needed from 2027-03-12 to 2027-03-16 by [build train]
}

// CP-32: how likely it is to finish on time.
func ExamplePlan_Simulate() {
	d := rollout()
	plan, _ := schedule.MustCompile(d).Plan(calendar.MustParse("2027-03-01"))
	sim, err := plan.Simulate(context.Background(), schedule.SimOptions{
		Spreads: map[string]schedule.Spread{
			"build": schedule.BetaPERT{Optimistic: 8, MostLikely: 10, Pessimistic: 18},
			"test":  schedule.Triangular{Optimistic: 4, MostLikely: 5, Pessimistic: 9},
			"train": schedule.Triangular{Optimistic: 3, MostLikely: 3, Pessimistic: 20},
		},
		Seed: 1,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	planned, _ := sim.OnTimeBy(plan.Finish())
	p80, _ := sim.PercentileDate(0.8)
	train, _ := sim.Activity("train")
	fmt.Printf("on time %.0f %%\n", 100*planned.Value)
	fmt.Println("80 % by", p80.Value)
	fmt.Printf("training decides in %.0f %% of all cases\n", 100*train.Criticality.Value)
	// Output:
	// on time 13 %
	// 80 % by 2027-04-02
	// training decides in 18 % of all cases
}

// The classic analysis of one path, with its assumption in view.
func ExampleNetwork_PERT() {
	network := schedule.MustCompile(rollout())
	pert, err := network.PERT(map[string]schedule.ThreePoint{
		"build": {Optimistic: 8, MostLikely: 10, Pessimistic: 18},
		"test":  {Optimistic: 4, MostLikely: 5, Pessimistic: 9},
	}, schedule.BetaVariance)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(pert)
	fmt.Printf("%.2f\n", pert.Probability(22))
	// Output:
	// design -FS-> build -FS-> test -FS-> live: 21.5 ± 1.936
	// 0.60
}

// SC-11: all paths that drive a milestone, found one at a time.
func ExamplePlan_PathsTo() {
	plan, _ := schedule.MustCompile(rollout()).Plan(calendar.MustParse("2027-03-01"))
	for path := range plan.PathsTo("live") {
		fmt.Println(path)
	}
	// Output: design -FS-> build -FS-> test -FS-> live
}

// The rules find what is wrong with a plan before it goes wrong.
func ExampleRules() {
	d := rollout()
	d.Deadline = schedule.MustParsePoint("2027-03-24")
	plan, _ := schedule.MustCompile(d).Plan(calendar.MustParse("2027-03-01"))
	report := verdict.Run(schedule.Facts{Plan: plan, AsOf: calendar.MustParse("2027-02-26")}, schedule.Rules()...)
	for _, f := range report.AtLeast(verdict.Major).Findings {
		fmt.Println(f.Code, f.Message)
	}
	// Output:
	// SCHED-015 The project finishes 2 working days after its deadline 2027-03-24.
	// SCHED-007 4 of 5 unfinished activities have a negative float; there should be none.
	// SCHED-013 0.90 is the critical path length index, below 0.95.
}

// For very large networks, or many of them: offsets without anything else.
func ExamplePasses() {
	network := schedule.MustCompile(rollout())
	var passes schedule.Passes
	if err := passes.Run(network); err != nil {
		fmt.Println(err)
		return
	}
	train, _ := network.Index("train")
	fmt.Println(passes.Finish(), passes.ES(train), passes.LF(train), passes.TotalFloat(train))
	// Output: 20 9 20 8
}
