package release

import (
	"strings"
	"testing"

	"gongkai/analysis"
)

// TestReportShowsBothSides wants the score sheet to name, for a finding that
// compares, the other documents with the pages and hashes by which they can be
// looked up: last year's, one of another agency, and a further page of its own.
func TestReportShowsBothSides(t *testing.T) {
	hash := func(c string) string { return strings.Repeat(c, 64) }
	r := longRanking(1)
	r.Strata[0].Standings[0].Values[0].Value = 0.5
	cell := func(report int64, agency, document, name string, page int) analysis.Operand {
		return analysis.Operand{
			ReportID: report, Agency: agency, Document: document, Name: name, Label: "总计", Raw: "1", Page: page, X0: 1, Y0: 2, X1: 3, Y1: 4,
		}
	}
	r.Findings = []analysis.Finding{
		{
			Rule: "XY-CARRY", AgencyKey: "0", Agency: "示例县第1局", ReportID: 1, Document: hash("a"), Name: "a.pdf",
			OtherReportID: 2, OtherAgency: "示例县第1局", OtherYear: 2023, OtherDocument: hash("b"), OtherName: "http://www.shili.example/b.pdf",
			Operands: []analysis.Operand{
				cell(1, "示例县第1局", hash("a"), "a.pdf", 1),
				cell(1, "示例县第1局", hash("c"), "c.pdf", 7),
				cell(2, "示例县第1局", hash("b"), "http://www.shili.example/b.pdf", 3),
				cell(2, "示例县第1局", hash("b"), "http://www.shili.example/b.pdf", 4),
				cell(3, "示例县第2局", hash("d"), "d.pdf", 5),
			},
		},
		{
			Rule: "TX-DUP", AgencyKey: "0", Agency: "示例县第1局", ReportID: 1, Document: hash("a"), Name: "a.pdf",
			OtherReportID: 4, OtherAgency: "示例县第3局", OtherYear: 2024, OtherDocument: hash("e"), OtherName: "e.html",
		},
	}
	body, err := HTML(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	page := string(body)
	for _, want := range []string{
		`<td>第1页（框1,2—3,4）</td>`,
		`<td>本报告的另一页，第7页（框1,2—3,4）</td>`,
		`<td>对照文件，第3页（框1,2—3,4）</td>`,
		`<td>示例县第2局的报告，第5页（框1,2—3,4）</td>`,
		`对照：示例县第1局2023年度报告，<a href="http://www.shili.example/b.pdf">http://www.shili.example/b.pdf</a>，第3页，第4页<br>其原件 SHA-256：<span class="hash">` + hash("b"),
		`本报告的另一页，c.pdf，第7页<br>其原件 SHA-256：<span class="hash">` + hash("c"),
		`对照：示例县第2局的报告，d.pdf，第5页<br>其原件 SHA-256：<span class="hash">` + hash("d"),
		`对照：示例县第3局2024年度报告，e.html<br>其原件 SHA-256：<span class="hash">` + hash("e"),
	} {
		if strings.Count(page, want) != 1 {
			t.Errorf("%d times in the report: %s", strings.Count(page, want), want)
		}
	}
	if n := strings.Count(page, `其原件 SHA-256`); n != 4 {
		t.Errorf("%d other documents, want 4", n)
	}
}
