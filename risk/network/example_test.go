package network_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/crmrollout/crm/risk/network"
)

// Three risks of a CRM project: late stakeholders leave the scope unclear, and
// both make it cost more (RI-04).
func Example() {
	m, err := network.Compile(network.Network{
		Nodes: []network.Node{
			{ID: "late_stakeholders", Leak: 0.35},
			{ID: "unclear_scope", Leak: 0.15},
			{ID: "overrun", Leak: 0.1},
		},
		Links: []network.Link{
			{From: "late_stakeholders", To: "unclear_scope", Weight: 0.6},
			{From: "late_stakeholders", To: "overrun", Weight: 0.2},
			{From: "unclear_scope", To: "overrun", Weight: 0.5},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := m.Infer(context.Background(), network.Query{}, network.Options{})
	for _, n := range b.Nodes {
		fmt.Printf("%-18s %.4f\n", n.ID, n.P.Value)
	}
	fmt.Println(b.Exact(), err)
	// Output:
	// late_stakeholders  0.3500
	// unclear_scope      0.3285
	// overrun            0.2900
	// true <nil>
}

var rollout = network.Network{
	Nodes: []network.Node{
		{ID: "late_stakeholders", Leak: 0.35},
		{ID: "unclear_scope", Leak: 0.15},
		{ID: "training", Leak: 0.7},
		{ID: "low_adoption", Leak: 0.1},
		{ID: "overrun", Leak: 0.1},
	},
	Links: []network.Link{
		{From: "late_stakeholders", To: "unclear_scope", Weight: 0.6},
		{From: "late_stakeholders", To: "low_adoption", Weight: 0.4},
		{From: "training", To: "low_adoption", Weight: -0.6},
		{From: "unclear_scope", To: "overrun", Weight: 0.5},
		{From: "low_adoption", To: "overrun", Weight: 0.3},
	},
}

// Seeing that the scope is unclear says something about the stakeholders; making
// it unclear does not.
func ExampleModel_Probability() {
	m, _ := network.Compile(rollout)
	ctx := context.Background()
	for _, q := range []network.Query{
		{},
		{Evidence: map[string]bool{"unclear_scope": true}},
		{Do: map[string]bool{"unclear_scope": true}},
	} {
		p, err := m.Probability(ctx, "late_stakeholders", q, network.Options{})
		fmt.Printf("%.4f %v\n", p.Value, err)
	}
	// Output:
	// 0.3500 <nil>
	// 0.7032 <nil>
	// 0.3500 <nil>
}

// The joint distribution of the risks that cost money, for an exact total.
func ExampleModel_Joint() {
	m, _ := network.Compile(rollout)
	j, err := m.Joint(context.Background(), []string{"low_adoption", "overrun"}, network.Query{}, network.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for state, p := range j.All() {
		fmt.Printf("%.4f %s\n", p, cmp.Or(strings.Join(j.On(state), "+"), "none"))
	}
	cost := map[string]float64{"low_adoption": 40_000, "overrun": 90_000}
	mean := j.Expect(func(state int) (sum float64) {
		for _, id := range j.On(state) {
			sum += cost[id]
		}
		return sum
	})
	fmt.Printf("expected cost %.0f\n", mean)
	// Output:
	// 0.6645 none
	// 0.0614 low_adoption
	// 0.2044 overrun
	// 0.0697 low_adoption+overrun
	// expected cost 29915
}

// What would help most against an overrun, and in which ways it comes about.
func ExampleModel_Why() {
	m, _ := network.Compile(rollout)
	x, err := m.Why(context.Background(), "overrun", nil, network.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("P %.4f, without causes %.2f\n", x.P.Value, x.Alone)
	for _, a := range x.Ancestors {
		fmt.Printf("%-18s relief %7.4f, effect %7.4f\n", a.ID, a.Relief.Value, a.Effect.Value)
	}
	for _, p := range x.Paths[:3] {
		fmt.Printf("%.4f %s\n", p.Strength, strings.Join(p.Nodes, " > "))
	}
	// Output:
	// P 0.2741, without causes 0.10
	// unclear_scope      relief  0.1387, effect  0.4323
	// late_stakeholders  relief  0.0921, effect  0.2633
	// low_adoption       relief  0.0263, effect  0.2257
	// training           relief -0.0191, effect -0.0272
	// -0.1260 training > low_adoption > overrun
	// 0.1050 late_stakeholders > unclear_scope > overrun
	// 0.0750 unclear_scope > overrun
}

// People estimate how likely a risk is, causes included. The leaks follow, and
// what contradicts the links is refused.
func ExampleFit() {
	ctx := context.Background()
	n, err := network.Fit(ctx, rollout, map[string]float64{"unclear_scope": 0.4, "overrun": 0.3}, network.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.4f %.4f\n", n.Nodes[1].Leak, n.Nodes[4].Leak)

	_, err = network.Fit(ctx, rollout, map[string]float64{"overrun": 0.1}, network.Options{})
	fmt.Println(errors.Is(err, network.ErrInfeasible))
	fmt.Println(err)
	// Output:
	// 0.2405 0.0930
	// true
	// network: "overrun" cannot have probability 0.1: with a leak of 0 it has 0.193481, since the link from "unclear_scope", weight 0.5, alone brings it about with chance 0.16425
}

// Risks that feed each other: each is on if a leak reaches it.
func ExampleModel_Cycles() {
	m, _ := network.Compile(network.Network{
		Nodes: []network.Node{{ID: "delay", Leak: 0.1}, {ID: "overtime", Leak: 0.2}},
		Links: []network.Link{{From: "delay", To: "overtime", Weight: 0.5}, {From: "overtime", To: "delay", Weight: 0.5}},
	})
	fmt.Println(m.Cycles())
	b, err := m.Infer(context.Background(), network.Query{}, network.Options{})
	for _, n := range b.Nodes {
		fmt.Printf("%s %.2f\n", n.ID, n.P.Value)
	}
	fmt.Println(err)
	// Output:
	// [[delay overtime]]
	// delay 0.19
	// overtime 0.24
	// <nil>
}

// All that is wrong, at once.
func ExampleNetwork_Validate() {
	fmt.Println(network.Network{
		Nodes: []network.Node{{ID: "R-1", Leak: 0.2}, {ID: "R-1", Leak: 1.5}},
		Links: []network.Link{{From: "R-1", To: "R-9", Weight: 0.5}, {From: "R-1", To: "R-1", Weight: 0.5}},
	}.Validate())
	// Output:
	// nodes[1].id: duplicate "R-1"
	// nodes[1].leak: out of range: 1.5, want 0 to 1
	// links[0].to: unknown "R-9"
	// links[1]: a node cannot act on itself: "R-1"
}

// The same dependence must not be modelled as a cause and as a correlation.
func ExampleNetwork_Overlaps() {
	for _, o := range rollout.Overlaps([]network.Correlation{{A: "overrun", B: "unclear_scope", R: 0.5}, {A: "overrun", B: "training", R: 0.2}}) {
		fmt.Printf("%s causes %s (%v) and is correlated with it (%v)\n", o.Link.From, o.Link.To, o.Link.Weight, o.Correlation.R)
	}
	// Output:
	// unclear_scope causes overrun (0.5) and is correlated with it (0.5)
}

// Which risks happen in a run of a simulation. The draw depends on seed, ids and
// number alone.
func ExampleModel_Sampler() {
	m, _ := network.Compile(rollout)
	s, err := m.Sampler(nil, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	overruns := 0
	var on []bool
	for i := range uint64(10_000) {
		on = s.Draw(i, on[:0])
		if on[4] {
			overruns++
		}
	}
	fmt.Println(overruns > 2600 && overruns < 2880)
	// Output:
	// true
}

func ExampleModel_Mermaid() {
	m, _ := network.Compile(network.Network{
		Nodes: []network.Node{{ID: "resistance", Leak: 0.5}, {ID: "training", Leak: 0.8}, {ID: "failure", Leak: 0.1}},
		Links: []network.Link{{From: "resistance", To: "failure", Weight: 0.7}, {From: "training", To: "failure", Weight: -0.6}},
	})
	b, _ := m.Infer(context.Background(), network.Query{}, network.Options{})
	fmt.Print(m.Mermaid(b))
	// Output:
	// flowchart LR
	//     n1["resistance<br/>leak 0.5<br/>P 0.5000"]
	//     n2["training<br/>leak 0.8<br/>P 0.8000"]
	//     n3["failure<br/>leak 0.1<br/>P 0.2158"]
	//     n1 -->|0.7| n3
	//     n2 -.->|-0.6| n3
}
