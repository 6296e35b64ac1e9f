package extract

import (
	"os"
	"slices"
	"strings"
	"testing"

	"gongkai"
)

// A factCase is a line of testdata/narrative/facts.tsv.
type factCase struct {
	line       int
	report     gongkai.Report
	text, want string
}

func readFactCases(t *testing.T) []factCase {
	t.Helper()
	data, err := os.ReadFile("testdata/narrative/facts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var cases []factCase
	var r gongkai.Report
	for i, line := range strings.Split(string(data), "\n") {
		fields := strings.Split(line, "\t")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case fields[0] == "@" && len(fields) == 4:
			r = gongkai.Report{Agency: fields[1], Year: plainInt(fields[2]), Scope: gongkai.Scope(fields[3])}
		case len(fields) == 2:
			cases = append(cases, factCase{i + 1, r, fields[0], fields[1]})
		default:
			t.Fatalf("line %d: %d fields", i+1, len(fields))
		}
	}
	if len(cases) < 120 {
		t.Errorf("%d cases, want at least 120", len(cases))
	}
	return cases
}

// factText writes a fact as facts.tsv does.
func factText(f gongkai.Fact) string {
	s := f.Measure + "=" + f.Value.String()
	if f.Unit != "件" && f.Unit != "条" {
		s += f.Unit
	}
	if !f.Total {
		s += "?"
	}
	if f.Approximate {
		s += "~"
	}
	return s
}

func TestFacts(t *testing.T) {
	for _, c := range readFactCases(t) {
		r := c.report
		r.Sections = []gongkai.Section{{Number: 1, Present: true, Text: c.text}}
		var got []string
		for _, f := range readFacts(&r, "") {
			if !strings.Contains(c.text, f.Sentence) || f.Section != 1 {
				t.Errorf("line %d: section %d, sentence %q is not in the text", c.line, f.Section, f.Sentence)
			}
			got = append(got, factText(f))
		}
		want := strings.Fields(c.want)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("line %d: %s\n  want %v\n  got  %v", c.line, c.text, want, got)
		}
	}
}

// A sentence cut by a page break is read as one; a heading is not glued to it.
func TestFactsOverLines(t *testing.T) {
	r := gongkai.Report{Year: 2023, Sections: []gongkai.Section{{
		Number: 1, Present: true,
		Text: "（一）依申请公开情况\n收到政府信息公开申\n请12件，办结\n11件。\n（二）监督\n未发生行政复议。",
	}}}
	var got []string
	for _, f := range readFacts(&r, "") {
		got = append(got, factText(f)+" "+f.Sentence)
	}
	want := []string{"received=12 收到政府信息公开申请12件，办结11件。", "processed=11 收到政府信息公开申请12件，办结11件。"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Without section 一 its figures may stand outside the sections.
func TestFactsOutsideSections(t *testing.T) {
	r := narrative(&gongkai.Document{}, prose("金屯镇2024年政府信息公开工作年度报告", "2024共收到依申请政府信息公开2件，结转下年度继续办理0件。", "二、主动公开政府信息情况", "[二]"))
	var got []string
	for _, f := range r.Facts {
		got = append(got, factText(f))
		if f.Section != 0 {
			t.Errorf("section %d, want 0", f.Section)
		}
	}
	if want := []string{"received=2", "carried_out=0"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
