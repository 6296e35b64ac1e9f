package main

import (
	"fmt"

	"gongkai/internal/console"
	"gongkai/internal/notify"
)

// sayBulletin tells what is new.
func (a *app) sayBulletin(b *notify.Bulletin) {
	for _, x := range b.New {
		a.say.Debug(fmt.Sprintf("new: %s %s", x.Title, x.URL))
	}
	for _, x := range b.Revised {
		a.say.Info(fmt.Sprintf("revised: %s %s", x.Title, x.URL))
	}
	for _, g := range b.Missing {
		a.say.Debug(fmt.Sprintf("missing: %s for %d, due %s", g.Agency, g.Year, g.Deadline))
	}
	for _, g := range b.Late {
		a.say.Debug(fmt.Sprintf("late: %s for %d, due %s, published %s", g.Agency, g.Year, g.Deadline, g.Published))
	}
	for _, s := range b.Held {
		a.say.Warn(s+": what is new in a list that is in doubt waits, the rows it had stay", console.HintKey, "look at its alerts; gongkai build loads everything all the same")
	}
	a.say.Info(fmt.Sprintf("%d new, %d revised, %d newly missing, %d newly late; %d reports with %d errors and %d warnings",
		len(b.New), len(b.Revised), len(b.Missing), len(b.Late), b.Reports, b.Findings["E"], b.Findings["W"]))
}
