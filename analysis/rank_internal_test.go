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

// someStates draws the values of a standing: known, open, or not applicable.
func someStates(n int) *rapid.Generator[[]Value] {
	one := rapid.Custom(func(t *rapid.T) Value {
		at := func(name string) float64 { return float64(rapid.IntRange(0, 1_000_000).Draw(t, name)) / 1e6 }
		v := Value{State: rapid.SampledFrom([]State{Known, Open, NotApplicable}).Draw(t, "state")}
		switch v.State {
		case Known:
			v.Known, v.Value = true, at("value")
			v.Low, v.High = v.Value, v.Value
		case Open:
			a, b := at("a"), at("b")
			v.Low, v.High = min(a, b), max(a, b)
		}
		for k := range 6 {
			v.variants[k/3][k%3] = variant{known: v.Known, value: v.Value}
			if k > 0 && v.Known {
				v.variants[k/3][k%3].value = at("variant")
			}
		}
		return v
	})
	return rapid.SliceOfN(one, n, n)
}

// TestScoreFalls wants a worse value never to raise a score, its bounds or its
// band, and no loss of a value, that we had or that a person confirms, to do so.
func TestScoreFalls(t *testing.T) {
	t.Parallel()
	r := &Ranking{Dimensions: []Dimension{{Weight: 20}, {Weight: 20}, {Weight: 10}, {Name: "d4_arithmetic", Weight: 25}, {Weight: 15}, {Weight: 10}}}
	rated := func(values []Value) Standing {
		s := standing{Standing: Standing{Values: slices.Clone(values)}}
		r.rate(&s)
		return s.Standing
	}
	rapid.Check(t, func(t *rapid.T) {
		values := someStates(6).Draw(t, "values")
		i := rapid.IntRange(0, 5).Draw(t, "which")
		if !values[i].Known {
			return
		}
		before, old := rated(values), values[i]
		worse := old.Value * rapid.Float64Range(0, 1).Draw(t, "by")
		values[i].Value, values[i].Low, values[i].High, values[i].variants[0][0].value = worse, worse, worse, worse
		if after := rated(values); after.Score > before.Score || after.Least > before.Least || after.Most > before.Most || after.Band < before.Band {
			t.Fatalf("worse, but %+v becomes %+v", before, after)
		}
		values[i] = Value{State: Open, High: 1}
		if after := rated(values); after.Least > before.Least || after.Coverage > before.Coverage {
			t.Fatalf("lost, but %+v becomes %+v", before, after)
		}
		values[i] = Value{State: Fault, Known: true}
		for k := range 6 {
			values[i].variants[k/3][k%3].known = true
		}
		if after := rated(values); after.Score > before.Score || after.Least > before.Least || after.Most > before.Most {
			t.Fatalf("a fault, but %+v becomes %+v", before, after)
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
			list[i].Values = someStates(3).Draw(t, "values")
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
	if got, want := placesOf([]float64{80, 70, 90, 80, 80.0000005}, 1e-6), []place{{2, 4}, {5, 5}, {1, 1}, {2, 4}, {2, 4}}; !slices.Equal(got, want) {
		t.Errorf("places %v, want %v", got, want)
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
	for _, tt := range []struct {
		low, high float64
		capped    bool
		want      string
	}{
		{95, 95, true, "C"}, {65, 65, true, "D"}, {95, 95, false, "A"}, {76.5, 100, false, "A-C"}, {76.5, 100, true, "C"}, {50, 100, true, "C-E"},
	} {
		if got := bandsOf(tt.low, tt.high, tt.capped); got != tt.want {
			t.Errorf("%g to %g, capped %v: band %s, want %s", tt.low, tt.high, tt.capped, got, tt.want)
		}
	}
}

// TestTies marks overlapping intervals: 1-2, 2-3, 4-4.
func TestTies(t *testing.T) {
	list := make([]standing, 3)
	for i, x := range [][2]int{{1, 2}, {2, 3}, {4, 4}} {
		list[i].Low, list[i].High = x[0], x[1]
	}
	for i := range list {
		list[i].Rank, list[i].Above = i+1, []float64{0, 0.9, 0.95}[i]
	}
	tie(list)
	for i, want := range []int{1, 1, 0} {
		if list[i].Ties != want || list[i].Tied != (i == 1) {
			t.Errorf("%d: %d ties, tied %v", i, list[i].Ties, list[i].Tied)
		}
	}
}

// TestStrata divides agencies by requests; too few join the next, or those before.
func TestStrata(t *testing.T) {
	t.Parallel()
	make := func(counts ...int) []standing {
		var list []standing
		for i, n := range counts {
			for range n {
				list = append(list, standing{handled: []int64{0, 5, 50, 500}[i]})
			}
		}
		return list
	}
	for _, tt := range []struct {
		counts []int
		want   map[string]int
	}{
		{[]int{20, 20, 20, 20}, map[string]int{"0 requests": 20, "1-9 requests": 20, "10-99 requests": 20, "100 requests or more": 20}},
		{[]int{20, 19, 20, 3}, map[string]int{"0 requests": 20, "1 requests or more": 42}},
		{[]int{5, 30, 0, 40}, map[string]int{"0-9 requests": 35, "10 requests or more": 40}},
		{[]int{1, 1, 1, 1}, map[string]int{AllSizes: 4}},
	} {
		got := map[string]int{}
		for _, s := range strata(make(tt.counts...)) {
			got[s.name] = len(s.list)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v:\n%s", tt.counts, diff)
		}
	}
}

// TestSeed wants the middle of a rank to be the same with every seed, and the
// places of equal reports to be shared, however much is drawn.
func TestSeed(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(21, 22))
	var list []standing
	for i := range 24 {
		s := standing{Standing: Standing{AgencyKey: string(rune('a' + i))}}
		for range 3 {
			v := Value{State: Known, Known: true, Value: float64(10-i/4) / 10}
			v.Low, v.High = v.Value, v.Value
			for k := range 6 {
				v.variants[k/3][k%3] = variant{true, v.Value}
				if k > 0 {
					v.variants[k/3][k%3].value = random.Float64()
				}
			}
			s.Values = append(s.Values, v)
		}
		s.Values[2] = Value{State: Open, High: 1}
		list = append(list, s)
	}
	var first []int
	for seed := range uint64(10) {
		r := &Ranking{Draws: 200, Seed: seed, Dimensions: []Dimension{{Weight: 50}, {Weight: 40}, {Weight: 10}}}
		var middles []int
		for i := range list {
			r.rate(&list[i])
		}
		got := r.stratum("x", slices.Clone(list))
		for _, s := range got.Standings {
			middles = append(middles, s.Median)
			if s.Last-s.Rank != 3 || s.Low > s.Rank || s.High < s.Last {
				t.Fatalf("seed %d: %s has places %d to %d in %d to %d", seed, s.AgencyKey, s.Rank, s.Last, s.Low, s.High)
			}
		}
		if first == nil {
			first = middles
		}
		if !slices.Equal(first, middles) {
			t.Fatalf("seed %d: %v, seed 0: %v", seed, middles, first)
		}
	}
}

// BenchmarkStratum ranks 3,000 agencies with 1,000 draws in each scenario.
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
			v := &list[i].Values[d]
			v.State, v.Known, v.Value = Known, true, random.Float64()
			for k := range 6 {
				v.variants[k/3][k%3] = variant{known: true, value: random.Float64()}
			}
			v.variants[0][0].value, v.Low, v.High = v.Value, v.Value, v.Value
			if d == 0 && i%4 == 0 {
				*v = Value{State: Open, High: 1}
			}
		}
		r.rate(&list[i])
	}
	for b.Loop() {
		r.stratum(AllSizes, slices.Clone(list))
	}
}
