package analysis

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// someValues draws the values of a report.
func someValues(n int) *rapid.Generator[[]variant] {
	one := rapid.Custom(func(t *rapid.T) variant {
		if rapid.Bool().Draw(t, "known") {
			return variant{known: true, value: float64(rapid.IntRange(0, 1_000_000).Draw(t, "value")) / 1e6}
		}
		return variant{}
	})
	return rapid.SliceOfN(one, n, n)
}

// TestScoreFalls wants a worse value never to raise a score, and neither the
// loss of one that was perfect.
func TestScoreFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := someValues(6).Draw(t, "values")
		weights := rapid.SliceOfN(rapid.Float64Range(0.01, 1), 6, 6).Draw(t, "weights")
		before, _ := score(values, weights)
		i := rapid.IntRange(0, 5).Draw(t, "which")
		if !values[i].known {
			return
		}
		perfect := values[i].value == 1
		values[i].value *= rapid.Float64Range(0, 1).Draw(t, "by")
		if after, _ := score(values, weights); after > before {
			t.Fatalf("%g rises to %g", before, after)
		}
		if perfect {
			values[i] = variant{}
			if after, _ := score(values, weights); after > before+1e-6 {
				t.Fatalf("without a perfect value %g rises to %g", before, after)
			}
		}
	})
}

// TestOrderOfInput wants a stratum to be the same in whatever order its
// standings come, with ranks and intervals that are possible.
func TestOrderOfInput(t *testing.T) {
	r := &Ranking{Draws: 200, Seed: 5, Dimensions: []Dimension{{Name: "d1", Weight: 20}, {Name: "d2", Weight: 30}, {Name: "d4_arithmetic", Weight: 50}}}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		list := make([]standing, n)
		for i := range list {
			list[i].AgencyKey = string(rune('a' + i))
			list[i].Values = make([]Value, 3)
			for b := range 2 {
				for w := range 3 {
					for d, v := range someValues(3).Draw(t, "values") {
						list[i].Values[d].variants[b][w] = v
					}
				}
			}
			r.rate(&list[i])
		}
		shuffled := rapid.Permutation(slices.Clone(list)).Draw(t, "order")
		a, b := r.stratum("x", slices.Clone(list)), r.stratum("x", shuffled)
		if diff := cmp.Diff(a, b, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
			t.Fatal(diff)
		}
		for _, s := range a.Standings {
			if s.Low < 1 || s.Low > s.Median || s.Median > s.High || s.High > n || s.Ties < 0 || s.Ties >= n {
				t.Fatalf("%s: %d in %d to %d of %d, %d ties", s.AgencyKey, s.Median, s.Low, s.High, n, s.Ties)
			}
		}
	})
}

// TestDirichlet compares the moments of many draws with those of the
// distribution: mean w, variance w (1-w) / (50+1).
func TestDirichlet(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	nominal := []float64{20, 20, 10, 25, 15, 10, 0.5} // the last has a shape below 1
	const n = 20_000
	sum, squares := make([]float64, 7), make([]float64, 7)
	for range n {
		drawn := dirichlet(random, nominal)
		var all float64
		for i, w := range drawn {
			sum[i] += w
			squares[i] += w * w
			all += w
		}
		if math.Abs(all-1) > 1e-12 {
			t.Fatalf("weights add up to %g", all)
		}
	}
	for i, w := range nominal {
		w /= 100.5
		mean := sum[i] / n
		variance := squares[i]/n - mean*mean
		if want := w * (1 - w) / 51; math.Abs(mean-w) > 5*math.Sqrt(want/n) || math.Abs(variance/want-1) > 0.1 {
			t.Errorf("weight %d: mean %g, variance %g; want %g, %g", i, mean, variance, w, want)
		}
	}
}

// TestRanks works small cases by hand.
func TestRanks(t *testing.T) {
	if diff := cmp.Diff([]int{2, 4, 1, 2}, ranksOf([]float64{80, 70, 90, 80})); diff != "" {
		t.Errorf("ranks:\n%s", diff)
	}
	ranks := []int{1, 1, 2, 2, 2, 3, 3, 4, 5, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20}
	if a, b, c := quantile(ranks, 0.05), quantile(ranks, 0.5), quantile(ranks, 0.95); a != 1 || b != 9 || c != 18 {
		t.Errorf("quantiles %d, %d, %d", a, b, c)
	}
	// Spearman, with ties: ranks 1 2.5 2.5 4 and 1 2 3 4, so that
	// Σ (a-ā)(b-b̄) = 4.5, Σ (a-ā)² = 4.5, Σ (b-b̄)² = 5: ρ = 4.5/√22.5.
	if rho, ok := spearman([]float64{1, 2, 2, 3}, []float64{10, 20, 30, 40}); !ok || math.Abs(rho-4.5/math.Sqrt(22.5)) > 1e-12 {
		t.Errorf("Spearman %g", rho)
	}
	if _, ok := spearman([]float64{1, 1}, []float64{1, 2}); ok {
		t.Error("Spearman of equal ranks")
	}
	for score, want := range map[float64]string{100: "A", 90: "A", 89.999999: "B", 80: "B", 70: "C", 69: "D", 60: "D", 59: "E", 0: "E"} {
		if got := bandOf(score); got != want {
			t.Errorf("band of %g: %s, want %s", score, got, want)
		}
	}
	if capped("A", 1) != "C" || capped("D", 1) != "D" || capped("A", 0) != "A" {
		t.Error("cap of bands")
	}
}

// TestTies marks overlapping intervals: 1-2, 2-3, 4-4.
func TestTies(t *testing.T) {
	list := make([]standing, 3)
	for i, x := range [][2]int{{1, 2}, {2, 3}, {4, 4}} {
		list[i].Low, list[i].High = x[0], x[1]
	}
	tie(list)
	for i, want := range []int{1, 1, 0} {
		if list[i].Ties != want || list[i].Tied != (i == 1) {
			t.Errorf("%d: %d ties, tied %v", i, list[i].Ties, list[i].Tied)
		}
	}
}

// BenchmarkStratum ranks 3,000 agencies with 1,000 draws.
func BenchmarkStratum(b *testing.B) {
	r := &Ranking{Draws: MinDraws, Seed: 1}
	for _, w := range []float64{20, 20, 10, 25, 15, 10} {
		r.Dimensions = append(r.Dimensions, Dimension{Weight: w})
	}
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]standing, 3000)
	for i := range list {
		list[i].ReportID = int64(i)
		list[i].Values = make([]Value, len(r.Dimensions))
		for d := range list[i].Values {
			for k := range 6 {
				list[i].Values[d].variants[k/3][k%3] = variant{known: true, value: random.Float64()}
			}
		}
		r.rate(&list[i])
	}
	for b.Loop() {
		r.stratum(WithRequests, slices.Clone(list))
	}
}
