package pdftable

import "slices"

// A region may hold two tables, one right below the other, whose columns stand
// at different places. Laid over each other they look like one table with more
// columns than any of its rows fills.

// split parts such a region in two. It returns nothing if its columns make no
// sense at all: a figure in the wrong column cannot be told from its sum.
func (r region) split() []region {
	if i := r.stacked(); i > 0 {
		return append([]region{r[:i]}, r[i:].split()...)
	}
	if r.orderly() {
		return []region{r}
	}
	for i := 1; i < len(r); i++ {
		if r[i-1].figures == 0 {
			continue
		}
		a, b := r[:i], r[i:]
		if a.filled() && b.filled() && a.seeds() > 0 && b.seeds() > 0 {
			return []region{a, b}
		}
	}
	return nil
}

// stacked returns the line where a second table begins: below a row of figures
// with a header of its own and no column in common with the table above; 0 if
// there is none.
func (r region) stacked() int {
	for i := 1; i < len(r); i++ {
		if r[i-1].figures == 0 || r[i].figures > 0 {
			continue
		}
		a, b := r[:i], r[i:]
		if a.seeds() > 0 && b.seeds() > 0 && a.filled() && b.filled() && apart(a.figureColumns(), b.figureColumns()) {
			return i
		}
	}
	return 0
}

// apart reports whether no column of a stands above one of b.
func apart(a, b []span) bool {
	for _, s := range a {
		for _, t := range b {
			if s.from <= t.to && t.from <= s.to {
				return false
			}
		}
	}
	return true
}

func (r region) seeds() int {
	n := 0
	for i := range r {
		if r[i].seed() {
			n++
		}
	}
	return n
}

// figureColumns are the stretches of the x axis that the region's figures take.
func (r region) figureColumns() []span {
	var spans []span
	for i := range r {
		for _, t := range r[i].tokens {
			if figure(t.text) {
				for _, g := range t.glyphs {
					spans = append(spans, span{g.box.X0, g.box.X1})
				}
			}
		}
	}
	return merge(spans, 1)
}

// filled reports whether some row has a figure in every column.
func (r region) filled() bool {
	columns := r.figureColumns()
	for i := range r {
		taken := map[int]bool{}
		for _, t := range r[i].tokens {
			if !figure(t.text) {
				continue
			}
			for _, g := range t.glyphs { // two figures may stand closer than tokens do
				x, _ := center(g.box)
				taken[columnAt(columns, x)] = true
			}
		}
		if len(taken) == len(columns) {
			return true
		}
	}
	return false
}

// orderly reports whether the columns can be those of one table: a row fills
// them all, or they stand at regular distances.
func (r region) orderly() bool {
	if r.filled() {
		return true
	}
	columns := r.figureColumns()
	var pitches []float64
	for i := 1; i < len(columns); i++ {
		a, b := columns[i-1], columns[i]
		pitches = append(pitches, (b.from+b.to-a.from-a.to)/2)
	}
	slices.Sort(pitches)
	return len(pitches) < 2 || pitches[0] >= 0.55*pitches[len(pitches)/2]
}
