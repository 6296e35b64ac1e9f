package extract

import (
	"strings"
	"testing"
)

const proactive2019 = `
第二十条第（一）项 | > | > | > | >
信息内容 | 本年新 制作数量 | 本年新 公开数量 | > | 对外公开总数量
规章 | 13 | 13 | > | 524
规范性文件 | 60 | 60 | > | 368
第二十条第（五）项 | > | > | > | >
信息内容 | 上一年项目数量 | 本年增/减 | > | 处理决定数量
行政许可 | 6 | > | 减4 | 2
其他对外管理服务事项 | 1 | > | 0 | 0
第二十条第（六）项 | > | > | > | >
信息内容 | 上一年项目数量 | 本年增/减 | > | 处理决定数量
行政处罚 | 3 | > | 0 | 7
行政强制 | / | > | - | 无
第二十条第（八）项 | > | > | > | >
信息内容 | 上一年项目数量 | > | 本年增/减 | >
行政事业性收费 | 5 | > | -1 | >
第二十条第（九）项 | > | > | > | >
信息内容 | 采购项目数量 | > | 采购总金额 | >
政府集中采购 | 6 | > | 251000元 | >
`

const proactive2021 = `
第二十条第（一）项 | > | > | >
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 0
行政规范性文件 | 6 | 1 | 32
第二十条第（五）项 | > | > | >
信息内容 | 本年处理决定数量 | > | >
行政许可 | 517645 | > | >
第二十条第（六）项 | > | > | >
信息内容 | 本年处理决定数量 | > | >
行政处罚 | 693,957 | > | >
行政强制 |  | > | >
第二十条第（八）项 | > | > | >
信息内容 | 本年收费金额（单位：万元） | > | >
行政事业性收费 | 4068.208 | > | >
`

func TestProactive(t *testing.T) {
	for _, tt := range []struct {
		name, form string
		grids      []string
		want       map[string]string // row/column → figure and status
		units      map[string]string
	}{
		{
			"2019", "2019",
			[]string{proactive2019},
			map[string]string{
				"regulation": "13v 13v 524v", "licence": "6v -4v 2v", "coercion": "slash.v dash.v na_text.v",
				"fee": "5v -1v", "procurement": "6v 251000v",
			},
			map[string]string{"procurement amount": "yuan"},
		},
		{
			"2021", "2021",
			[]string{proactive2021},
			map[string]string{"normative_document": "6v 1v 32v", "licence": "517645v", "penalty": "693957v", "coercion": "blank.v", "fee": "4068.208v"},
			map[string]string{"fee amount_wan": "wan"},
		},
		{
			"one small table per block", "2021",
			[]string{
				"信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n行政规范性文件 | 6 | 1 | 32",
				"信息内容 | 本年处理决定数量\n行政许可 | 5",
				"信息内容 | 本年收费金额\n行政事业型收费 | 12.5",
			},
			map[string]string{"normative_document": "6v 1v 32v", "licence": "5v", "fee": "12.5v", "penalty": "missing"},
			map[string]string{"fee amount_wan": "unknown"},
		},
		{
			"an empty fifth column", "2019",
			[]string{"信息内容 | 本年新 制作数量 | 本年新 公开数量 | 对外公开总数量 |\n规章 | 0 | 1 | 2 |\n规范性文件 | 3 | 4 | 5 |"},
			map[string]string{"regulation": "0v 1v 2v", "normative_document": "3v 4v 5v"},
			nil,
		},
		{
			"header names another order", "2021",
			[]string{"信息内容 | 现行有效件数 | 本年制发件数 | 本年废止件数\n规章 | 9 | 1 | 0\n规范性文件 | 8 | 2 | 1"},
			map[string]string{"regulation": "1v 0v 9v", "normative_document": "2v 1v 8v"},
			nil,
		},
		{
			"figures missing", "2021",
			[]string{"信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 3 | ~\n规范性文件 | 8 | 2 | 1"},
			map[string]string{"regulation": "0s 3s missing.s", "normative_document": "8v 2v 1v"},
			nil,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &Content{Reader: "html"}
			for _, g := range tt.grids {
				c.Blocks = append(c.Blocks, Block{Grid: grid(t, g)})
			}
			reading := readProactive(printedRows(c, 0), formHint{})
			if reading == nil {
				t.Fatal("no table found")
			}
			if reading.form != tt.form {
				t.Errorf("form %s, want %s", reading.form, tt.form)
			}
			m := matcher(reading.form, "proactive")
			for j := range m.table.Rows {
				row := &m.table.Rows[j]
				if want, ok := tt.want[row.ID]; ok {
					if want == "missing" {
						want = strings.TrimSpace(strings.Repeat("missing ", len(m.table.CellColumns(row))))
					}
					if got := rowText(reading, row.ID, m.table.CellColumns(row)); got != want {
						t.Errorf("%s: %s, want %s; issues %v", row.ID, got, want, reading.issues)
					}
				}
			}
			for address, want := range tt.units {
				row, column, _ := strings.Cut(address, " ")
				if got := reading.cells[cellKey{row, column}].unit; got != want {
					t.Errorf("unit of %s: %q, want %q", address, got, want)
				}
			}
		})
	}
}

const disputes15 = `
行政复议 | > | > | > | > | 行政诉讼 | > | > | > | > | > | > | > | > | >
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | > | > | > | > | 复议后起诉 | > | > | > | >
^ | ^ | ^ | ^ | ^ | 结果 维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
27 | 10 | 9 | 15 | 61 | 3 | 0 | 0 | 0 | 3 | 8 | 0 | 1 | 1 | 10
`

func TestDisputes(t *testing.T) {
	five := "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n"
	misMerged := strings.Replace(disputes15, "行政复议 | > | > | > | > | 行政诉讼 | > | > |", "行政复议 | > | > | > | > | > | > | 行政诉讼 |", 1)
	for _, tt := range []struct {
		name   string
		blocks []string // a line without bars is a heading
		want   [3]string
	}{
		{"one table", []string{disputes15}, [3]string{"27v 10v 9v 15v 61v", "3v 0v 0v 0v 3v", "8v 0v 1v 1v 10v"}},
		{"行政诉讼 merged over the wrong columns", []string{misMerged}, [3]string{"27v 10v 9v 15v 61v", "3v 0v 0v 0v 3v", "8v 0v 1v 1v 10v"}},
		{
			"three tables of five",
			[]string{"行政复议", five + "27|10|9|15|61", "行政诉讼（未经复议直接起诉）", five + "3|0|0|0|3", "行政诉讼（复议后起诉）", five + "8|0|1|1|11"},
			[3]string{"27v 10v 9v 15v 61v", "3v 0v 0v 0v 3v", "8d 0d 1d 1d 11d"},
		},
		{
			"one row per procedure",
			[]string{"情况 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n行政复议 | 1 | 0 | 0 | 0 | 1\n未经复议直接起诉 | 0 | 0 | 2 | 0 | 2\n复议后起诉 | 0 | 0 | 0 | 0 | 0"},
			[3]string{"1v 0v 0v 0v 1v", "0v 0v 2v 0v 2v", "0v 0v 0v 0v 0v"},
		},
		{
			"a total is blank",
			[]string{strings.Replace(disputes15, "15 | 61", "15 | ", 1)},
			[3]string{"27v 10v 9v 15v blank.v", "3v 0v 0v 0v 3v", "8v 0v 1v 1v 10v"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &Content{Reader: "html"}
			for _, b := range tt.blocks {
				if strings.Contains(b, "|") {
					c.Blocks = append(c.Blocks, Block{Grid: grid(t, b)})
				} else {
					c.Blocks = append(c.Blocks, Block{Text: b})
				}
			}
			reading := readDisputes(printedRows(c, 0), matcher("2021", "disputes"))
			if reading == nil {
				t.Fatal("no table found")
			}
			for i, row := range []string{"reconsideration", "suit_direct", "suit_after_reconsideration"} {
				if got := rowText(reading, row, matcher("2021", "disputes").order); got != tt.want[i] {
					t.Errorf("%s: %s, want %s; issues %v", row, got, tt.want[i], reading.issues)
				}
			}
		})
	}
}
