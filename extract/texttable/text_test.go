package texttable

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai"
	"gongkai/extract"
)

// dump prints a content. "~" is a place that only fills a row up, "?" an
// uncertain cell, "!" one whose two readings differ.
func dump(c *extract.Content) string {
	var b strings.Builder
	for _, i := range c.Issues {
		fmt.Fprintf(&b, "issue %s: %s\n", i.Code, i.Detail)
	}
	for _, block := range c.Blocks {
		if block.Grid == nil {
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat("#", block.Level), block.Text)
			continue
		}
		for _, row := range block.Grid.Rows {
			for c := range row {
				cell := &row[c]
				switch {
				case cell.Place.Row == 0:
					b.WriteString("|~")
				case cell.Uncertain:
					b.WriteString("|" + cell.Text + "?")
				case cell.Confirmed && cell.Second != cell.Text:
					b.WriteString("|" + cell.Text + "!")
				default:
					b.WriteString("|" + cell.Text)
				}
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"tabs; trailing ones are cells", "规章\t0\t1\n行政许可\t5\t\n其他\t2\n", "|规章|0|1|\n|行政许可|5||\n|其他|2|~|\n"},
		{"a row that starts early keeps its cells", "\t\t2.重复申请\t0\t1\n3.其他\t\t0\t1\t\n", "|||2.重复申请|0|1|\n|3.其他||0|1||\n"},
		{"indented prose is no table", "\t全年公开信息。\n\t收到申请。\n", "全年公开信息。\n收到申请。\n"},
		{"Markdown", "| 项目 | 数量 |\n|:--|--:|\n| 规章 | 0 |\n| 其他 |  |\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "|项目|数量|\n|规章|0|\n|其他||\n|a|b|\n|1|2|\n"},
		{"escaped bar", "| 甲 | 1 |\n| 乙\\|丙 | 2 |\n", "|甲|1|\n|乙|丙|2|\n"},
		{"covered places at the end", "| 第二十条第（一）项 | |||\n| 信息内容 | 制发 | 废止 | 有效 |\n| 行政许可 | 0 | ||\n", "|第二十条第（一）项|~|~|~|\n|信息内容|制发|废止|有效|\n|行政许可|0|~|~|\n"},
		{"a leading bar is an empty cell where others have none", "三、结果 | （一） | 0 | 1 |\n| （二） | 2 | |\n", "|三、结果|（一）|0|1|\n||（二）|2||\n"},
		{"a row broken inside a cell", "自然人 | 总计 |\n商业\n企业 | 科研 |\n1 | 2 |\n3 | 4 |\n5 | 6 |\n", "|自然人|总计|\n|商业 企业|科研|\n|1|2|\n|3|4|\n|5|6|\n"},
		{"drawn borders", "┌────┬────┐\n│规章│ 0  │\n├────┼────┤\n│其他│ 1  │\n└────┴────┘\n", "|规章|0|\n|其他|1|\n"},
		{"bars in prose", "首页 | 政务公开 | 年报\n", "首页 | 政务公开 | 年报\n"},
		{"figures behind spaces", "行政处罚 1 / 3\n0 0 1\n", "|行政处罚|1?|/?|3?|\n|0?|0?|1?|~|\n"},
		{"dates are prose", "2024 年 1 月 8 日\n某局 2023 年年报\n", "2024 年 1 月 8 日\n某局 2023 年年报\n"},
		{"headings and emphasis", "# 标题\n\n## 一、总体情况\n**（一）主动公开。**公开[信息](http://x)。\n", "#标题\n##一、总体情况\n（一）主动公开。公开信息。\n"},
		{
			"a wrapped paragraph is joined over an empty line",
			"严格落实规范性文件统一登记、统一编号、统一公布的制度要求，加强政\n\n务新媒体管理。\n下一段。\n",
			"严格落实规范性文件统一登记、统一编号、统一公布的制度要求，加强政务新媒体管理。\n下一段。\n",
		},
		{"short lines are not joined", "某县人民政府\n2023年报告\n", "某县人民政府\n2023年报告\n"},
		{"control characters are damage, not nothing", "规章\t\x10\t1\x1b2\t\u200b3\u00ad\n", "|规章|\uFFFD|1\uFFFD2|3|\n"},
		{"nothing", " \n\n", ""},
		{"line ends of other systems", "甲\r\n乙\r丙\f丁", "甲\n乙\n丙\n丁\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, dump(Parse(tt.text))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestCells puts tables with one cell on a line together again.
func TestCells(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{
			"a bar on a line of its own",
			"二、主动公开政府信息情况\n第二十条第（一）项\n|\n信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n规章\n|\n0\n|\n6\n|\n三、收到和处理政府信息公开申请情况\n",
			"二、主动公开政府信息情况\n|第二十条第（一）项|~|~|\n|信息内容|本年制发件数|本年废止件数|\n|规章|0|6|\n三、收到和处理政府信息公开申请情况\n",
		},
		{
			"a bar behind each cell, blanks",
			"信息内容 |\n本年制发件数 |\n现行有效件数 |\n规章 |\n|\n|\n规范性文件 |\n/ |\n3 |\n",
			"|信息内容|本年制发件数|现行有效件数|\n|规章|||\n|规范性文件|/|3|\n",
		},
		{
			"an empty column",
			"信息内容 |\n本年制发件数 |\n|\n规章 |\n5 |\n|\n其他 |\n7 |\n|\n",
			"|信息内容|本年制发件数|?|\n|规章|5||\n|其他|7||\n",
		},
		{
			"groups of labels",
			"自然人 |\n总计 |\n三、本年度办理结果 |\n（三）不予公开 |\n1.属于国家秘密 |\n1 |\n2 |\n3 |\n4 |\n5 |\n6 |\n7 |\n2.其他 |\n1 |\n2 |\n3 |\n4 |\n5 |\n6 |\n7 |\n",
			"|自然人|总计|~|~|~|~|~|~|~|~|\n|三、本年度办理结果|（三）不予公开|1.属于国家秘密|1|2|3|4|5|6|7|\n|2.其他|1|2|3|4|5|6|7|~|~|\n",
		},
		{
			"a header in two lines, in the form's order and in others",
			"总计\n法人或其他组织\n自然人\n商业企业\n其他\n一、本年新收\n1\n2\n3\n4\n自然人\n总计\n商业企业\n其他\n一、本年新收\n1\n2\n3\n4\n自然人\n总计\n其他\n商业企业\n一、本年新收\n1\n2\n3\n4\n",
			"|总计|法人或其他组织|自然人|商业企业|其他|\n|一、本年新收|1?|2?|3?|4?|\n|自然人|总计|~|~|~|\n|商业企业|其他|~|~|~|\n|一、本年新收|1?|2?|3?|4?|\n|自然人|总计|其他|商业企业|~|\n|一、本年新收|1?|2?|3?|4?|\n",
		},
		{
			"lost cells make a row uncertain",
			"自然人 |\n总计 |\n一、本年新收 |\n1 |\n2 |\n3 |\n二、上年结转 |\n1 |\n2 |\n3 |\n4 |\n5 |\n6 |\n7 |\n",
			"|自然人|总计|~|~|~|~|~|~|\n|一、本年新收|1?|2?|3?|~|~|~|~|\n|二、上年结转|1|2|3|4|5|6|7|\n",
		},
		{
			"without bars",
			"第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n规章\n0\n0\n行政规范性文件\n2\n1\n",
			"|第二十条第（一）项|~|~|\n|信息内容|本年制发件数|本年废止件数|\n|规章|0|0|\n|行政规范性文件|2|1|\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, dump(Parse(tt.text))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestCutFile: the last cell of a file that ends in a table without a line end
// may be cut; its readings differ, and only its.
func TestCutFile(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"tabs", "规章\t0\t1\n其他\t2\t3", "|规章|0|1|\n|其他|2|3?|\n"},
		{"an empty cell", "规章\t0\t1\n其他\t2\t", "|规章|0|1|\n|其他|2|?|\n"},
		{"a short row", "规章\t0\t1\n其他\t2", "|规章|0|1|\n|其他|2?|~|\n"},
		{"Markdown", "| 规章 | 0 |\n| 其他 | 1", "|规章|0|\n|其他|1?|\n"},
		{"a cell on a line", "信息内容\n本年制发件数\n本年废止件数\n规章\n0\n0\n行政规范性文件\n2\n1", "|信息内容|本年制发件数|本年废止件数|\n|规章|0|0|\n|行政规范性文件|2|1?|\n"},
		{"prose behind it", "规章\t0\t1\n其他\t2\t3\n六、其他", "|规章|0|1|\n|其他|2|3|\n六、其他\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Parse(tt.text)
			doubt := strings.Contains(tt.want, "?")
			if got := len(c.Issues) == 1 && c.Issues[0].Code == gongkai.IssueLayout; got != doubt {
				t.Errorf("issues %v", c.Issues)
			}
			for _, row := range c.Blocks[0].Grid.Rows {
				for _, cell := range row {
					if cell.Uncertain && cell.Second == cell.Text {
						t.Errorf("the readings of %+v do not differ", cell)
					}
				}
			}
			c.Issues = nil
			if diff := cmp.Diff(tt.want, dump(c)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestFigure(t *testing.T) {
	for s, want := range map[string]bool{
		"0": true, "": true, "/": true, "１２": true, "251000元": true, "22（其中修订16件）": true, "减4": true, "-8": true, "1,234": true, "无": true,
		"规章": false, "1.属于国家秘密": false, "3.其他": false, "（七）总计": false, "本年增/减": false, "2023年": false,
	} {
		if got := figure(s); got != want {
			t.Errorf("figure(%q) = %v", s, got)
		}
	}
}

func TestLimits(t *testing.T) {
	_, err := Read(t.Context(), &gongkai.Document{Name: "big.txt", Body: make([]byte, maxBytes+1)})
	if !errors.Is(err, extract.ErrLimit) {
		t.Errorf("error %v, want a limit", err)
	}
	c := Parse("规章" + strings.Repeat("\t0", 100_000) + "\n")
	if len(c.Issues) != 1 || c.Issues[0].Code != gongkai.IssueLimit || len(c.Blocks[0].Grid.Rows[0]) != maxColumns {
		t.Errorf("issues %v", c.Issues)
	}
}

// TestReal reads published reports and the start of pages that were flattened,
// and compares with what was checked by eye.
func TestReal(t *testing.T) {
	const shared = "../../../shared/reports"
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("SKIPPED, NOT TESTED: the real reports are not here: %v", err)
	}
	for name, rows := range map[string][]string{
		"wuzhong-kjj-2023.txt": {
			"|3.其他||0|0|0|0|0|0|0||", "|(七) 总计|0|0|0|0|0|0|0|||", "|||2.重复申请|0|0|0|0|0|0|0|",
			"|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|", "|行政许可|0|||", "###一、总体情况", "####六、其他需要报告的事项",
		},
		"shuyang-2025.md": {
			"|5. 属于三类内部事务信息|13|0|0|0|0|0|13|", "|27|10|9|15|61|", "|行政事业性收费|4068.208|", "###(三) 不予公开",
		},
		"pages-excerpts/nileke-town-2023.txt":        {"|规章|0|0|6|", "|信息内容|本年处理决定数量|~|~|", "|行政许可|0|~|~|"},
		"pages-excerpts/yangling-tjj-2023.txt":       {"|规章|/|/|/|", "|一、本年新收政府信息公开申请数量|||||||0|~|~|"},
		"pages-excerpts/mzj-2023-on-2019-form.txt":   {"|信息内容|本年新 制作数量|本年新 公开数量|对外公开总数量|?|", "|规章|0|0|0||"},
		"pages-excerpts/gaoxin-shfz-2022-blank.txt":  {"|规章||||", "|行政处罚|3|~|~|", "|行政强制||~|~|"},
		"pages-excerpts/unknown-2019-form-jian4.txt": {"|行政许可|6|减4|2|", "|政府集中采购|6|52.15|~|"},
		"pages-excerpts/xuwen-sfj-2023.txt":          {"|一、本年新收政府信息公开申请数量|0||||||0|~|~|", "|||2.其他法律行政法规禁止公开|||||||0|"},
		"pages-excerpts/changchun-tyjr-2023.txt":     {"|第二十条 第(一)项|~|~|~|", "|一、本年新收政府信息公开申请数量|3|0|0|0|0|0|3|"},
		"pages-excerpts/xiaogan-office-2020.txt":     {"|其他主动公开文件|56|45|~|"},
	} {
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(filepath.Join(shared, name))
			if err != nil {
				t.Fatal(err)
			}
			got := dump(Parse(string(body)))
			for _, row := range rows {
				if !strings.Contains(got, row+"\n") {
					t.Errorf("no row %q in\n%s", row, got)
				}
			}
			if strings.Contains(got, "!|") || strings.Contains(got, "issue ") {
				t.Errorf("readings differ or issues:\n%s", got)
			}
		})
	}
}

// FuzzText: any text gives rectangular grids and paragraphs without line
// breaks, and loses no character of a cell's line.
func FuzzText(f *testing.F) {
	f.Add("规章\t0\t1\n行政许可\t\t\n")
	f.Add("| a | b |\n|---|---|\n| 1 | ||\n")
	f.Add("信息内容 |\n本年制发件数 |\n规章 |\n|\n|||\n0 |\n")
	f.Add("规章\n0\n0\n0\n0\n行政许可 1 2 3\n")
	f.Fuzz(func(t *testing.T, text string) {
		c := Parse(text)
		var read strings.Builder
		for _, b := range c.Blocks {
			if (b.Grid == nil) == (b.Text == "") || strings.ContainsAny(b.Text, "\n\r\t") {
				t.Fatalf("bad block %+v", b)
			}
			read.WriteString(b.Text)
			if b.Grid == nil {
				continue
			}
			for r, row := range b.Grid.Rows {
				if len(row) != len(b.Grid.Rows[0]) {
					t.Fatalf("row %d has %d places, row 0 has %d", r, len(row), len(b.Grid.Rows[0]))
				}
				for k, cell := range row {
					if cell.Row != r || cell.Column != k {
						t.Fatalf("place %d,%d says %d,%d", r, k, cell.Row, cell.Column)
					}
					read.WriteString(cell.Text)
				}
			}
		}
		if len(c.Issues) > 0 {
			return
		}
		all := read.String()
		for _, r := range "0123456789规章" {
			if strings.ContainsRune(text, r) && !strings.ContainsRune(all, r) && !strings.ContainsAny(text, "[(") {
				t.Fatalf("%q is lost: read %q from %q", r, all, text)
			}
		}
	})
}
