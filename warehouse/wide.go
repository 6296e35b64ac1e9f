package warehouse

import (
	"fmt"
	"strings"

	"gongkai"
)

// wideView returns the view v_form_ID: one row for each report with a table of
// form f, one column for each cell. A cell that is no figure is NULL.
func wideView(f *gongkai.Form) string {
	var names []string
	eachCell(f, func(_ *gongkai.FormTable, _ *gongkai.FormRow, name, _ string) {
		names = append(names, QuoteText(name))
	})
	return fmt.Sprintf(`CREATE VIEW %s AS
		WITH figures AS (
			SELECT report_id, name, value FROM cell JOIN form_cell USING (form, table_id, row_id, column_id) WHERE form = %s
		), wide AS (
			FROM figures PIVOT (max(value) FOR name IN (%s) GROUP BY report_id)
		)
		SELECT agency_key, agency, year, scope, document, is_current, wide.* FROM wide JOIN report USING (report_id)`,
		QuoteName(wideName(f)), QuoteText(f.ID), strings.Join(names, ", "))
}

// wideComments says what the columns of the wide view mean.
func wideComments(f *gongkai.Form, texts map[string]string) {
	view := wideName(f)
	texts[view] = fmt.Sprintf("%s，每份报告一行，每个单元格一列 / form %s, one row per report, one column per cell", f.Title, f.ID)
	eachCell(f, func(t *gongkai.FormTable, r *gongkai.FormRow, name, column string) {
		texts[view+"."+name] = fmt.Sprintf("%s：%s / cell %s.%s.%s", t.Title, cellLabel(t, r, column), t.ID, r.ID, column)
	})
}

func wideName(f *gongkai.Form) string { return "v_form_" + f.ID }

func eachCell(f *gongkai.Form, do func(t *gongkai.FormTable, r *gongkai.FormRow, name, column string)) {
	for i := range f.Tables {
		t := &f.Tables[i]
		for j := range t.Rows {
			for _, c := range t.CellColumns(&t.Rows[j]) {
				do(t, &t.Rows[j], cellName(t.ID, t.Rows[j].ID, c), c)
			}
		}
	}
}
