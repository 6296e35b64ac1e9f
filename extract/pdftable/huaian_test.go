package pdftable

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gongkai/extract"
)

const (
	huaian      = "../../../shared/reports/huaian-2024.pdf"
	huaianTruth = "../../../shared/reports/truth/huaian-2024.json"
)

// TestHuaian reads a real report of 2024, whose tables 二 and 三 are split over
// pages, and compares all 200 cells with values verified by hand.
func TestHuaian(t *testing.T) {
	if _, err := os.Stat(huaian); err != nil {
		t.Skipf("the real report is not here: %v", err)
	}
	pool := NewPool(Options{Workers: 1})
	t.Cleanup(func() { _ = pool.Close() })
	c, err := pool.Read(t.Context(), document(t, huaian))
	if err != nil {
		t.Fatal(err)
	}
	var grids []*extract.Grid
	for _, b := range c.Blocks {
		if b.Grid != nil {
			grids = append(grids, b.Grid)
		}
	}
	if len(grids) != 3 {
		t.Fatalf("%d grids, want 3", len(grids))
	}
	for i, want := range truthRows(t) {
		got := valueRows(grids[i])
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("table %d: -verified +read:\n%s", i+2, diff)
		}
	}
	for i, label := range []string{"一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "三、本年度办理结果"} {
		if got := grids[1].Rows[3+i][0].Text; got != label {
			t.Errorf("label %q, want %q", got, label)
		}
	}
	if label := grids[1].Rows[17][1].Text; label != "（四）无法提供" { // cut by the page break
		t.Errorf("label over the page break %q", label)
	}
	for _, g := range grids {
		for _, row := range g.Rows {
			for _, cell := range row {
				if cell.Text != "" && (cell.Place.Page == 0 || cell.Place.Box.Zero()) {
					t.Errorf("%q has no place", cell.Text)
				}
				if figure(cell.Text) && (!cell.Confirmed || cell.Second != cell.Text || cell.Uncertain) {
					t.Errorf("%q is not confirmed by the second reading, which says %q", cell.Text, cell.Second)
				}
			}
		}
	}
	var texts []string
	for _, b := range c.Blocks {
		texts = append(texts, b.Text)
	}
	for _, heading := range []string{
		"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
		"四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
	} {
		if !slices.Contains(texts, heading) {
			t.Errorf("no block is the heading %q", heading)
		}
	}
	if all := strings.Join(texts, "\n"); strings.Contains(all, "- 2 -") || strings.Contains(all, "-2-") {
		t.Error("page numbers are in the text")
	}
}

// valueRows returns the figures of each row that has any, each merged cell once.
func valueRows(g *extract.Grid) [][]string {
	var rows [][]string
	for r, row := range g.Rows {
		var texts []string
		for i := range row {
			if row[i].Row == r && row[i].Column == i && figure(row[i].Text) {
				texts = append(texts, row[i].Text)
			}
		}
		if texts != nil {
			rows = append(rows, texts)
		}
	}
	return rows
}

// truthRows returns the figures of tables 二, 三 and 四 in printed order.
func truthRows(t *testing.T) [3][][]string {
	t.Helper()
	body, err := os.ReadFile(filepath.FromSlash(huaianTruth))
	if err != nil {
		t.Skipf("the verified values are not here: %v", err)
	}
	type kept struct {
		Made    json.Number `json:"made"`
		Repeal  json.Number `json:"repealed"`
		InForce json.Number `json:"in_force"`
	}
	var truth struct {
		Table2 struct {
			Regulations kept        `json:"regulations"`
			Normative   kept        `json:"normative_docs"`
			Licences    json.Number `json:"licences"`
			Penalties   json.Number `json:"penalties"`
			Coercion    json.Number `json:"coercion"`
			Fees        json.Number `json:"fees_wan_yuan"`
		} `json:"table2"`
		Table3 struct {
			Rows map[string][]json.Number `json:"rows"`
		} `json:"table3"`
		Table4 map[string]json.Number `json:"table4"`
	}
	if err := json.Unmarshal(body, &truth); err != nil {
		t.Fatal(err)
	}
	text := func(all ...json.Number) []string {
		var s []string
		for _, n := range all {
			s = append(s, n.String())
		}
		return s
	}
	t2 := truth.Table2
	var rows [3][][]string
	rows[0] = [][]string{
		text(t2.Regulations.Made, t2.Regulations.Repeal, t2.Regulations.InForce),
		text(t2.Normative.Made, t2.Normative.Repeal, t2.Normative.InForce),
		text(t2.Licences), text(t2.Penalties), text(t2.Coercion), text(t2.Fees),
	}
	for _, name := range requestRows(t, truth.Table3.Rows) {
		rows[1] = append(rows[1], text(truth.Table3.Rows[name]...))
	}
	var four []json.Number
	for _, kind := range []string{"review", "direct", "post_review"} {
		for _, result := range []string{"upheld", "corrected", "other", "pending", "total"} {
			four = append(four, truth.Table4[kind+"."+result])
		}
	}
	rows[2] = [][]string{text(four...)}
	return rows
}

// requestRows returns the names of table 三's rows in printed order.
func requestRows(t *testing.T, rows map[string][]json.Number) []string {
	t.Helper()
	names := []string{"new", "carried_in", "granted", "partial"}
	for _, group := range []struct {
		name string
		n    int
	}{{"denied", 8}, {"unavailable", 3}, {"refused", 5}, {"other", 3}} {
		for i := range group.n {
			names = append(names, fmt.Sprintf("%s_%d", group.name, i+1))
		}
	}
	names = append(names, "processed_total", "carried_out")
	for _, n := range names {
		if rows[n] == nil {
			t.Fatalf("the verified values lack row %s; they have %d rows", n, len(rows))
		}
	}
	return names
}
