package web

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"gongkai"
	"gongkai/internal/tabular"
)

// A reportPage shows one version of a report as it is printed.
type reportPage struct {
	ID                       int64
	Key, Agency, Scope       string
	Title, Published, Reader string
	Year                     int
	Revision, Revisions      int
	Current                  bool
	Document, Source         string
	Tables                   []reportTable
	Findings                 []shownFinding
	Issues                   []reportIssue
	Doubtful                 int
}

// A reportTable is a standard table: rows of the form with their cells.
type reportTable struct {
	ID, Title string
	Columns   []string // labels
	Rows      []reportRow
}

type reportRow struct {
	id, Label string
	Cells     []*reportCell // in the order of the columns; nil where the form has none
}

// A reportCell is one cell.
type reportCell struct {
	Table, Row, Column, Label  string
	State, Value, Raw          string
	Status, Grounds, Second    string
	Page                       int
	Document                   string // of the page that it stands on
	Adverse                    bool   // a finding that counts rests on it
	form, tableTitle, rowLabel string
	columnLabel                string
	columnAt                   int // in its table, from 0
}

type reportIssue struct{ Code, Detail string }

const reportSQL = `
SELECT r.report_id, r.agency_key, coalesce(r.agency, ''), r.scope::VARCHAR, r.title, coalesce(r.published::VARCHAR, ''), r.reader, coalesce(r.year, 0),
	r.revision, r.revisions, r.is_current, r.document, coalesce(d.url, '')
FROM report r LEFT JOIN document d USING (document) WHERE r.report_id = $1`

const cellsSQL = `
SELECT c.form::VARCHAR, c.table_id::VARCHAR, c.row_id::VARCHAR, c.column_id::VARCHAR, f.label, t.title, fr.label, fc.label,
	fc.position - min(fc.position) OVER (PARTITION BY c.form, c.table_id),
	c.state::VARCHAR, coalesce(rtrim(rtrim(c.value::VARCHAR, '0'), '.'), ''), c.raw, c.status::VARCHAR, c.grounds::VARCHAR, coalesce(c.second, ''),
	coalesce(c.page, 0), coalesce(p.document, r.document)
FROM cell c
JOIN report r USING (report_id)
JOIN form_cell f USING (form, table_id, row_id, column_id)
JOIN form_table t USING (form, table_id)
JOIN form_row fr USING (form, table_id, row_id)
JOIN form_column fc USING (form, table_id, column_id)
LEFT JOIN report_page p ON p.report_id = c.report_id AND p.page = c.page
WHERE c.report_id = $1 ORDER BY f.position`

// report shows a report: its tables with the states of the cells, and what the
// checks find.
func (s *Server) report(ctx context.Context, snap *snapshot, r *http.Request) (*answer, error) {
	id, err := strconv.ParseInt(segment(r, "report"), 36, 64)
	if err != nil || id < 0 {
		return nil, notFound("error.no_report")
	}
	p, err := readReport(ctx, snap, id)
	if err != nil {
		return nil, err
	}
	cells, err := readCells(ctx, snap, id)
	if err != nil {
		return nil, err
	}
	if err := p.findings(ctx, snap, cells); err != nil {
		return nil, err
	}
	p.lay(cells)
	p.Issues, err = list(ctx, snap.db.SQL(), func(scan func(...any) error) (i reportIssue, err error) {
		err = scan(&i.Code, &i.Detail)
		return i, err
	}, `SELECT code, detail FROM issue WHERE report_id = $1 ORDER BY position LIMIT 500`, id)
	if err != nil {
		return nil, err
	}
	a := &answer{template: "report", title: fmt.Sprintf("%s %d", p.Agency, p.Year), nav: "agency", body: p}
	a.columns, a.rows = cellRows(cells)
	return a, nil
}

// movedReport sends from the number as the tables have it to the address.
func (s *Server) movedReport(_ context.Context, _ *snapshot, r *http.Request) (*answer, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 0 {
		return nil, notFound("error.no_report")
	}
	return &answer{redirect: languageOf(r) + "/r/" + strconv.FormatInt(id, 36)}, nil
}

func readReport(ctx context.Context, snap *snapshot, id int64) (*reportPage, error) {
	p := &reportPage{}
	err := snap.db.SQL().QueryRowContext(ctx, reportSQL, id).Scan(&p.ID, &p.Key, &p.Agency, &p.Scope, &p.Title, &p.Published, &p.Reader, &p.Year,
		&p.Revision, &p.Revisions, &p.Current, &p.Document, &p.Source)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, notFound("error.no_report")
	}
	p.Agency = cmp.Or(p.Agency, p.Title, p.Key)
	return p, err
}

func readCells(ctx context.Context, snap *snapshot, id int64) ([]*reportCell, error) {
	cells, err := list(ctx, snap.db.SQL(), func(scan func(...any) error) (*reportCell, error) {
		c := &reportCell{}
		err := scan(&c.form, &c.Table, &c.Row, &c.Column, &c.Label, &c.tableTitle, &c.rowLabel, &c.columnLabel, &c.columnAt,
			&c.State, &c.Value, &c.Raw, &c.Status, &c.Grounds, &c.Second, &c.Page, &c.Document)
		return c, err
	}, cellsSQL, id)
	if err != nil {
		return nil, fmt.Errorf("read cells: %w", err)
	}
	return cells, nil
}

// findings notes what the checks find in the report, and on which cells.
func (p *reportPage) findings(ctx context.Context, snap *snapshot, cells []*reportCell) error {
	if strings.HasPrefix(p.Key, "document:") || !p.Current {
		return nil
	}
	v, err := viewAgency(ctx, snap, p.Key)
	if err != nil {
		return err
	}
	byAddress := map[string]*reportCell{}
	for _, c := range cells {
		byAddress[c.Address()] = c
	}
	for i := range v.Findings {
		f := &v.Findings[i]
		if f.ReportID != p.ID {
			continue
		}
		shown := showFinding(f)
		p.Findings = append(p.Findings, shown)
		for _, op := range f.Operands {
			if c := byAddress[op.Cell]; c != nil && op.ReportID == p.ID && shown.Adverse() {
				c.Adverse = true
			}
		}
	}
	return nil
}

// lay puts the cells into the tables of their form.
func (p *reportPage) lay(cells []*reportCell) {
	at := map[string]int{}
	for _, c := range cells {
		if c.Doubtful() {
			p.Doubtful++
		}
		i, ok := at[c.Table]
		if !ok {
			i = len(p.Tables)
			at[c.Table] = i
			p.Tables = append(p.Tables, reportTable{ID: c.Table, Title: c.tableTitle, Columns: columnLabels(cells, c.Table)})
		}
		t := &p.Tables[i]
		if n := len(t.Rows); n == 0 || t.Rows[n-1].id != c.Row {
			t.Rows = append(t.Rows, reportRow{id: c.Row, Label: c.rowLabel, Cells: make([]*reportCell, len(t.Columns))})
		}
		t.Rows[len(t.Rows)-1].Cells[c.columnAt] = c
	}
}

func columnLabels(cells []*reportCell, table string) []string {
	var labels []string
	for _, c := range cells {
		if c.Table == table {
			for len(labels) <= c.columnAt {
				labels = append(labels, "")
			}
			labels[c.columnAt] = c.columnLabel
		}
	}
	return labels
}

// Address names the cell as the tables do.
func (c *reportCell) Address() string { return c.Table + "." + c.Row + "." + c.Column }

// Doubtful reports whether the cell is not counted.
func (c *reportCell) Doubtful() bool {
	return !gongkai.Status(c.Status).Certain()
}

// Mark is the class that the cell is shown with.
func (c *reportCell) Mark() string {
	switch {
	case c.Adverse:
		return "bad"
	case c.Doubtful():
		return "sus"
	}
	return ""
}

func cellRows(cells []*reportCell) ([]tabular.Column, [][]tabular.Value) {
	columns := tabular.Columns("form", "table", "row", "column", "label", "state", "value:number", "raw", "status", "grounds", "second", "page:integer", "document")
	var rows [][]tabular.Value
	for _, c := range cells {
		rows = append(rows, []tabular.Value{
			tabular.Present(c.form), tabular.Present(c.Table), tabular.Present(c.Row), tabular.Present(c.Column), tabular.Present(c.Label),
			tabular.Present(c.State), tabular.OrNull(c.Value), tabular.Present(c.Raw), tabular.Present(c.Status), tabular.Present(c.Grounds),
			tabular.OrNull(c.Second), tabular.Given(c.Page > 0, strconv.Itoa(c.Page)), tabular.Present(c.Document),
		})
	}
	return columns, rows
}
