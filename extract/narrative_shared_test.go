package extract_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai"
	"gongkai/extract"
	"gongkai/extract/htmltable"
	"gongkai/extract/texttable"

	"github.com/google/go-cmp/cmp"
)

// narrativeReports are real reports; they are not part of the repository.
const narrativeReports = "../../shared/reports"

func TestSharedNarratives(t *testing.T) {
	if _, err := os.Stat(narrativeReports); errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not there", narrativeReports)
	}
	read := map[string]func(context.Context, *gongkai.Document) (*extract.Content, error){
		".html": htmltable.Read, ".md": texttable.Read, ".txt": texttable.Read,
	}
	tests := []struct {
		file, agency string
		year         int
		scope        gongkai.Scope
		period       [2]string
		citations    string
		facts        string
	}{
		{
			"shanghai-office-2019.html", "上海市人民政府办公厅", 2019, gongkai.ScopeOwn,
			[2]string{"2019-01-01", "2019-12-31"},
			"",
			"1 received=859 processed=805 carried_in=18 carried_out=72 granted_or_partly=258 denied=35 unable=265 refused=158 other=0 reconsideration=7 suit=9",
		},
		{
			"shuyang-2025.md", "沐阳县人民政府", 2025, gongkai.ScopeConsolidated,
			[2]string{"2025-01-01", "2025-12-31"},
			"国办公开办函〔2021〕30号",
			"1 received=749 natural_person_received=741 organisation_received=8 processed=718 carried_out=31 6 information_fee=380",
		},
		{
			"wuzhong-kjj-2023.txt", "吴忠市科学技术局", 2023, gongkai.ScopeOwn,
			[2]string{"2023-01-01", "2023-12-31"},
			"国办公开办函〔2021〕30号 国办函〔2020〕109号",
			"1 received=0 normative_documents_issued=0 6 information_fee=0",
		},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			name := filepath.Join(narrativeReports, tt.file)
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			d := &gongkai.Document{Name: name, Body: body}
			c, err := read[filepath.Ext(name)](t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			reports, err := extract.Extract(d, c)
			if err != nil || len(reports) != 1 {
				t.Fatalf("%d reports, %v", len(reports), err)
			}
			r := reports[0]
			got := []any{r.Agency, r.Year, r.Scope, r.Period, strings.Join(r.Citations, " "), narrativeTotals(r.Facts)}
			if diff := cmp.Diff([]any{tt.agency, tt.year, tt.scope, tt.period, tt.citations, tt.facts}, got); diff != "" {
				t.Errorf("agency, year, scope, period, citations, facts (-want +got):\n%s", diff)
			}
			for i, s := range r.Sections {
				if !s.Present || s.Order != i+1 {
					t.Errorf("section %d: present %v, order %d", s.Number, s.Present, s.Order)
				}
			}
		})
	}
}

// narrativeTotals writes the facts that give totals, the section before the first of each.
func narrativeTotals(facts []gongkai.Fact) string {
	var b strings.Builder
	section := -1
	for _, f := range facts {
		if !f.Total {
			continue
		}
		if f.Section != section {
			section = f.Section
			b.WriteString(" " + gongkai.Int(int64(section)).String())
		}
		b.WriteString(" " + f.Measure + "=" + f.Value.String())
	}
	return strings.TrimSpace(b.String())
}
