package analysis

import "math"

// A WeightSet is another way to weigh the dimensions, and what the ranking
// becomes under it.
type WeightSet struct {
	Name        string      // EqualWeights or EvenWeights
	Weights     []float64   // one for each dimension; they add up to 100
	Sensitivity Sensitivity // against the weights of the index; Dimension is empty
}

// The weight sets beside that of the index.
const (
	EqualWeights = "equal" // each dimension the same
	EvenWeights  = "even"  // from the data: each in inverse proportion to its standard deviation, so that no dimension decides more than another
)

// weightSets ranks the standings under each of the other weight sets. One that
// the data cannot give, because no dimension differs, is left out.
func (r *Ranking) weightSets(list []standing) []WeightSet {
	equal := make([]float64, len(r.Dimensions))
	for d := range equal {
		equal[d] = 1
	}
	sets := []WeightSet{{Name: EqualWeights, Weights: hundred(equal)}}
	if even := hundred(inverseDeviations(list, len(r.Dimensions))); even != nil {
		sets = append(sets, WeightSet{Name: EvenWeights, Weights: even})
	}
	for i := range sets {
		sets[i].Sensitivity = r.compare(list, sets[i].Weights)
	}
	return sets
}

// inverseDeviations gives 1 / standard deviation of the known values of each
// dimension; 0 where they do not differ: it would move nobody.
func inverseDeviations(list []standing, dimensions int) []float64 {
	weights := make([]float64, dimensions)
	for d := range weights {
		var n, sum, squares float64
		for i := range list {
			if v := list[i].Values[d]; v.Known {
				n, sum = n+1, sum+v.Value
			}
		}
		for i := range list {
			if v := list[i].Values[d]; v.Known {
				squares += (v.Value - sum/n) * (v.Value - sum/n)
			}
		}
		if deviation := math.Sqrt(squares / n); deviation > 1e-9 {
			weights[d] = 1 / deviation
		}
	}
	return weights
}

// hundred makes weights add up to 100; nil if all are 0.
func hundred(weights []float64) []float64 {
	var all float64
	for _, w := range weights {
		all += w
	}
	if all == 0 {
		return nil
	}
	for d := range weights {
		weights[d] *= 100 / all
	}
	return weights
}
