package analysis

import (
	"math"
	"testing"
)

// TestWeightSets works a case by hand: two dimensions, of which the second
// spreads twice as far, so that by the data it weighs half as much.
func TestWeightSets(t *testing.T) {
	t.Parallel()
	r := &Ranking{Draws: MinDraws, Dimensions: []Dimension{{Name: "d1", Weight: 90}, {Name: "d2", Weight: 10}, {Name: "d3", Weight: 10}}}
	var list []standing
	for i, x := range [][2]float64{{1, 0}, {0.75, 0.5}, {0.5, 1}} {
		s := standing{Standing: Standing{AgencyKey: string(rune('a' + i)), Agency: string(rune('甲' + i))}}
		for _, value := range []float64{x[0], x[1], 1} {
			v := Value{State: Known, Known: true, Value: value, Low: value, High: value}
			for k := range 6 {
				v.variants[k/3][k%3] = variant{true, value}
			}
			s.Values = append(s.Values, v)
		}
		r.rate(&s)
		list = append(list, s)
	}
	got := r.stratum("x", list)
	if len(got.WeightSets) != 2 {
		t.Fatalf("%d sets", len(got.WeightSets))
	}
	for i, want := range []struct {
		name    string
		weights []float64
		shift   int
	}{
		{EqualWeights, []float64{100. / 3, 100. / 3, 100. / 3}, 2}, // a: first to last
		{EvenWeights, []float64{200. / 3, 100. / 3, 0}, 0},         // all are equal: nobody moves
	} {
		set := got.WeightSets[i]
		if set.Name != want.name || set.Sensitivity.MaxShift != want.shift {
			t.Errorf("%+v, want %+v", set, want)
		}
		for d, w := range want.weights {
			if math.Abs(set.Weights[d]-w) > 1e-9 {
				t.Errorf("%s: weights %v, want %v", set.Name, set.Weights, want.weights)
			}
		}
	}
	if sets := r.weightSets(list[:1]); len(sets) != 1 {
		t.Errorf("one report differs from nothing: %+v", sets)
	}
}
