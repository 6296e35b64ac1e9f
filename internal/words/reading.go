package words

import (
	"fmt"
	"slices"
	"strings"

	"gongkai"
	"gongkai/extract"
	"gongkai/internal/tabular"
	"gongkai/warehouse/records"
)

// ReadingTemplate is the record of one report with every cell that a person
// should look at; of a report without tables every cell of its form.
func ReadingTemplate(name string, r *gongkai.Report) (text string, cells int) {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# %s", tabular.OneLine(name))
	line("[[reading]]")
	line("document = %q", r.Document)
	line("part     = %d", max(r.Part, 1))
	line("agency   = \"\"  # 机读：%s；名录编号，或 name: 加名称，与机读一致可留空", orUnread(r.Agency))
	line("year     = 0   # 机读：%s；与机读一致可为 0", orUnread(OrEmpty(r.Year)))
	line("scope    = \"\"  # 机读：%s；own、consolidated、local_level", orUnread(string(r.Scope)))
	line("who      = \"\"  # 核读人的角色，不写姓名")
	line("date     = \"\"  # 核读日期，如 2025-05-20")
	line("basis    = \"\"  # 依据何物，如 原件扫描件第3页")
	line("[reading.cells] # 把 %q 改成原件上的文字，空白写 \"\"；未改者仍以机读为准", records.Unread)
	doubtful := func(c *gongkai.Cell) bool { return c.State == gongkai.Missing || !c.Status.Certain() }
	found, labels := r.Cells, cellWords()
	if len(found) == 0 {
		found = blankCells(r.Year)
	}
	for i := range found {
		c := &found[i]
		if !doubtful(c) {
			continue
		}
		cells++
		address := c.Table + "." + c.Row + "." + c.Column
		machine := "未读到"
		if c.State != gongkai.Missing {
			machine = fmt.Sprintf("机读 %q（%s，%s）", tabular.OneLine(c.Raw), c.State, c.Status)
		}
		line("%q = %q # %s；%s%s", address, records.Unread, labels[c.Form+"."+address], machine, Place("；", c.Place, ""))
	}
	return b.String(), cells
}

func orUnread(s string) string {
	if s == "" {
		return "未读到"
	}
	return tabular.OneLine(s)
}

// cellWords gives each cell of the forms in the words of its form: by form and
// address.
func cellWords() map[string]string {
	words := map[string]string{}
	eachFormCell(func(f *gongkai.Form, t *gongkai.FormTable, r *gongkai.FormRow, column string) {
		label := strings.Join(append(slices.Clone(r.Group), r.Label), " ")
		for i := range t.Columns {
			if t.Columns[i].ID == column {
				label += " × " + t.Columns[i].Label
			}
		}
		words[f.ID+"."+t.ID+"."+r.ID+"."+column] = label
	})
	return words
}

// blankCells are the cells of the form in force for a year, none of them read.
func blankCells(year int) []gongkai.Cell {
	var cells []gongkai.Cell
	form := ""
	eachFormCell(func(f *gongkai.Form, t *gongkai.FormTable, r *gongkai.FormRow, column string) {
		if form == "" && !f.Provisional && (year == 0 || year >= f.Since && (f.Until == 0 || year <= f.Until)) {
			form = f.ID // the newest comes first
		}
		if f.ID == form {
			cells = append(cells, gongkai.Cell{Form: f.ID, Table: t.ID, Row: r.ID, Column: column, State: gongkai.Missing})
		}
	})
	return cells
}

func eachFormCell(do func(f *gongkai.Form, t *gongkai.FormTable, r *gongkai.FormRow, column string)) {
	forms := extract.Forms()
	for i := range forms {
		for j := range forms[i].Tables {
			t := &forms[i].Tables[j]
			for k := range t.Rows {
				for _, column := range t.CellColumns(&t.Rows[k]) {
					do(&forms[i], t, &t.Rows[k], column)
				}
			}
		}
	}
}
