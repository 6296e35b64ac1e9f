package analysis_test

import (
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/internal/testbed/synthetic"
	"gongkai/queries"
	"gongkai/warehouse"
)

// TestMultiply wants copies that are agencies of their own and, like the
// originals, without a fault.
func TestMultiply(t *testing.T) {
	db := openMemory(t)
	g := generator(0)
	var items []warehouse.Item
	for i := range 80 {
		r := g.Make(i)
		items = append(items, warehouse.Item{Document: r.Document, Reports: []*gongkai.Report{r.Report}})
	}
	load(t, db, items...)
	if err := synthetic.Multiply(t.Context(), db.SQL(), 3); err != nil {
		t.Fatal(err)
	}
	if err := synthetic.Register(t.Context(), db.SQL()); err != nil {
		t.Fatal(err)
	}
	s, findings := check(t, db, analysis.CheckOptions{Severity: queries.Warning})
	if s.Reports != 240 {
		t.Errorf("%d reports, want 240", s.Reports)
	}
	for _, f := range findings {
		t.Errorf("false finding: %s of %s %d: %s, %s %s", f.Rule, f.AgencyKey, f.Year, f.Left, f.Right, f.Detail)
	}
	var agencies int
	if err := db.SQL().QueryRowContext(t.Context(), "SELECT count(DISTINCT agency_id) FROM agency").Scan(&agencies); err != nil || agencies != 60 {
		t.Errorf("%d agencies, %v; want 60", agencies, err)
	}
	var measured, copied int
	if err := db.SQL().QueryRowContext(t.Context(), `
		SELECT count(*), count(*) FILTER (m.value = c.value) FROM measured m
		JOIN cell c ON c.report_id = m.report_id AND c.table_id = 'requests' AND c.row_id = 'new_received' AND c.column_id = 'total'
		WHERE m.measure = 'requests_received'`).Scan(&measured, &copied); err != nil || measured != 240 || copied != 240 {
		t.Errorf("%d of %d measures are those of the cells, %v; want 240 of 240", copied, measured, err)
	}
	var sums, same int
	if err := db.SQL().QueryRowContext(t.Context(), `
		SELECT count(*), count(*) FILTER (s.left_value = c.left_value AND s.right_value = c.right_value) FROM equation_sum s
		JOIN (SELECT report_id, equation_id, sum(value) FILTER (side = 0) AS left_value, sum(value) FILTER (side = 1) AS right_value
			FROM cell JOIN equation_term USING (form, table_id, row_id, column_id) GROUP BY ALL) c USING (report_id, equation_id)`).Scan(&sums, &same); err != nil || sums == 0 || same != sums {
		t.Errorf("%d of %d sums of equations are those of the cells, %v; want all", same, sums, err)
	}
	var tables, right int
	if err := db.SQL().QueryRowContext(t.Context(), `
		SELECT count(*), count(*) FILTER (t.nonzero = c.nonzero AND t.largest = c.largest) FROM report_table t
		JOIN (SELECT report_id, table_id, count(*) FILTER (value <> 0) AS nonzero, max(value) AS largest FROM cell GROUP BY ALL) c USING (report_id, table_id)`).Scan(&tables, &right); err != nil || tables != 720 || right != tables {
		t.Errorf("%d of %d tables are those of the cells, %v; want 720", right, tables, err)
	}
	var sketches, apart int
	if err := db.SQL().QueryRowContext(t.Context(), "SELECT count(*), count(DISTINCT bits) FROM sketch").Scan(&sketches, &apart); err != nil || sketches == 0 || apart != sketches {
		t.Errorf("%d of %d signatures differ, %v; want all", apart, sketches, err)
	}
}
