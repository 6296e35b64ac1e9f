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
	return []Band{{"A", 90}, {"B", 80}, {"C", 70}, {"D", 60}, {"E", 0}}
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

// capped returns the band if no strength makes up for an error: C at best.
func capped(band string, errors int) string {
	if errors > 0 {
		return max(band, "C") // A sorts before C
	}
	return band
}

// score is 100 · Σ w·d / Σ w over the dimensions that are known, and coverage
// the share of the weights that they have (domain reference 4.2). It is exact
// to a millionth, so that equal reports have equal scores.
func score(values []variant, weights []float64) (points, coverage float64) {
	var sum, known, all float64
	for i, v := range values {
		all += weights[i]
		if v.known {
			sum += weights[i] * v.value
			known += weights[i]
		}
	}
	if known == 0 || all == 0 {
		return 0, 0
	}
	return math.Round(100*sum/known*1e6) / 1e6, known / all
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
	s.Score, s.Coverage = score(s.under(0, 0), r.weights(-1))
	s.WithoutD4 = s.Score
	if i := slices.IndexFunc(r.Dimensions, func(d Dimension) bool { return d.Name == "d4_arithmetic" }); i >= 0 {
		s.WithoutD4, _ = score(s.under(0, 0), r.weights(i))
	}
	if s.Coverage >= r.Coverage {
		s.Band = bandOf(s.Score)
		s.CappedBand = capped(s.Band, s.Errors)
	}
}

// ranksOf gives each score its rank: 1 and the number of better ones.
func ranksOf(scores []float64) []int {
	sorted := slices.Clone(scores)
	slices.SortFunc(sorted, func(a, b float64) int { return cmp.Compare(b, a) })
	ranks := make([]int, len(scores))
	for i, s := range scores {
		at, _ := slices.BinarySearchFunc(sorted, s, func(e, t float64) int { return cmp.Compare(t, e) })
		ranks[i] = at + 1
	}
	return ranks
}

// stratum ranks the standings of one stratum.
func (r *Ranking) stratum(name string, list []standing) Stratum {
	slices.SortFunc(list, byKey)
	scores := make([]float64, len(list))
	for i := range list {
		scores[i] = math.Round(100 * list[i].Score) // as printed: what prints alike is alike
	}
	for i, rank := range ranksOf(scores) {
		list[i].Rank = rank
	}
	r.draw(list)
	group(list)
	s := Stratum{Name: name, Sensitivity: r.leaveOneOut(list)}
	slices.SortStableFunc(list, func(a, b standing) int {
		return cmp.Or(cmp.Compare(a.Median, b.Median), cmp.Compare(a.Rank, b.Rank), byKey(a, b))
	})
	tie(list)
	for i := range list {
		s.Standings = append(s.Standings, list[i].Standing)
	}
	return s
}

// group makes one of the standings of equal scores: none of them is before
// another, whatever the draws say.
func group(list []standing) {
	same := map[int][]int{}
	for i := range list {
		same[list[i].Rank] = append(same[list[i].Rank], i)
	}
	for rank, members := range same {
		if len(members) == 1 {
			continue
		}
		low, high := rank, rank+len(members)-1
		for _, i := range members {
			low, high = min(low, list[i].Low), max(high, list[i].High)
		}
		for _, i := range members {
			list[i].Low, list[i].Median, list[i].High = low, rank, high
		}
	}
}

// tie marks the standings that cannot be told apart: their intervals overlap.
// Others that overlap are all but those wholly before and wholly behind.
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
		list[i].Tied = i > 0 && list[i].Low <= list[i-1].High && list[i-1].Low <= list[i].High
	}
}
