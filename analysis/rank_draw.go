package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
)

// concentration says how close the weights drawn are to the nominal ones:
// weights ~ Dirichlet(50·w), with Σ w = 1 (domain reference 4.3).
const concentration = 50

// draw ranks the standings under drawn assumptions: weights, how failures are
// weighed (three ways), how blanks are taken (two ways). A draw does not
// depend on the standings, so that neither their order nor their number
// changes it.
func (r *Ranking) draw(list []standing) {
	random := rand.New(rand.NewPCG(r.Seed, 0x676f6e676b6169))
	nominal := r.weights(-1)
	ranks := make([][]int, len(list))
	scores := make([]float64, len(list))
	top := make([]int, len(list))
	tenth := (len(list) + 9) / 10
	var values [2][3][][]variant
	for b := range values {
		for w := range values[b] {
			for i := range list {
				values[b][w] = append(values[b][w], list[i].under(b, w))
			}
		}
	}
	for range r.Draws {
		weights := dirichlet(random, nominal)
		weighing, blanks := random.IntN(3), random.IntN(2)
		for i := range list {
			scores[i], _ = score(values[blanks][weighing][i], weights)
		}
		for i, rank := range ranksOf(scores) {
			ranks[i] = append(ranks[i], rank)
			if rank <= tenth {
				top[i]++
			}
		}
	}
	for i := range list {
		slices.Sort(ranks[i])
		list[i].Low, list[i].Median, list[i].High = quantile(ranks[i], 0.05), quantile(ranks[i], 0.5), quantile(ranks[i], 0.95)
		list[i].TopDecile = float64(top[i]) / float64(r.Draws)
	}
}

// quantile returns the least value that a share p of the sorted values does not exceed.
func quantile(sorted []int, p float64) int {
	i := int(math.Ceil(p*float64(len(sorted)))) - 1
	return sorted[max(i, 0)]
}

// dirichlet draws weights around the nominal ones; they add up to 1.
func dirichlet(random *rand.Rand, nominal []float64) []float64 {
	var all float64
	for _, w := range nominal {
		all += w
	}
	drawn := make([]float64, len(nominal))
	var sum float64
	for i, w := range nominal {
		drawn[i] = gamma(random, concentration*w/all)
		sum += drawn[i]
	}
	for i := range drawn {
		drawn[i] /= sum
	}
	return drawn
}

// gamma draws from the gamma distribution with that shape and scale 1, by the
// method of Marsaglia and Tsang (ACM TOMS 26, 2000). A shape below 1 is raised
// by 1 and corrected for.
func gamma(random *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(random, shape+1) * math.Pow(1-random.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := random.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(1-random.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
