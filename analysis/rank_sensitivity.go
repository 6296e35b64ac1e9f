package analysis

import (
	"cmp"
	"math"
	"slices"
)

// leaveOneOut ranks the standings without each dimension in turn. An agency
// moves only as far as its places before and after are apart: those of equal
// scores change places with nobody.
func (r *Ranking) leaveOneOut(list []standing) []Sensitivity {
	var table []Sensitivity
	for d, dimension := range r.Dimensions {
		s := r.compare(list, r.weights(d))
		s.Dimension = dimension.Name
		table = append(table, s)
	}
	return table
}

// compare ranks the standings under other weights.
func (r *Ranking) compare(list []standing, weights []float64) Sensitivity {
	whole, other := make([]float64, len(list)), make([]float64, len(list))
	for i := range list {
		whole[i], other[i] = list[i].Score, score(list[i].under(0, 0), weights)
	}
	var s Sensitivity
	s.Spearman, s.Known = spearman(whole, other)
	for i, p := range placesOf(other, TheMethod().Rank.Tie) {
		if shift := max(p.first-list[i].Last, list[i].Rank-p.last); shift > s.MaxShift {
			s.MaxShift, s.Agency = shift, list[i].Agency
		}
	}
	return s
}

// effective gives the share of the variance of the scores that each dimension
// has: what its weight comes to among these reports. All are 0 where all scores
// are equal. A dimension that is not known counts with the score.
func (r *Ranking) effective(list []standing) []float64 {
	n := float64(len(list))
	weights := r.weights(-1)
	var all, mean float64
	for _, w := range weights {
		all += w
	}
	for i := range list {
		mean += list[i].Score / n
	}
	part := func(i, d int) float64 {
		if v := list[i].Values[d]; v.Known {
			return 100 * v.Value
		}
		return list[i].Score
	}
	shares := make([]float64, len(weights))
	var variance float64
	for d, w := range weights {
		var covariance, partMean float64
		for i := range list {
			partMean += part(i, d) / n
		}
		for i := range list {
			covariance += (part(i, d) - partMean) * (list[i].Score - mean)
		}
		shares[d] = w / all * covariance
		variance += shares[d]
	}
	for d := range shares {
		if variance == 0 {
			shares[d] = 0
			continue
		}
		shares[d] /= variance
	}
	return shares
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
