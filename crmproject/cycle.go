package crmproject

import (
	"slices"
	"strings"
)

// A CycleError says that activities wait for each other in a circle. Path is
// closed and begins with its smallest id: A, B, A.
type CycleError struct {
	Path []string
}

// Error returns the circle, "activities wait for each other: A -> B -> A", its
// middle left out if it is long.
func (e *CycleError) Error() string {
	path := e.Path
	const most = 12
	if len(path) > most {
		path = append(append(append([]string{}, path[:most-2]...), "…"), path[len(path)-1])
	}
	return "activities wait for each other: " + strings.Join(path, " -> ")
}

// dependencyCycle returns a circle of activities, nil if there is none. It walks
// depth first with a stack of its own, in the order of the plan, in linear time.
func (p *Project) dependencyCycle() []string {
	index := make(map[string]int, len(p.Activities))
	for i, a := range p.Activities {
		index[a.ID] = i
	}
	const (
		fresh = iota
		open
		done
	)
	state := make([]uint8, len(p.Activities))
	next := make([]int, len(p.Activities)) // which predecessor to look at next
	for root := range p.Activities {
		if state[root] != fresh {
			continue
		}
		stack := []int{root}
		state[root] = open
		for len(stack) > 0 {
			top := stack[len(stack)-1]
			after := p.Activities[top].After
			if next[top] == len(after) {
				state[top] = done
				stack = stack[:len(stack)-1]
				continue
			}
			to, ok := index[after[next[top]]]
			next[top]++
			switch {
			case !ok || state[to] == done:
			case state[to] == open:
				return p.closePath(stack, to)
			default:
				state[to] = open
				stack = append(stack, to)
			}
		}
	}
	return nil
}

// closePath cuts the circle out of the stack and turns it into the order of
// work, rotated to its smallest id.
func (p *Project) closePath(stack []int, to int) []string {
	var path []string
	for _, i := range slices.Backward(stack) {
		path = append(path, p.Activities[i].ID)
		if i == to {
			break
		}
	}
	least := 0
	for i, id := range path {
		if id < path[least] {
			least = i
		}
	}
	path = append(append([]string{}, path[least:]...), path[:least]...)
	return append(path, path[0])
}
