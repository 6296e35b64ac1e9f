package pdftable

import (
	"image"
	"slices"
)

const (
	leastRun  = 70 // pixels: shorter dark runs are strokes of characters
	thickRule = 14 // pixels: thicker ones are shading or pictures
	runGap    = 4  // pixels: gaps that a faint rule may have
)

// rasterRules finds the rules of a scanned page, in points.
func rasterRules(g *image.Gray) []rule {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	across := runRules(w, h, func(i, j int) bool { return g.Pix[i*g.Stride+j] < dark+30 })
	down := runRules(h, w, func(i, j int) bool { return g.Pix[j*g.Stride+i] < dark+30 })
	for i := range down {
		down[i].vertical = true
	}
	return append(across, down...)
}

// A run is a dark stretch of one row of pixels.
type run struct{ row, from, to int }

// runRules finds rules along rows of the given length; ink tells whether pixel
// j of row i is dark.
func runRules(length, rows int, ink func(i, j int) bool) []rule {
	var open, closed [][]run // groups of runs of adjacent rows that overlap
	for i := range rows {
		var still [][]run
		fresh := rowRuns(i, length, ink)
		used := make([]bool, len(fresh))
		for _, group := range open {
			last := group[len(group)-1]
			grown := false
			for k, r := range fresh {
				if !used[k] && r.from <= last.to && last.from <= r.to {
					group, used[k], grown = append(group, r), true, true
					break
				}
			}
			if grown {
				still = append(still, group)
			} else {
				closed = append(closed, group)
			}
		}
		for k, r := range fresh {
			if !used[k] {
				still = append(still, []run{r})
			}
		}
		open = still
	}
	var rules []rule
	for _, group := range slices.Concat(closed, open) {
		if len(group) > thickRule {
			continue
		}
		from, to := group[0].from, group[0].to
		for _, r := range group {
			from, to = min(from, r.from), max(to, r.to)
		}
		middle := float64(group[0].row+group[len(group)-1].row+1) / 2
		rules = append(rules, rule{at: middle * pixel, from: float64(from) * pixel, to: float64(to) * pixel})
	}
	return rules
}

// rowRuns returns the long dark runs of row i, bridging small gaps.
func rowRuns(i, length int, ink func(i, j int) bool) []run {
	var all []run
	start, last := -1, -1
	flush := func() {
		if start >= 0 && last-start+1 >= leastRun {
			all = append(all, run{i, start, last + 1})
		}
		start = -1
	}
	for j := range length {
		if !ink(i, j) {
			continue
		}
		if start >= 0 && j-last > runGap {
			flush()
		}
		if start < 0 {
			start = j
		}
		last = j
	}
	flush()
	return all
}
