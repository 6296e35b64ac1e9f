package pdftable

import (
	"cmp"
	"math"
	"slices"
)

// bands finds the rows of a region without rules. Each line of figures is a
// row, and so is each line with words where the figures stand (a header). The
// lines of the labels are then dealt out to the rows so that every row stands
// level with its label.
func (r region) bands(c cuts) []band {
	inner, edge := math.Inf(-1), c.xs[c.first]
	if c.first > 0 {
		inner = c.xs[c.first-1]
	}
	var all []band
	var rows, labels []band // of the stretch between two headers
	var anchors []anchor
	flush := func() {
		dealt, at := deal(rows, labels, r[0].em)
		all = append(all, dealt...)
		if len(rows) > 0 {
			anchors = append(anchors, at)
		}
		rows, labels = nil, nil
	}
	for i := range r {
		s := &r[i]
		label, figures, words := band{}, band{}, band{}
		begins := false
		var spans []span
		for _, t := range s.tokens {
			x, _ := center(t.box)
			at := band{from: t.box.Y0, to: t.box.Y1}
			switch {
			case x > edge && (figure(t.text) || s.figures > 0):
				figures = figures.with(at)
			case t.box.X1 > edge+1:
				words = words.with(at)
				spans = append(spans, span{t.box.X0, t.box.X1})
			case t.box.X1 > inner+1:
				label = label.with(at)
				begins = begins || ordinal(t.text)
			}
		}
		if words.to > 0 && figures.to == 0 {
			flush()
			head := words.with(label)
			head.header, head.across, head.words = true, r.crossesAny(c, words), spans
			all = append(all, head)
			continue
		}
		if figures.to > 0 {
			rows = append(rows, figures)
		}
		if label.to > 0 {
			label.begins = begins
			labels = append(labels, label)
		}
	}
	flush()
	all = settle(joinHeaders(all, r[0].em))
	r.group(all, c, anchors)
	return all
}

// joinHeaders joins the lines of a header row whose words are broken over
// several lines. Rows with words that span columns stay by themselves.
func joinHeaders(all []band, em float64) []band {
	var out, lines []band // lines make up the last of out
	for _, b := range all {
		n := len(out)
		if n == 0 || !b.header || !out[n-1].header || b.across || out[n-1].across || b.from-out[n-1].to >= 0.4*em {
			out, lines = append(out, b), []band{b}
			continue
		}
		if k := headed(lines, b, em); k > 0 {
			out[n-1] = joined(lines[:k])
			out, lines = append(out, band{}), slices.Clone(lines[k:])
			n++
		}
		lines = append(lines, b)
		out[n-1] = joined(lines)
	}
	return out
}

// headed returns how many of the lines make a row above b: those down to the
// last with a word that stands right above one of b, but too far for the two to
// be one word broken in two. Lines in between may join them all in a chain, if
// they hold cells that are as high as both rows.
func headed(lines []band, b band, em float64) int {
	for k := len(lines); k > 0; k-- {
		a := lines[k-1]
		if b.from-a.to > 0.7*em && slices.ContainsFunc(a.words, func(s span) bool { return !apart([]span{s}, b.words) }) {
			return k
		}
	}
	return 0
}

func joined(lines []band) band {
	b := lines[0]
	for _, l := range lines[1:] {
		b = b.with(l)
	}
	return b
}

// crossesAny reports whether a word in the band spans columns of figures.
func (r region) crossesAny(c cuts, b band) bool {
	for _, x := range c.xs[c.first+1 : len(c.xs)-1] {
		if r.crossed(x, b) {
			return true
		}
	}
	return false
}

// with returns the band that holds both; an empty one holds nothing.
func (b band) with(o band) band {
	switch {
	case b.to == 0:
		return o
	case o.to == 0:
		return b
	}
	return band{from: min(b.from, o.from), to: max(b.to, o.to), header: b.header || o.header, slipped: b.slipped || o.slipped}
}

func (b band) middle() float64 { return (b.from + b.to) / 2 }

// settle sorts the bands and makes them meet halfway.
func settle(all []band) []band {
	slices.SortStableFunc(all, func(a, b band) int { return cmp.Compare(a.middle(), b.middle()) })
	for i := 1; i < len(all); i++ {
		y := (all[i-1].to + all[i].from) / 2
		y = max(y, all[i-1].from+1)
		all[i-1].to, all[i].from = y, y
		all[i].to = max(all[i].to, y+1)
	}
	if n := len(all); n > 0 {
		all[0].from--
		all[n-1].to++
	}
	return all
}

// group deals the rows out to the labels of the outer columns, each of which
// stands level with the middle of its rows, or where most labels stand.
func (r region) group(all []band, c cuts, anchors []anchor) {
	at := middle
	for _, other := range []anchor{top, bottom} {
		n := 0
		for _, a := range anchors {
			if a == other {
				n++
			}
		}
		if 2*n >= len(anchors) && n > 0 {
			at = other
		}
	}
	for i := range all {
		all[i].groups = make([]int, max(0, c.first-1))
		for k := range all[i].groups {
			all[i].groups[k] = -1
		}
	}
	for k := range c.first - 1 {
		alone := make([]bool, len(all))
		for i := range all {
			alone[i] = !r.labelled(c.xs[k+1], c.xs[c.first], all[i])
		}
		blocks := r.groupLabels(c.xs[k], c.xs[k+1], all, alone)
		var run []int // bands next to each other whose labels leave the column free
		next := 0
		for i := 0; i <= len(all); i++ {
			if i < len(all) && !all[i].header && !alone[i] && !r.crossed(c.xs[k+1], all[i]) {
				run = append(run, i)
				continue
			}
			next = dealGroups(all, run, blocks, k, next, at)
			run = nil
		}
	}
}

// labelled reports whether the band has a label between left and right: if
// not, a label further left is its own and not that of a group.
func (r region) labelled(left, right float64, b band) bool {
	for i := range r {
		if _, y := center(r[i].box); y < b.from || y > b.to {
			continue
		}
		for _, t := range r[i].tokens {
			if x, _ := center(t.box); x > left && x < right {
				return true
			}
		}
	}
	return false
}

// groupLabels returns the labels that stand within a column, but for those of
// bands that stand alone.
func (r region) groupLabels(left, right float64, all []band, alone []bool) []band {
	var blocks []band
	for i := range r {
		_, y := center(r[i].box)
		if at := slices.IndexFunc(all, func(b band) bool { return y >= b.from && y <= b.to }); at >= 0 && alone[at] {
			continue
		}
		for _, t := range r[i].tokens {
			if t.box.X0 < left || t.box.X1 > right {
				continue
			}
			at := band{from: t.box.Y0, to: t.box.Y1}
			if n := len(blocks); n > 0 && at.from-blocks[n-1].to < 0.8*r[i].em {
				blocks[n-1] = blocks[n-1].with(at)
				continue
			}
			blocks = append(blocks, at)
		}
	}
	return blocks
}

// dealGroups splits a run of bands among the group labels that stand in it and
// returns the number of the next label.
func dealGroups(all []band, run []int, blocks []band, column, next int, at anchor) int {
	var in []int
	for next < len(blocks) && len(run) > 0 && at.edge(blocks[next]) <= all[run[len(run)-1]].to {
		if at.edge(blocks[next]) >= all[run[0]].from {
			in = append(in, next)
		}
		next++
	}
	if len(in) == 0 || len(in) > len(run) {
		return next
	}
	// best[b][i]: the least cost of labels from b on over the bands from i on.
	best := make([][]float64, len(in)+1)
	size := make([][]int, len(in)+1)
	for b := range best {
		best[b], size[b] = make([]float64, len(run)+1), make([]int, len(run)+1)
		for i := range best[b] {
			best[b][i] = math.Inf(1)
		}
	}
	for i := range best[len(in)] { // bands behind the last label, on a page of their own, go without
		best[len(in)][i] = 0
	}
	for b := len(in) - 1; b >= 0; b-- {
		for i := range run {
			for k := 1; i+k <= len(run); k++ {
				off := at.apart(band{from: all[run[i]].from, to: all[run[i+k-1]].to}, blocks[in[b]])
				if c := off + best[b+1][i+k]; c < best[b][i] {
					best[b][i], size[b][i] = c, k
				}
			}
		}
	}
	i := 0 // so do bands before the first
	for j := range run {
		if best[0][j] < best[0][i]-1 {
			i = j
		}
	}
	if math.IsInf(best[0][i], 1) {
		return next
	}
	for b := range in {
		for range size[b][i] {
			all[run[i]].groups[column] = in[b]
			i++
		}
	}
	return next
}
