package release

import (
	"strings"
	"testing"

	"gongkai/analysis"
)

// TestReportShowsWeightSets wants the weights of each set beside those of the
// index, and who moves most.
func TestReportShowsWeightSets(t *testing.T) {
	t.Parallel()
	r := longRanking(12)
	r.Strata[0].WeightSets = []analysis.WeightSet{
		{Name: analysis.EqualWeights, Weights: []float64{33.25}, Sensitivity: analysis.Sensitivity{Known: true, Spearman: 0.875, MaxShift: 7, Agency: "乙局"}},
		{Name: analysis.EvenWeights, Weights: []float64{41.75}},
	}
	page, err := HTML(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<td>本排名</td><td class="n">25.0</td>`,
		`<td>各项相同</td><td class="n">33.2</td><td class="n">0.88</td><td class="n">7</td><td>乙局</td>`,
		`<td>按数据：与标准差成反比，各项影响相同</td><td class="n">41.8</td><td class="n">–</td>`,
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("no %q", want)
		}
	}
}
