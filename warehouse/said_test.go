package warehouse

import (
	"testing"

	"gongkai"
)

// TestSaid: what a document says does not depend on its bytes, on places or on
// a counter of visits, and depends on everything else.
func TestSaid(t *testing.T) {
	report := func(spoil func(*gongkai.Report)) string {
		r := &gongkai.Report{
			Document: "a", Name: "http://example.org/1.html", Year: 2023, Title: "年度报告",
			Cells:    []gongkai.Cell{{Table: "requests", Row: "granted", Column: "total", State: gongkai.Number, Value: gongkai.Int(3), Raw: "3", Place: gongkai.Place{Table: 1}}},
			Sections: []gongkai.Section{{Number: 6, Present: true, Text: "网站访问量120次，比上年增加。\n浏览次数：17次　字体：大 中 小"}},
			Issues:   []gongkai.Issue{{}},
		}
		if spoil != nil {
			spoil(r)
		}
		return Said([]*gongkai.Report{r})[0]
	}
	before := report(nil)
	for _, c := range []struct {
		name  string
		same  bool
		spoil func(*gongkai.Report)
	}{
		{"the counter", true, func(r *gongkai.Report) {
			r.Sections[0].Text = "网站访问量120次，比上年增加。\n浏览次数：1,018次　字体：大 中 小"
		}},
		{"the bytes", true, func(r *gongkai.Report) { r.Document = "b" }},
		{"a place", true, func(r *gongkai.Report) { r.Cells[0].Place.Table, r.Issues = 2, nil }},
		{"a figure", false, func(r *gongkai.Report) { r.Cells[0].Value, r.Cells[0].Raw = gongkai.Int(4), "4" }},
		{"how a figure is printed", false, func(r *gongkai.Report) { r.Cells[0].Raw = "３" }},
		{"visits told by the prose", false, func(r *gongkai.Report) {
			r.Sections[0].Text = "网站访问量121次，比上年增加。\n浏览次数：17次　字体：大 中 小"
		}},
		{"the prose", false, func(r *gongkai.Report) { r.Sections[0].Text += "\n其他" }},
		{"the title", false, func(r *gongkai.Report) { r.Title += "（更正）" }},
	} {
		if same := report(c.spoil) == before; same != c.same {
			t.Errorf("with another value of %s it says the same: %v, want %v", c.name, same, c.same)
		}
	}
}
