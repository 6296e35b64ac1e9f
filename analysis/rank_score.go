package analysis

import (
	"cmp"
	"math"
	"slices"
)

// A Band is a range of scores.
type Band struct {
	Name  string
	Least float64 // the lowest score in it
}

// Bands returns the bands from the best down.
func Bands() []Band {
	var list []Band
	for name, least := range TheMethod().Bands {
		list = append(list, Band{name, least})
	}
	slices.SortFunc(list, func(a, b Band) int { return cmp.Compare(b.Least, a.Least) })
	return list
}

// bandOf returns the band of a score.
func bandOf(score float64) string {
	all := Bands()
	for _, b := range all {
		if score >= b.Least {
			return b.Name
		}
	}
	return all[len(all)-1].Name
}

// bandsOf returns the band of all scores between two, or the range of bands: "A-C".
func bandsOf(low, high float64, capped bool) string {
	best, worst := bandOf(high), bandOf(low)
	if capped { // C at best: A sorts before C
		best, worst = max(best, "C"), max(worst, "C")
	}
	if best == worst {
		return best
	}
	return best + "-" + worst
}

// exact rounds a score to a millionth, so that equal reports have equal scores.
func exact(score float64) float64 { return math.Round(score*1e6) / 1e6 }

// score is 100 · Σ w·v / Σ w over the dimensions that are known.
func score(values []variant, weights []float64) float64 {
	var sum, known float64
	for i, v := range values {
		if v.known {
			sum += weights[i] * v.value
			known += weights[i]
		}
	}
	if known == 0 {
		return 0
	}
	return exact(100 * sum / known)
}

// bounds are the least and the most that the score may be, and the share of the
// weights that is known, over the dimensions that apply.
func (s *Standing) bounds(weights []float64) (low, high, coverage float64) {
	var lows, highs, known, all float64
	for i := range s.Values {
		v, w := &s.Values[i], weights[i]
		if v.State == NotApplicable {
			continue
		}
		all += w
		lows += w * v.Low
		highs += w * v.High
		if v.Known {
			known += w
		}
	}
	if all == 0 {
		return 0, 100, 0
	}
	return exact(100 * lows / all), exact(100 * highs / all), known / all
}

// weights returns those of the dimensions; that at skip is 0.
func (r *Ranking) weights(skip int) []float64 {
	w := make([]float64, len(r.Dimensions))
	for i, d := range r.Dimensions {
		if i != skip {
			w[i] = d.Weight
		}
	}
	return w
}

// under returns the values of a standing under the given assumptions.
func (s *standing) under(blanks, weighing int) []variant {
	list := make([]variant, len(s.Values))
	for i := range s.Values {
		list[i] = s.Values[i].variants[blanks][weighing]
	}
	return list
}

// rate fills in what does not depend on others.
func (r *Ranking) rate(s *standing) {
	s.Score = score(s.under(0, 0), r.weights(-1))
	s.Least, s.Most, s.Coverage = s.bounds(r.weights(-1))
	s.WithoutD4 = s.Score
	if i := slices.IndexFunc(r.Dimensions, func(d Dimension) bool { return d.Name == "d4_arithmetic" }); i >= 0 {
		s.WithoutD4 = score(s.under(0, 0), r.weights(i))
	}
	for i := range s.Values {
		s.Capped = s.Capped || s.Values[i].cap
	}
	s.Band = bandsOf(s.Least, s.Most, false)
	s.CappedBand = bandsOf(s.Least, s.Most, s.Capped)
}

// A place is where a score stands among others: from the first to the last place
// that it shares with those equal to it.
type place struct{ first, last int }

// placesOf gives each score its place: 1 and the number of those greater by more
// than tie, to the number of those that are not less by more.
func placesOf(scores []float64, tie float64) []place {
	sorted := slices.Clone(scores)
	slices.Sort(sorted)
	places := make([]place, len(scores))
	for i, s := range scores {
		above, _ := slices.BinarySearch(sorted, math.Nextafter(s+tie, math.Inf(1)))
		below, _ := slices.BinarySearch(sorted, s-tie)
		places[i] = place{1 + len(sorted) - above, len(sorted) - below}
	}
	return places
}

// stratum ranks the standings of one stratum.
func (r *Ranking) stratum(name string, list []standing) Stratum {
	slices.SortFunc(list, byKey)
	scores := make([]float64, len(list))
	for i := range list {
		scores[i] = list[i].Score
	}
	for i, p := range placesOf(scores, TheMethod().Rank.Tie) {
		list[i].Rank, list[i].Median, list[i].Last = p.first, p.first, p.last
	}
	slices.SortStableFunc(list, func(a, b standing) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), byKey(a, b)) })
	r.draw(list)
	group(list)
	tie(list)
	s := Stratum{Name: name, Sensitivity: r.leaveOneOut(list), Effective: r.effective(list), WeightSets: r.weightSets(list)}
	for i := range list {
		s.Standings = append(s.Standings, list[i].Standing)
	}
	return s
}

// group makes one of the standings of equal scores: none of them is before
// another, whatever the draws say. No interval leaves out the places that the
// score itself has.
func group(list []standing) {
	type span struct{ low, high int }
	spans := map[int]span{}
	for i := range list {
		s, met := spans[list[i].Rank]
		if !met {
			s = span{list[i].Rank, list[i].Last}
		}
		spans[list[i].Rank] = span{min(s.low, list[i].Low), max(s.high, list[i].High, list[i].Last)}
	}
	for i := range list {
		list[i].Low, list[i].High = spans[list[i].Rank].low, spans[list[i].Rank].high
	}
}

// tie counts the standings whose intervals overlap: all but those wholly before
// and wholly behind. A standing is tied with the one before it in the list
// unless that one is above it in nearly all draws.
func tie(list []standing) {
	lows, highs := make([]int, len(list)), make([]int, len(list))
	for i := range list {
		lows[i], highs[i] = list[i].Low, list[i].High
	}
	slices.Sort(lows)
	slices.Sort(highs)
	for i := range list {
		before, _ := slices.BinarySearch(highs, list[i].Low)
		upTo, _ := slices.BinarySearch(lows, list[i].High+1)
		list[i].Ties = upTo - before - 1
		list[i].Tied = i > 0 && (list[i].Rank == list[i-1].Rank || list[i].Above < TheMethod().Draws.Above)
	}
}
