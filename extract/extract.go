package extract

import (
	"fmt"
	"slices"
	"strings"

	"gongkai"
)

// Extract reads the reports in a document from what a reader made of it; most
// documents hold one. A flaw in what the agency published becomes an Issue of
// the report.
//
// With ErrNoTable the reports are returned too: their prose was read, but not
// one standard table is in the document (images, attachments, a report from
// before the forms). So they are with ErrBlankForm: nothing is printed in the
// tables. With ErrNotReport there is nothing. Both errors name the
// document.
func Extract(d *gongkai.Document, c *Content) ([]*gongkai.Report, error) {
	var reports []*gongkai.Report
	c = plainContent(c)
	parts := splitReports(c)
	hash := d.Hash()
	tables := 0
	for i, part := range parts {
		r := &gongkai.Report{Document: hash, Name: d.Name, Part: i + 1, Reader: part.Reader, AgencyID: d.AgencyID}
		if d.AgencyID != "" {
			r.LinkedBy = "list"
		}
		r.Issues = append(r.Issues, part.Issues...)
		readNarrative(r, d, part)
		r.Heed(d)
		told := transcribed(d, r.Part)
		identify(r, told)
		r.AgencyType = typeOf(r.Agency)
		tables += readTables(r, part, told)
		judgeForm(r)
		reports = append(reports, r)
	}
	for _, r := range reports {
		if len(r.Tables) == 0 {
			expectTables(r, c)
		}
		namePictures(r, c)
		if len(reports) == 1 {
			nameSecond(r)
		}
	}
	switch {
	case tables > 0 && !slices.ContainsFunc(reports, saysSomething):
		return reports, fmt.Errorf("%s: %w", d.Name, ErrBlankForm)
	case tables > 0:
		return reports, nil
	case !looksLikeReport(reports) && len(c.Pictures) > 0:
		return nil, fmt.Errorf("%s: %w; %s", d.Name, ErrNoTextLayer, pictures(c))
	case !looksLikeReport(reports):
		return nil, fmt.Errorf("%s: %w", d.Name, ErrNotReport)
	}
	return reports, fmt.Errorf("%s: %w%s", d.Name, ErrNoTable, whereTables(c))
}

// saysSomething reports whether anything is printed in the tables of a report, or
// could be there: what was not read may be a figure.
func saysSomething(r *gongkai.Report) bool {
	return slices.ContainsFunc(r.Cells, func(c gongkai.Cell) bool { return c.State != gongkai.Blank && c.State != gongkai.Missing })
}

// expectTables says of a report without any table which ones the form in force
// for its year asks for. It makes no cells: nothing is known about them. Before
// FY2019 reports were prose, and a report without a year is left alone.
func expectTables(r *gongkai.Report, c *Content) {
	for _, f := range inUse().forms {
		if !inForce(&f, r.Year) {
			continue
		}
		for i, t := range f.Tables {
			r.Tables = append(r.Tables, gongkai.Table{ID: t.ID, Form: f.ID})
			if pictured := c.pictured(i); pictured != "" {
				r.Issues = append(r.Issues, gongkai.Issue{Code: gongkai.IssueNoTable, Table: t.ID, Detail: "no table " + t.Title + " could be read" + pictured})
			}
		}
		break // the newest of those in force
	}
	r.Issues = append(r.Issues, gongkai.Issue{Code: gongkai.IssueNoTable, Detail: "the report has none of the standard tables" + whereTables(c)})
}

// whereTables says where the tables may be, if the page gives a hint.
func whereTables(c *Content) string {
	switch {
	case len(c.Pictures) > 0:
		return "; " + pictures(c)
	case c.Meta["attachments"] != "":
		return "; the page links to attachments that may hold them"
	case c.Meta["images"] != "" && c.Meta["images"] != "0":
		return "; the page holds images in their place"
	}
	return ""
}

// looksLikeReport reports whether the prose alone shows an annual report: its
// title, at least two of the six sections, or an agency with a period or the
// notice that prescribes the form.
func looksLikeReport(reports []*gongkai.Report) bool {
	for _, r := range reports {
		sections := 0
		for _, s := range r.Sections {
			if s.Present {
				sections++
			}
		}
		named := r.Agency != "" && (r.Period[1] != "" || len(r.Citations) > 0)
		if r.Title != "" || sections >= 2 || named {
			return true
		}
	}
	return false
}

// readTables reads the standard tables into r and returns how many there are.
func readTables(r *gongkai.Report, c *Content, told []gongkai.Transcript) int {
	rows := printedRows(c, r.Year)
	r.Issues = append(r.Issues, foreignIssues(rows)...)
	stats := readStatistics(rows)
	if stats == nil && tells(told, "statistics") {
		stats = newTableReading("statistics", formsWith("statistics")[0].form.ID)
	}
	if stats != nil {
		addTable(r, stats, c, told)
		// Its years had other headings than the six of today.
		r.Issues = slices.DeleteFunc(r.Issues, func(i gongkai.Issue) bool { return i.Code == gongkai.IssueSections })
		return 1
	}
	earlier := earlierGrids(c, r.Year)
	own := ofYear(rows, earlier)
	r.Issues = append(r.Issues, earlierIssues(rows, earlier)...)
	readTwo := func(form string) *tableReading {
		return thisYears(own, rows, func(rows []printedRow) *tableReading { return readProactive(rows, formHint{form, r.Year}) })
	}
	proactive := readTwo("")
	requests := thisYears(own, rows, func(rows []printedRow) *tableReading { return readRequests(rows, formHint{formOf(proactive), r.Year}) })
	if proactive != nil && requests != nil && proactive.form != requests.form {
		proactive = readTwo(requests.form) // a tie goes with the other table
	}
	form := formOf(requests)
	if form == "" {
		form = formOf(proactive)
	}
	if form == "" {
		form = formTold(told, r.Year)
	}
	disputes := thisYears(own, rows, func(rows []printedRow) *tableReading { return readDisputes(rows, matcher(form, "disputes")) })
	found := 0
	for _, t := range []*tableReading{proactive, requests, disputes} {
		if t != nil {
			found++
		}
	}
	for _, id := range []string{"proactive", "requests", "disputes"} {
		if tells(told, id) {
			found++
		}
	}
	if found == 0 {
		return 0
	}
	for i, id := range []string{"proactive", "requests", "disputes"} {
		t := []*tableReading{proactive, requests, disputes}[i]
		if t == nil {
			t = newTableReading(id, form)
		} else if id == "disputes" {
			t.form = form // the same in both forms: it goes with the others
		}
		addTable(r, t, c, told)
	}
	return found
}

func formOf(t *tableReading) string {
	if t == nil {
		return ""
	}
	return t.form
}

// addTable writes a table's cells into the report, every cell of the form
// once, and its issues.
func addTable(r *gongkai.Report, t *tableReading, c *Content, told []gongkai.Transcript) {
	m := matcher(t.form, t.id)
	t.transcribe(m, told)
	r.Tables = append(r.Tables, gongkai.Table{ID: t.id, Form: t.form, Found: t.found, Method: t.method})
	r.Extra = append(r.Extra, t.extra...)
	if t.method == "stream" {
		// Without rules a figure may have been laid into another row: nothing
		// proves that a place was blank, since a lost zero leaves every sum true.
		for _, cell := range t.cells {
			cell.doubt = cell.doubt || cell.figure.State == gongkai.Blank && !cell.confirmed
		}
	}
	t.counts(m)
	judged := judge(m, t)
	if !t.found {
		t.issue(gongkai.IssueNoTable, "", "", gongkai.Place{}, "the document has no table %s%s", m.table.Title, c.pictured(m.index))
	}
	for i := range m.table.Rows {
		row := &m.table.Rows[i]
		missing := 0
		columns := m.table.CellColumns(row)
		for _, column := range columns {
			key := cellKey{row.ID, column}
			cell := gongkai.Cell{Table: t.id, Row: row.ID, Column: column, Form: t.form, State: gongkai.Missing, Status: gongkai.Suspect, Grounds: gongkai.GroundsNone}
			if read, ok := t.cells[key]; ok {
				cell = read.cell(cell, judged[key])
				t.cellIssues(row.ID, column, read)
				t.wrongSign(m, row.ID, column, read, &cell)
			} else {
				missing++
			}
			r.Cells = append(r.Cells, cell)
		}
		if t.found && missing > 0 {
			t.issue(gongkai.IssueMissingRow, row.ID, "", gongkai.Place{}, "row %s is not in the table", row.Label)
		}
	}
	r.Issues = append(r.Issues, t.issues...)
}

func (c *cellReading) cell(cell gongkai.Cell, j judgement) gongkai.Cell {
	cell.State, cell.Value, cell.Raw, cell.Note = c.figure.State, c.figure.Value, c.raw, c.figure.Note
	cell.Unit, cell.Place, cell.Status, cell.Grounds = c.unit, c.place, j.status, j.grounds
	if c.second != nil {
		cell.Second = &gongkai.Reading{State: c.second.State, Value: c.second.Value, Raw: c.beside}
	}
	return cell
}

// cellIssues records what is odd about one cell.
func (t *tableReading) cellIssues(row, column string, c *cellReading) {
	switch {
	case c.figure.State == gongkai.Unreadable && c.ocr:
		t.issue(gongkai.IssueUnreadable, row, column, c.place, "what is printed there could not be recognized")
	case c.figure.State == gongkai.Text:
		t.issue(gongkai.IssueText, row, column, c.place, "%q is not a figure", c.raw)
	case c.figure.State == gongkai.Unreadable && strings.ContainsRune(c.raw, picture):
		t.issue(gongkai.IssueUnreadable, row, column, c.place, "a picture stands in the cell, or a script fills it")
	case c.figure.State == gongkai.Number && c.figure.Note != "":
		t.issue(gongkai.IssueNote, row, column, c.place, "%q has a note beside the figure", c.raw)
	}
	if c.differs() && !c.confirmed {
		t.issue(gongkai.IssueReadings, row, column, c.place, "one reading says %q, the other does not", c.raw)
	}
}

// wrongSign turns 减4 in a column of plain counts into Text: only 本年增/减 has
// words for a sign.
func (t *tableReading) wrongSign(m *tableMatcher, row, column string, c *cellReading, cell *gongkai.Cell) {
	if c.figure.State != gongkai.Number || !c.figure.Sign || !wordy(c.raw) {
		return
	}
	for _, col := range m.table.Columns {
		if col.ID == column && !col.Signed {
			cell.State, cell.Value, cell.Status = gongkai.Text, 0, gongkai.Suspect
			t.issue(gongkai.IssueText, row, column, c.place, "%q in a column of counts", c.raw)
		}
	}
}

// judgeForm notes tables of different forms in one report and a notice cited
// that is not the one of the form used.
func judgeForm(r *gongkai.Report) {
	forms := map[string]bool{}
	for _, t := range r.Tables {
		if t.Found {
			forms[t.Form] = true
		}
	}
	if len(forms) > 1 {
		r.Issues = append(r.Issues, gongkai.Issue{Code: gongkai.IssueMixedForms, Detail: "the tables follow different forms"})
	}
	bases := map[string]bool{} // true for those of the forms used
	for _, f := range inUse().forms {
		bases[f.Basis] = bases[f.Basis] || forms[f.ID]
	}
	for _, cited := range r.Citations {
		if used, known := bases[cited]; known && !used && len(forms) > 0 {
			r.Issues = append(r.Issues, gongkai.Issue{Code: gongkai.IssueCitation, Detail: "cites " + cited + " but its tables follow another form"})
		}
	}
}
