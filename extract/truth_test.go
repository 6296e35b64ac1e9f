package extract_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai"
	"gongkai/extract"
	"gongkai/extract/reader"
)

// sharedReports holds real reports with values verified by hand. They are not
// part of the project; the tests that use them say so when they are absent.
const sharedReports = "../../shared/reports"

// A truth is one file of sharedReports/truth. Its names are older than ours.
type truth struct {
	Agency string
	Year   int
	Table2 map[string]json.RawMessage
	Table3 struct{ Rows map[string][]*json.Number }
	Table4 map[string]*json.Number
}

var truthColumns = map[string]string{
	"regulations": "regulation", "normative_docs": "normative_document", "licences": "licence", "penalties": "penalty",
	"fees": "fee", "fees_wan_yuan": "fee", "other_services": "other_service",
	"published": "disclosed", "total_public": "public_total", "previous_items": "items_prev", "change": "items_change", "items": "projects",
	"review": "reconsideration", "direct": "suit_direct", "post_review": "suit_after_reconsideration",
	"new": "new_received", "partial": "partly_granted", "other_all": "other_e1",
	"denied_1": "denied_state_secret", "denied_2": "denied_law_prohibits", "denied_3": "denied_security_stability",
	"denied_4": "denied_third_party", "denied_5": "denied_internal_affairs", "denied_6": "denied_deliberative",
	"denied_7": "denied_enforcement_file", "denied_8": "denied_registry_query",
	"unavailable_1": "unable_not_held", "unavailable_2": "unable_needs_creation", "unavailable_3": "unable_unclear",
	"refused_1": "refused_petition", "refused_2": "refused_repeat", "refused_3": "refused_publication",
	"refused_4": "refused_excessive", "refused_5": "refused_reconfirm",
	"other_1": "other_no_correction", "other_2": "other_fee_unpaid", "other_3": "other_misc",
}

func ours(name string) string {
	if id, ok := truthColumns[name]; ok {
		return id
	}
	return name
}

// values returns the truth by "table.row.column"; "" where the cell is blank.
func (tr *truth) values(t *testing.T) map[string]string {
	t.Helper()
	want := map[string]string{}
	put := func(address string, raw json.RawMessage) {
		want[address] = strings.TrimSuffix(strings.Trim(string(raw), `"`), "元")
		if string(raw) == "null" {
			want[address] = ""
		}
	}
	for name, raw := range tr.Table2 {
		var cells map[string]json.RawMessage
		switch {
		case name == "format":
		case json.Unmarshal(raw, &cells) == nil:
			for column, value := range cells {
				if name == "normative_docs" || name == "regulations" {
					if _, issued := cells["repealed"]; issued && column == "made" {
						column = "issued"
					}
				}
				put("proactive."+ours(name)+"."+ours(column), value)
			}
		case name == "fees_wan_yuan":
			put("proactive.fee.amount_wan", raw)
		default:
			put("proactive."+ours(name)+".decisions", raw)
		}
	}
	columns := []string{"natural_person", "company", "research_org", "public_interest_org", "legal_service_org", "other_org", "total"}
	for name, row := range tr.Table3.Rows {
		for i, n := range row {
			address := "requests." + ours(name) + "." + columns[i]
			want[address] = ""
			if n != nil {
				want[address] = n.String()
			}
		}
	}
	for name, n := range tr.Table4 {
		row, column, _ := strings.Cut(name, ".")
		address := "disputes." + ours(row) + "." + column
		want[address] = ""
		if n != nil {
			want[address] = n.String()
		}
	}
	return want
}

// TestTruth reads real reports and compares them cell by cell with the values
// that were verified by hand, blanks included.
func TestTruth(t *testing.T) {
	if _, err := os.Stat(sharedReports); err != nil {
		t.Skipf("SKIPPED: no real reports in %s; only fixtures are tested", sharedReports)
	}
	rd := reader.New(reader.Options{CacheDir: t.TempDir()})
	defer rd.Close()
	for _, name := range []string{"wuzhong-kjj-2023.txt", "shuyang-2025.md", "shanghai-office-2019.html", "huaian-2024.pdf"} {
		t.Run(name, func(t *testing.T) {
			tr := readTruth(t, name)
			d := readDocument(t, name)
			content, err := rd.Read(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			reports, err := extract.Extract(d, content)
			if err != nil {
				t.Fatal(err)
			}
			if len(reports) != 1 {
				t.Fatalf("%d reports, want 1", len(reports))
			}
			r := reports[0]
			if r.Year != tr.Year {
				t.Errorf("year %d, want %d", r.Year, tr.Year)
			}
			// The text of shuyang-2025.md misreads its own agency's name.
			if r.Agency != tr.Agency && name != "shuyang-2025.md" {
				t.Errorf("agency %q, want %q", r.Agency, tr.Agency)
			}
			want := tr.values(t)
			if len(r.Cells) != len(want) {
				t.Errorf("%d cells, want %d", len(r.Cells), len(want))
			}
			for _, c := range r.Cells {
				address := c.Table + "." + c.Row + "." + c.Column
				value, ok := want[address]
				got := ""
				if c.State == gongkai.Number {
					got = c.Value.String()
				} else if c.State != gongkai.Blank {
					got = string(c.State)
				}
				if !ok || got != value {
					t.Errorf("%s: %q (%s, %s), want %q, known %v", address, got, c.Raw, c.Status, value, ok)
				}
			}
		})
	}
}

func readTruth(t *testing.T, name string) *truth {
	t.Helper()
	base := strings.TrimSuffix(name, filepath.Ext(name))
	data, err := os.ReadFile(filepath.Join(sharedReports, "truth", base+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var tr truth
	if err := json.Unmarshal(data, &tr); err != nil {
		t.Fatal(err)
	}
	return &tr
}

func readDocument(t *testing.T, name string) *gongkai.Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedReports, name))
	if err != nil {
		t.Fatal(err)
	}
	return &gongkai.Document{Name: name, Body: data}
}
