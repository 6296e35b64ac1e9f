package pipeline

import "gongkai"

// A Tally counts things by name: "reports", "cells", "issues", and cells by
// their status.
type Tally map[string]int

// Add counts what is in a report.
func (t Tally) Add(r *gongkai.Report) {
	t["reports"]++
	t["cells"] += len(r.Cells)
	t["issues"] += len(r.Issues)
	for i := range r.Cells {
		t[string(r.Cells[i].Status)]++
	}
}
