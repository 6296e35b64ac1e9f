package replica

import (
	"slices"
	"testing"

	"gongkai"
)

// TestSums wants exactly the year broken in which a body leaves something out,
// and the site file to say whose figures it holds.
func TestSums(t *testing.T) {
	w, err := New(Options{Only: []string{"shili-yangxian"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []Finding
	for _, f := range w.Findings {
		if f.Rule == "RU-LOWER" || f.Rule == "RU-LOWER-OPEN" {
			got = append(got, f)
		}
	}
	if want := []Finding{{Edition{"990121-zf", 2023}, "RU-LOWER"}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	planted := slices.ContainsFunc(w.Planted, func(p Planted) bool { return p.Kind == leftOut })
	below := slices.ContainsFunc(w.Agencies, func(a gongkai.Agency) bool { return a.ID == "990121-jyj" && a.Parent == "990121-zf" })
	if !planted || !below {
		t.Errorf("planted %v, parent of 990121-jyj given %v", planted, below)
	}
}
