package main

import (
	"flag"

	"github.com/crmrollout/crm/examples/internal/rows"
)

// A command computes one family of indicators.
type command interface {
	flags(f *flag.FlagSet)
	// roles are the columns that it may want; each has a flag of its name.
	roles() []role
	// run reads the files and prints the result, in this order.
	run(j *job) error
}

// A role is a column with what it is, for the help.
type role struct {
	rows.Column

	what string
}

// An entry is a command as it stands in the help.
type entry struct {
	name, what string
	help       string // what it reads and prints
	example    string // arguments
	command    func() command
}

// entries are the commands, in the order of the help.
func entries() []entry {
	return []entry{
		rfmEntry(), retentionEntry(), usageEntry(), funnelEntry(), clvEntry(), survivalEntry(), revenueEntry(), npsEntry(), spcEntry(),
	}
}

func find(name string) (entry, bool) {
	for _, e := range entries() {
		if e.name == name {
			return e, true
		}
	}
	return entry{}, false
}

// customerRole is who did something.
func customerRole() role {
	return role{rows.Column{Name: "customer", Aliases: rows.CustomerAliases()}, "who: the customer"}
}

// dateRole is when.
func dateRole(kind rows.Kind) role {
	return role{rows.Column{Name: "date", Aliases: rows.DateAliases(), Kind: kind}, "when: YYYY-MM-DD, with or without a time of day"}
}

// amountRole is for how much.
func amountRole(need rows.Need) role {
	const what = "for how much: up to two decimals, negative for a refund"
	return role{rows.Column{Name: "amount", Aliases: rows.AmountAliases(), Kind: rows.Amount, Need: need}, what}
}

// optional is a column that may be missing.
func optional(kind rows.Kind, what, name string, aliases ...string) role {
	return role{rows.Column{Name: name, Aliases: aliases, Kind: kind, Need: rows.Optional}, what}
}

// unless returns a role that is not looked for where another column is.
func (r role) unless(other string) role {
	r.Unless = other
	return r
}

// byRole is what a result is broken down by. It has no usual name, so it must be
// called.
func byRole() role {
	return role{rows.Column{Name: "by", Called: rows.None, Need: rows.Optional}, "what the result is broken down by"}
}
