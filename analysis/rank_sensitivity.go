package analysis

import (
	"cmp"
	"math"
	"slices"
)

// leaveOneOut ranks the standings without each dimension in turn. One of which
// nothing is left goes to the end of such a ranking.
func (r *Ranking) leaveOneOut(list []standing) []Sensitivity {
	whole := make([]float64, len(list))
	for i := range list {
		whole[i] = list[i].Score
	}
	wholeRanks := ranksOf(whole)
	var table []Sensitivity
	for d, dimension := range r.Dimensions {
		without := make([]float64, len(list))
		for i := range list {
			without[i], _ = score(list[i].under(0, 0), r.weights(d))
		}
		s := Sensitivity{Dimension: dimension.Name}
		s.Spearman, s.Known = spearman(whole, without)
		for i, rank := range ranksOf(without) {
			if shift := abs(rank - wholeRanks[i]); shift > s.MaxShift {
				s.MaxShift, s.Agency = shift, list[i].Agency
			}
		}
		table = append(table, s)
	}
	return table
}

// spearman is the correlation of the ranks of two lists; equal values share
// the mean of their ranks. It is not known if one list has one value only.
func spearman(a, b []float64) (float64, bool) {
	ra, rb := meanRanks(a), meanRanks(b)
	mean := float64(len(a)+1) / 2
	var ab, aa, bb float64
	for i := range ra {
		ab += (ra[i] - mean) * (rb[i] - mean)
		aa += (ra[i] - mean) * (ra[i] - mean)
		bb += (rb[i] - mean) * (rb[i] - mean)
	}
	if aa == 0 || bb == 0 {
		return 0, false
	}
	return ab / math.Sqrt(aa*bb), true
}

// meanRanks ranks values from the smallest up.
func meanRanks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+1+to) / 2
		}
		from = to
	}
	return ranks
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
