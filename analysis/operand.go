package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"gongkai"
)

// operandBatch bounds how many cells are asked for at once: each time all cells
// are gone through.
const operandBatch = 500_000

// A wanted is a cell that a finding rests on.
type wanted struct {
	finding, order   int
	left             bool
	report           int64
	table, row, cell string
}

// rest finds the cells that findings rest on, and so their status.
func rest(ctx context.Context, db *sql.DB, findings []Finding) error {
	var list []wanted
	flush := func() error {
		defer func() { list = list[:0] }()
		blank, err := operands(ctx, db, findings, list)
		for deep := 0; err == nil && len(blank) > 0 && deep < 2; deep++ { // a part may be a blank total itself
			if blank, err = partsOf(ctx, db, blank); err == nil {
				blank, err = operands(ctx, db, findings, blank)
			}
		}
		return err
	}
	for i := range findings {
		list = append(list, findings[i].wants(i)...)
		if len(list) >= operandBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	words, err := readWords(ctx, db, findings)
	if err != nil {
		return err
	}
	for i := range findings {
		findings[i].judge(words)
	}
	return nil
}

// wants lists the cells of a finding: those that the rule names, or else the
// cell that it points at.
func (f *Finding) wants(finding int) []wanted {
	left, right := f.leftCells, f.rightCells
	if len(left)+len(right) == 0 && f.Table != "" && f.Row != "" && f.Column != "" {
		left = []string{f.Table + "." + f.Row + "." + f.Column}
	}
	var list []wanted
	for side, addresses := range [2][]string{left, right} {
		for _, a := range addresses {
			w := wanted{finding: finding, order: len(list), left: side == 0, report: f.ReportID}
			rest, prior := strings.CutPrefix(a, "prior:")
			if prior {
				w.report = f.OtherReportID
			}
			if id, cell, ok := strings.Cut(rest, "/"); ok {
				w.report, _ = strconv.ParseInt(id, 10, 64) // 0 is no report: its cell is not found
				rest = cell
			}
			parts := strings.SplitN(rest, ".", 3)
			if len(parts) == 3 {
				w.table, w.row, w.cell = parts[0], parts[1], parts[2]
				list = append(list, w)
			}
		}
	}
	return list
}

// judge sets the status, if the rule does not say it. A finding that rests on no
// cell was not confirmed by a second reading, unless it rests on words.
func (f *Finding) judge(words words) {
	if f.told != "" {
		f.Status = f.told
		return
	}
	f.Status = Suspect
	if f.rests != "" {
		if words.plain(f) {
			f.Status = Disputed
		}
		return
	}
	if len(f.Operands) == 0 || len(f.Operands) < len(f.wants(0)) {
		return
	}
	for _, o := range f.Operands {
		if !gongkai.Status(o.Status).Certain() {
			return
		}
	}
	f.Status = Disputed
}

const operandSQL = `
WITH wanted AS (
	SELECT unnest(?::INTEGER[]) AS finding, unnest(?::INTEGER[]) AS position, unnest(?::BIGINT[]) AS report_id,
		unnest(?::VARCHAR[])::table_code AS table_id, unnest(?::VARCHAR[])::row_code AS row_id, unnest(?::VARCHAR[])::column_code AS column_id
)
SELECT w.finding, w.position, c.report_id, address(c.table_id, c.row_id, c.column_id), f.label, c.state::VARCHAR, c.value::VARCHAR, c.raw, c.status::VARCHAR, c.blank_total AND c.parts IS NOT NULL,
	coalesce(a.agency, r.agency, ''), coalesce(p.document, r.document), coalesce(p.name, r.name), c.page, c.x0::DOUBLE, c.y0::DOUBLE, c.x1::DOUBLE, c.y1::DOUBLE, c.doc_table, c.doc_row, c.doc_column
FROM cell c
JOIN wanted w ON w.report_id = c.report_id AND w.table_id = c.table_id AND w.row_id = c.row_id AND w.column_id = c.column_id
JOIN form_cell f ON f.form = c.form AND f.table_id = c.table_id AND f.row_id = c.row_id AND f.column_id = c.column_id
JOIN report r ON r.report_id = c.report_id
LEFT JOIN agency a ON a.agency_id = r.agency_id
LEFT JOIN report_page p ON p.report_id = c.report_id AND p.page = c.page
ORDER BY w.finding, w.position`

// operands reads the wanted cells and gives them to their findings. It returns
// those that are totals left blank, which stand for their parts.
func operands(ctx context.Context, db *sql.DB, findings []Finding, list []wanted) (blank []wanted, err error) {
	if len(list) == 0 {
		return nil, nil
	}
	byPlace := map[[2]int]wanted{}
	n := len(list)
	finding, position, report := make([]int32, n), make([]int32, n), make([]int64, n)
	table, row, column := make([]string, n), make([]string, n), make([]string, n)
	for i, w := range list {
		finding[i], position[i], report[i] = int32(w.finding), int32(w.order), w.report
		table[i], row[i], column[i] = w.table, w.row, w.cell
		byPlace[[2]int{w.finding, w.order}] = w
	}
	rows, err := db.QueryContext(ctx, operandSQL, finding, position, report, table, row, column)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var at, order int
		var o Operand
		var value sql.NullString
		var derived bool
		var page, docTable, docRow, docColumn sql.NullInt64
		var x0, y0, x1, y1 sql.NullFloat64
		err := rows.Scan(&at, &order, &o.ReportID, &o.Cell, &o.Label, &o.State, &value, &o.Raw, &o.Status, &derived,
			&o.Agency, &o.Document, &o.Name, &page, &x0, &y0, &x1, &y1, &docTable, &docRow, &docColumn)
		if err != nil {
			return nil, err
		}
		w := byPlace[[2]int{at, order}]
		if derived {
			blank = append(blank, w)
		}
		o.Left, o.Value = w.left, shortest(value.String)
		o.Page, o.X0, o.Y0, o.X1, o.Y1 = int(page.Int64), x0.Float64, y0.Float64, x1.Float64, y1.Float64
		o.DocTable, o.DocRow, o.DocCol = int(docTable.Int64), int(docRow.Int64), int(docColumn.Int64)
		findings[at].Operands = append(findings[at].Operands, o)
	}
	return blank, rows.Err()
}

const partsSQL = `
WITH blank AS (
	SELECT DISTINCT unnest(?::BIGINT[]) AS report_id, unnest(?::VARCHAR[])::table_code AS table_id, unnest(?::VARCHAR[])::row_code AS row_id, unnest(?::VARCHAR[])::column_code AS column_id
), chosen AS (
	SELECT b.report_id, b.table_id, b.row_id, b.column_id, min(e.equation_id) AS equation_id
	FROM blank b
	JOIN cell c USING (report_id, table_id, row_id, column_id)
	JOIN equation e ON e.form = c.form AND e.table_id = c.table_id AND e.row_id = c.row_id AND e.column_id = c.column_id AND len(e.right_cells) = 1
	JOIN equation_sum s ON s.report_id = c.report_id AND s.equation_id = e.equation_id AND s.left_value = c.parts
	GROUP BY ALL
)
SELECT h.report_id, h.table_id::VARCHAR, h.row_id::VARCHAR, h.column_id::VARCHAR, t.row_id::VARCHAR, t.column_id::VARCHAR
FROM chosen h JOIN equation_term t ON t.equation_id = h.equation_id AND t.side = 0
ORDER BY h.report_id, h.equation_id, t.row_id, t.column_id`

// partsOf lists the cells that totals left blank were taken from: those of an
// equation of which the total is one side and the other adds up to what was
// taken for it. They stand behind the cells that a finding names.
func partsOf(ctx context.Context, db *sql.DB, blank []wanted) ([]wanted, error) {
	report, table, row, column := make([]int64, len(blank)), make([]string, len(blank)), make([]string, len(blank)), make([]string, len(blank))
	for i, w := range blank {
		report[i], table[i], row[i], column[i] = w.report, w.table, w.row, w.cell
	}
	rows, err := db.QueryContext(ctx, partsSQL, report, table, row, column)
	if err != nil {
		return nil, fmt.Errorf("parts of blank totals: %w", err)
	}
	defer rows.Close()
	type place struct {
		report           int64
		table, row, cell string
	}
	parts := map[place][]place{}
	for rows.Next() {
		var of, part place
		if err := rows.Scan(&of.report, &of.table, &of.row, &of.cell, &part.row, &part.cell); err != nil {
			return nil, fmt.Errorf("parts of blank totals: %w", err)
		}
		part.report, part.table = of.report, of.table
		parts[of] = append(parts[of], part)
	}
	var list []wanted
	for _, w := range blank {
		for _, p := range parts[place{w.report, w.table, w.row, w.cell}] {
			list = append(list, wanted{finding: w.finding, order: firstPart + len(list), left: w.left, report: p.report, table: p.table, row: p.row, cell: p.cell})
		}
	}
	return list, rows.Err()
}

// firstPart is the place of the first part among the cells of a finding: behind
// all that it names.
const firstPart = 1000
