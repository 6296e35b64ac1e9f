package warehouse_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"gongkai"
)

// addedUp are the tables that are added up at loading, each as it comes out
// when the cells are added up in SQL.
var addedUp = []struct{ table, cells string }{
	{"SELECT * FROM measured", `
		SELECT c.report_id, t.measure, any_value(c.form) AS form,
			TRY_CAST(CASE WHEN count(coalesce(c.lenient, c.parts)) FILTER (NOT (ends_with(t.measure::VARCHAR, '_wan') AND c.unit IS NOT DISTINCT FROM 'yuan' AND c.value <> 0)) = count(*) THEN sum(coalesce(c.lenient, c.parts)) END AS DECIMAL(18, 6)) AS value,
			count(c.value) < count(*) AS lenient, bool_or(NOT certain(c.status)) AS doubtful
		FROM v_figure c
		JOIN measure_term t ON t.form = c.form AND t.table_id = c.table_id AND t.row_id = c.row_id AND t.column_id = c.column_id
		GROUP BY c.report_id, t.measure`},
	{"SELECT * FROM equation_sum", `
		SELECT report_id, equation_id, TRY_CAST(sum(taken) FILTER (side = 0) AS DECIMAL(18, 6)) AS left_value, TRY_CAST(sum(taken) FILTER (side = 1) AS DECIMAL(18, 6)) AS right_value,
			count(taken) FILTER (side = 0) AS left_known, count(taken) FILTER (side = 1) AS right_known,
			count(value) FILTER (side = 0) AS left_figures, count(value) FILTER (side = 1) AS right_figures
		FROM (SELECT *, CASE WHEN count(*) OVER (PARTITION BY report_id, equation_id, side) > 1 THEN coalesce(lenient, parts) ELSE lenient END AS taken
			FROM v_figure JOIN equation_term USING (form, table_id, row_id, column_id))
		GROUP BY report_id, equation_id`},
	{"SELECT report_id, table_id, cells, read, figures, known, nonzero, largest FROM report_table WHERE cells > 0", `
		SELECT report_id, table_id, count(*), count(*) FILTER (state NOT IN ('unreadable', 'text')), count(value), count(lenient), count(*) FILTER (lenient <> 0), max(lenient)
		FROM v_figure GROUP BY report_id, table_id`},
}

// TestAddedUp holds what is added up at loading against the cells: of reports
// with cells of every state, blank totals and figures as large as they can be.
func TestAddedUp(t *testing.T) {
	db := openMemory(t)
	list := items(12)
	random := rand.New(rand.NewPCG(1, 2))
	raws := []string{"", "/", "-", "无", "0", "1", "7", "-3", "12.5", "999999999999", "-999999999999"}
	for i := range list[2:] {
		r := list[i+2].Reports[0]
		for range 1 + random.IntN(2*len(r.Cells)) {
			c := &r.Cells[random.IntN(len(r.Cells))]
			c.Status = gongkai.Statuses()[random.IntN(5)]
			if random.IntN(9) == 0 {
				c.State, c.Value = gongkai.Unreadable, 0
				continue
			}
			setCell(r, c.Table, c.Row, c.Column, raws[random.IntN(len(raws))])
		}
	}
	setCell(list[1].Reports[0], "disputes", "reconsideration", "total", "")
	setCell(list[1].Reports[0], "disputes", "reconsideration", "upheld", "5")
	mustLoad(t, db, list)
	for _, a := range addedUp {
		for _, d := range []struct{ what, query string }{
			{"of the cells are not in", fmt.Sprintf("((%s) EXCEPT (%s))", a.cells, a.table)},
			{"of the table are not of the cells in", fmt.Sprintf("((%s) EXCEPT (%s))", a.table, a.cells)},
		} {
			if n := count(t, db, "SELECT count(*) FROM "+d.query); n != 0 {
				t.Errorf("%d rows %s %s", n, d.what, a.table)
			}
		}
	}
	if n := count(t, db, "SELECT count(*) FROM measured WHERE lenient AND value = 5"); n != 1 {
		t.Errorf("%d measures come from the parts of a total left blank, want 1", n)
	}
	for _, some := range []string{
		"measured WHERE value IS NULL", "measured WHERE doubtful", "equation_sum WHERE left_value IS NULL",
		"equation_sum WHERE left_value IS NULL AND left_known > 0", "equation_sum WHERE left_known > left_figures", "report_table WHERE known < cells",
	} {
		if n := count(t, db, "SELECT count(*) FROM "+some); n == 0 {
			t.Errorf("no rows to test: %s", some)
		}
	}
}

// TestFingerprint wants tables with the same figures in the same places, and no
// others, to have the same fingerprint.
func TestFingerprint(t *testing.T) {
	db := openMemory(t)
	list := items(6)
	for i := range list {
		r := list[i].Reports[0]
		for j := range r.Cells {
			setCell(r, r.Cells[j].Table, r.Cells[j].Row, r.Cells[j].Column, strconv.Itoa(j%7))
		}
	}
	setCell(list[1].Reports[0], "requests", "granted", "total", "99")
	for i, raw := range map[int][2]string{2: {"8", "9"}, 3: {"9", "8"}} { // the same figures in each other's places
		setCell(list[i].Reports[0], "requests", "granted", "total", raw[0])
		setCell(list[i].Reports[0], "requests", "granted", "company", raw[1])
	}
	setCell(list[4].Reports[0], "requests", "granted", "company", "") // reads as zero
	setCell(list[5].Reports[0], "requests", "granted", "company", "0")
	mustLoad(t, db, list)
	const alike = "SELECT count(DISTINCT fingerprint) FROM report_table WHERE table_id = ?"
	if n := count(t, db, alike, "requests"); n != 5 {
		t.Errorf("%d fingerprints of table requests, want 5: a blank is a zero", n)
	}
	if n := count(t, db, alike, "proactive"); n != 1 {
		t.Errorf("%d fingerprints of table proactive, want 1", n)
	}
}
