package analysis

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// stream is the second half of the seed of the weights.
const stream = 0x676f6e676b6169

// A scenario is one way to take blanks and to weigh failures. All are gone
// through; only weights, and values that are open, are drawn.
type scenario struct{ blanks, weighing int }

func scenarios() []scenario {
	var all []scenario
	for blanks := range 2 {
		for weighing := range 3 {
			all = append(all, scenario{blanks, weighing})
		}
	}
	return all
}

// draw ranks the standings in each scenario under drawn weights. What is drawn
// for an agency rests on the seed and its key alone: neither the order nor the
// number of the others changes it.
func (r *Ranking) draw(list []standing) {
	random := rand.New(rand.NewPCG(r.Seed, stream))
	nominal := r.weights(-1)
	weights := make([][]float64, r.Draws)
	for i := range weights {
		weights[i] = dirichlet(random, nominal)
	}
	all := scenarios()
	results := make([]*drawn, len(all))
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2) // each holds the places of all draws
	for i, sc := range all {
		wait.Go(func() {
			slots <- struct{}{}
			results[i] = r.drawIn(sc, list, weights)
			<-slots
		})
	}
	wait.Wait()
	for i := range list {
		s := &list[i]
		s.Low, s.High = len(list), 1
		top, above := 0, 0
		for _, d := range results {
			s.Low, s.High = min(s.Low, int(d.low[i])), max(s.High, int(d.high[i]))
			top, above = top+d.top[i], above+d.above[i]
		}
		s.TopDecile, s.Above = float64(top)/float64(r.Draws*len(results)), float64(above)/float64(r.Draws*len(results))
	}
}

// drawn is what the draws of one scenario gave, standing by standing.
type drawn struct {
	low, high  []int32 // quantiles of the places
	top, above []int   // draws in the first tenth, draws in which the one before it in the list is above it
}

func (r *Ranking) drawIn(sc scenario, list []standing, weights [][]float64) *drawn {
	n, m := len(list), TheMethod()
	v := r.open(sc, list)
	d := &drawn{low: make([]int32, n), high: make([]int32, n), top: make([]int, n), above: make([]int, n)}
	firsts, lasts := make([]int32, n*r.Draws), make([]int32, n*r.Draws)
	scores := make([]float64, n)
	tenth := (n + 9) / 10
	for at, w := range weights {
		for i := range list {
			scores[i] = v.score(i, at, w)
		}
		for i, p := range placesOf(scores, m.Rank.Tie) {
			firsts[i*r.Draws+at], lasts[i*r.Draws+at] = int32(p.first), int32(p.last)
			if p.first <= tenth {
				d.top[i]++
			}
			if i > 0 && scores[i-1] > scores[i]+m.Rank.Tie {
				d.above[i]++
			}
		}
	}
	for i := range n {
		first, last := firsts[i*r.Draws:(i+1)*r.Draws], lasts[i*r.Draws:(i+1)*r.Draws]
		slices.Sort(first)
		slices.Sort(last)
		d.low[i], d.high[i] = quantile(first, m.Draws.Low), quantile(last, m.Draws.High)
	}
	return d
}

// openValues are the values of a scenario, with a drawn one where a dimension is open.
type openValues struct {
	values [][]variant
	drawn  []map[int][]float64 // by standing and dimension, one for each draw
	apply  [][]bool
}

// open draws the values of open dimensions: half from those of the peers, as far
// as they are possible, half evenly from what is possible.
func (r *Ranking) open(sc scenario, list []standing) *openValues {
	o := &openValues{drawn: make([]map[int][]float64, len(list))}
	peers := make([][]float64, len(r.Dimensions))
	for i := range list {
		values := list[i].under(sc.blanks, sc.weighing)
		o.values = append(o.values, values)
		apply := make([]bool, len(values))
		for d, v := range values {
			apply[d] = list[i].Values[d].State != NotApplicable
			if v.known {
				peers[d] = append(peers[d], v.value)
			}
		}
		o.apply = append(o.apply, apply)
	}
	for d := range peers {
		slices.Sort(peers[d])
	}
	for i := range list {
		random := rand.New(rand.NewPCG(r.Seed, keyed(list[i].AgencyKey)))
		for d := range list[i].Values {
			v := &list[i].Values[d]
			if !o.apply[i][d] || o.values[i][d].known {
				continue
			}
			if o.drawn[i] == nil {
				o.drawn[i] = map[int][]float64{}
			}
			for range r.Draws {
				coin, at := random.Float64(), random.Float64()
				value := v.Low + at*(v.High-v.Low)
				if coin < TheMethod().Draws.Peers && len(peers[d]) > 0 {
					value = min(max(peers[d][int(at*float64(len(peers[d])))], v.Low), v.High)
				}
				o.drawn[i][d] = append(o.drawn[i][d], value)
			}
		}
	}
	return o
}

// score is that of a standing in one draw.
func (o *openValues) score(i, draw int, weights []float64) float64 {
	var sum, all float64
	for d, v := range o.values[i] {
		if !o.apply[i][d] {
			continue
		}
		value := v.value
		if !v.known {
			value = o.drawn[i][d][draw]
		}
		sum += weights[d] * value
		all += weights[d]
	}
	if all == 0 {
		return 0
	}
	return exact(100 * sum / all)
}

// keyed makes a seed of the key of an agency.
func keyed(key string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(key))
	return h.Sum64()
}

// quantile returns the least value that a share p of the sorted values does not exceed.
func quantile[T any](sorted []T, p float64) T {
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
		drawn[i] = gamma(random, TheMethod().Draws.Concentration*w/all)
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
