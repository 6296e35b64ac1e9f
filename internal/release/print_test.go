package release

import (
	"bytes"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gongkai/analysis"
)

// longRanking is one of so many agencies that its report has several pages.
func longRanking(agencies int) *analysis.Ranking {
	group, _ := analysis.FindPeerGroup("county_department")
	r := &analysis.Ranking{
		Year: 2024, Group: group, Seed: 1, Draws: 1000, Coverage: 0.5, RuleSet: strings.Repeat("ab", 32), Expected: agencies, Reports: agencies,
		Dimensions: []analysis.Dimension{{Name: "d4_arithmetic", Weight: 25}},
	}
	s := analysis.Stratum{Name: analysis.AllSizes}
	for i := range agencies {
		s.Standings = append(s.Standings, analysis.Standing{
			Agency: fmt.Sprintf("示例县第%d局", i+1), AgencyKey: strconv.Itoa(i), Scope: "own", Document: strings.Repeat("0f", 32), Source: "http://www.shili.example/",
			Values: []analysis.Value{{Known: true, Value: 1}}, Score: 100, Coverage: 1, Band: "A", CappedBand: "A", Rank: 1, Median: 1, Low: 1, High: 1,
		})
	}
	r.Strata = []analysis.Stratum{s}
	return r
}

// TestPrintPDF prints a report and looks for its pages, their numbers and its
// text.
func TestPrintPDF(t *testing.T) {
	if Browser() == "" {
		t.Skip("NOT TESTED: no Chromium or Chrome is installed, so that the printing of rank report --out FILE.pdf was not tried")
	}
	const agencies = 60
	page, err := HTML(longRanking(agencies), nil)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := Print(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Fatalf("no PDF: %.20q", pdf)
	}
	pages := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1))
	if pages < 3 {
		t.Errorf("%d pages for %d agencies", pages, agencies)
	}
	if !bytes.Contains(pdf, []byte("/MediaBox [0 0 594.")) && !bytes.Contains(pdf, []byte("/MediaBox [0 0 595")) {
		t.Error("the pages are not A4")
	}
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("NOT TESTED: pdftotext is not installed, so that the text of the PDF was not read")
		return
	}
	cmd := exec.CommandContext(t.Context(), program, "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	if got := strings.Count(text, "\f"); got != pages {
		t.Errorf("pdftotext sees %d pages, want %d", got, pages)
	}
	for i, sheet := range strings.SplitN(text, "\f", pages+1)[:pages] {
		if want := fmt.Sprintf("第%d页/共%d页", i+1, pages); !strings.Contains(strings.ReplaceAll(sheet, " ", ""), want) {
			t.Errorf("page %d does not bear %q", i+1, want)
		}
	}
	for _, want := range []string{"四、各机关评分单：哪里不好", "示例县第1局", fmt.Sprintf("示例县第%d局", agencies), strings.Repeat("0f", 32)} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
}
