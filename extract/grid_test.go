package extract

import (
	"strings"
	"testing"

	"gongkai"
)

// grid builds a Grid from text: one row a line, cells between bars, ">" for a
// cell that its left neighbour covers, "^" for one that the cell above covers,
// "~" for a place that is not printed. Every cell is read the same twice.
func grid(t *testing.T, text string) *Grid {
	t.Helper()
	g := &Grid{Method: "html"}
	width := 0
	for r, line := range strings.Split(strings.TrimSpace(text), "\n") {
		var row []GridCell
		for c, cell := range strings.Split(line, "|") {
			cell = strings.TrimSpace(cell)
			switch cell {
			case ">":
				row = append(row, row[c-1])
			case "^":
				row = append(row, g.Rows[r-1][c])
			case "~":
				row = append(row, GridCell{Row: r, Column: c})
			default:
				row = append(row, GridCell{
					Text: cell, Row: r, Column: c, Second: cell, Confirmed: true,
					Place: gongkai.Place{Table: 1, Row: r + 1, Column: c + 1},
				})
			}
		}
		g.Rows = append(g.Rows, row)
		width = max(width, len(row))
	}
	for r := range g.Rows {
		for c := len(g.Rows[r]); c < width; c++ {
			g.Rows[r] = append(g.Rows[r], GridCell{Row: r, Column: c})
		}
	}
	return g
}

const header10 = `
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）| > | > | 申请人情况 | > | > | > | > | > | >
^ | > | > | 自然人 | 法人或其他组织 | > | > | > | > | 总计
^ | > | > | ^ | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ^
`

const body2019 = `
一、本年新收政府信息公开申请数量 | > | > | 7 | 1 | 0 | 0 | 0 | 0 | 8
二、上年结转政府信息公开申请数量 | > | > | 1 | 0 | 0 | 0 | 0 | 0 | 1
三、本年度办理结果 | （一）予以公开 | > | 3 | 1 | 0 | 0 | 0 | 0 | 4
^ | （二）部分公开（区分处理的，只计这一情形，不计其他情形） | > | 2 | 0 | 0 | 0 | 0 | 0 | 2
^ | （三）不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 4.保护第三方合法权益 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 6.属于四类过程性信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 8.属于行政查询事项 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | （四）无法提供 | 1.本机关不掌握相关政府信息 | 1 | 0 | 0 | 0 | 0 | 0 | 1
^ | ^ | 2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 3.补正后申请内容仍不明确 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | （五）不予处理 | 1.信访举报投诉类申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 3.要求提供公开出版物 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 4.无正当理由大量反复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | ^ | 5.要求行政机关确认或重新出具已获取信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0
^ | （六）其他处理 | > | 1 | 0 | 0 | 0 | 0 | 0 | 1
^ | （七）总计 | > | 7 | 1 | 0 | 0 | 0 | 0 | 8
四、结转下年度继续办理 | > | > | 1 | 0 | 0 | 0 | 0 | 0 | 1
`

// requestsOf reads table 三 of grids.
func requestsOf(t *testing.T, grids ...*Grid) *tableReading {
	t.Helper()
	c := &Content{Reader: "html"}
	for _, g := range grids {
		c.Blocks = append(c.Blocks, Block{Grid: g})
	}
	reading := readRequests(printedRows(c, 0), formHint{})
	if reading == nil {
		t.Fatal("no table found")
	}
	return reading
}

// rowText prints a row of a reading with its statuses: v, d, s, o.
func rowText(t *tableReading, row string, columns []string) string {
	judged := judge(matcher(t.form, t.id), t)
	var parts []string
	for _, column := range columns {
		key := cellKey{row, column}
		c, ok := t.cells[key]
		switch {
		case !ok:
			parts = append(parts, "missing")
		case c.figure.State == gongkai.Number:
			parts = append(parts, c.figure.Value.String()+string(judged[key].status[0]))
		default:
			parts = append(parts, string(c.figure.State)+"."+string(judged[key].status[0]))
		}
	}
	return strings.Join(parts, " ")
}

func TestRequests(t *testing.T) {
	base := header10[1:] + strings.TrimPrefix(body2019, "\n")
	swapCompany := strings.NewReplacer("商业企业 | 科研机构", "科研机构 | 商业企业")
	for _, tt := range []struct {
		name, form string
		grids      []string
		want       map[string]string
	}{
		{
			"as the form prints it", "2019",
			[]string{base},
			map[string]string{
				"granted":         "3v 1v 0v 0v 0v 0v 4v",
				"other_e1":        "1v 0v 0v 0v 0v 0v 1v",
				"processed_total": "7v 1v 0v 0v 0v 0v 8v",
			},
		},
		{
			"split in two, header not repeated", "2019",
			[]string{
				header10[1:] + strings.Join(strings.Split(strings.TrimSpace(body2019), "\n")[:12], "\n"),
				strings.ReplaceAll(strings.Join(strings.Split(strings.TrimSpace(body2019), "\n")[12:], "\n"), "^ | （四）", " | （四）"),
			},
			map[string]string{"unable_not_held": "1v 0v 0v 0v 0v 0v 1v", "carried_out": "1v 0v 0v 0v 0v 0v 1v"},
		},
		{
			"columns in another order, and the header says so", "2019",
			[]string{swapCompany.Replace(base)},
			map[string]string{"granted": "3v 0v 1v 0v 0v 0v 4v"},
		},
		{
			"a row that starts a column early", "2019",
			[]string{strings.Replace(base, "^ | （六）其他处理 | > | 1 |", "^ | （六）其他处理 | 1 |", 1)},
			map[string]string{"other_e1": "1v 0v 0v 0v 0v 0v 1v"},
		},
		{
			"a cell is lost", "2019",
			[]string{strings.Replace(base, "（一）予以公开 | > | 3 | 1 | 0 ", "（一）予以公开 | > | 3 | 1 ", 1)},
			map[string]string{"granted": "3s 1s 0s 0s 0s 4s missing.s"},
		},
		{
			"two figures in one merged cell", "2019",
			[]string{strings.Replace(base, "（一）予以公开 | > | 3 | 1 |", "（一）予以公开 | > | 3 | > |", 1)},
			map[string]string{"granted": "unreadable.s unreadable.s 0v 0v 0v 0v 4v"},
		},
		{
			"the agency's sum is wrong", "2019",
			[]string{strings.Replace(base, "（一）予以公开 | > | 3 | 1 | 0 | 0 | 0 | 0 | 4", "（一）予以公开 | > | 3 | 1 | 0 | 0 | 0 | 0 | 5", 1)},
			map[string]string{"granted": "3d 1d 0d 0d 0d 0d 5d", "partly_granted": "2v 0v 0v 0v 0v 0v 2d"},
		},
		{
			"an empty column in the middle", "2019",
			[]string{widen(base)},
			map[string]string{"granted": "3v 1v 0v 0v 0v 0v 4v", "carried_out": "1v 0v 0v 0v 0v 0v 1v"},
		},
		{
			"the same row twice, with other figures", "2019",
			[]string{base + "四、结转下年度继续办理 | > | > | 2 | 0 | 0 | 0 | 0 | 0 | 2\n"},
			map[string]string{"carried_out": "1s 0s 0s 0s 0s 0s 1s"},
		},
		{
			"a row is missing", "2019",
			[]string{strings.Replace(base, "^ | ^ | 2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n", "", 1)},
			map[string]string{"refused_repeat": "missing missing missing missing missing missing missing", "refused_publication": "0v 0v 0v 0v 0v 0v 0v"},
		},
		{
			"labels lost under 不予公开", "2019",
			[]string{strings.NewReplacer("1.属于国家秘密", "", "2.其他法律行政法规禁止公开", "").Replace(base)},
			map[string]string{"granted": "3v 1v 0v 0v 0v 0v 4v"},
		},
		{
			"（六） in three rows with numbers and no words", "2021",
			[]string{strings.Replace(base, "^ | （六）其他处理 | > | 1 | 0 | 0 | 0 | 0 | 0 | 1",
				"^ | （六）其他处理 | 1. | 0 | 0 | 0 | 0 | 0 | 0 | 0\n^ | ^ | 2. |  |  |  |  |  |  | \n^ | ^ | 3. | 1 | 0 | 0 | 0 | 0 | 0 | 1", 1)},
			map[string]string{
				"other_no_correction": "0v 0v 0s 0s 0s 0s 0v", // a column of zeros proves nothing
				"other_fee_unpaid":    "blank.v blank.v blank.s blank.s blank.s blank.s blank.v",
				"other_misc":          "1v 0v 0v 0v 0v 0v 1v",
			},
		},
		{
			"a full stop behind the figure of an undivided （六）", "2019",
			[]string{strings.Replace(base, "^ | （六）其他处理 | > | 1 |", "^ | （六）其他处理 | > | 1. |", 1)},
			map[string]string{"other_e1": "text.s 0v 0v 0v 0v 0v 1v"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var grids []*Grid
			for _, g := range tt.grids {
				grids = append(grids, grid(t, g))
			}
			reading := requestsOf(t, grids...)
			if reading.form != tt.form {
				t.Errorf("form %s, want %s", reading.form, tt.form)
			}
			for row, want := range tt.want {
				if got := rowText(reading, row, matcher("2021", "requests").order); got != want {
					t.Errorf("%s: %s, want %s; issues %v", row, got, want, reading.issues)
				}
			}
		})
	}
}

// widen puts an empty column behind 自然人, header included.
func widen(text string) string {
	var out []string
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		cells := strings.Split(line, "|")
		fill := " "
		if i == 0 {
			fill = " > "
		}
		cells = append(cells[:4], append([]string{fill}, cells[4:]...)...)
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(out, "\n") + "\n"
}
