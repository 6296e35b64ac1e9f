package docxtable

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai"
	"gongkai/extract"
)

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="x:wps" xmlns:v="x:v" xmlns:a="x:a"`

// wrap makes a main part of a body.
func wrap(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + namespaces + `><w:body>` + body + `</w:body></w:document>`
}

// pack makes a package of parts.
func makePack(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func readBody(tb testing.TB, body string, more map[string]string) *extract.Content {
	tb.Helper()
	parts := map[string]string{"word/document.xml": wrap(body)}
	maps.Copy(parts, more)
	c, err := Read(tb.Context(), &gongkai.Document{Name: "test.docx", Body: makePack(tb, parts)})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// dump prints a content: merged cells once, "<" and "^" for the places they
// cover, "~" for places that no cell covers.
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
		fmt.Fprintf(&b, "[table %d]\n", block.Place.Table)
		for r, row := range block.Grid.Rows {
			for c := range row {
				cell := &row[c]
				switch {
				case cell.Row != r:
					b.WriteString("| ^ ")
				case cell.Column != c:
					b.WriteString("| < ")
				case cell.Place.Row == 0:
					b.WriteString("| ~ ")
				default:
					fmt.Fprintf(&b, "| %s ", cell.Text)
					if !cell.Confirmed || cell.Second != cell.Text {
						fmt.Fprintf(&b, "(second: %q %v) ", cell.Second, cell.Confirmed)
					}
				}
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}

// Shorthand: p(text) is a paragraph, tc(properties, text) a cell, tr a row.
func p(text string) string   { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
func tc(pr, s string) string { return "<w:tc><w:tcPr>" + pr + "</w:tcPr>" + p(s) + "</w:tc>" }
func tr(cells ...string) string {
	return "<w:tr>" + strings.Join(cells, "") + "</w:tr>"
}

func tbl(rows ...string) string {
	return "<w:tbl><w:tblPr/><w:tblGrid/>" + strings.Join(rows, "") + "</w:tbl>"
}

const (
	restart = `<w:vMerge w:val="restart"/>`
	below   = `<w:vMerge/>`
)

func wide(n int) string { return fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, n) }

func TestTables(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{
			"merged cells",
			tbl(tr(tc(restart+wide(2), "三、本年度办理结果"), tc("", "1"), tc("", "2")), tr(tc(below+wide(2), ""), tc("", "3"), tc("", ""))),
			"[table 1]\n| 三、本年度办理结果 | < | 1 | 2 |\n| ^ | ^ | 3 |  |\n",
		},
		{
			"vMerge with val=continue; restart again",
			tbl(tr(tc(restart, "甲")), tr(tc(`<w:vMerge w:val="continue"/>`, "")), tr(tc(restart, "乙")), tr(tc(below, ""))),
			"[table 1]\n| 甲 |\n| ^ |\n| 乙 |\n| ^ |\n",
		},
		{
			"a merge with nothing to go on with",
			tbl(tr(tc(below, "0"), tc("", "1")), tr(tc(wide(2), "甲")), tr(tc(below, "2"), tc("", "3"))),
			"[table 1]\n| 0 | 1 |\n| 甲 | < |\n| 2 | 3 |\n",
		},
		{
			"text that merging hides",
			tbl(tr(tc(restart, "1")), tr(tc(below, "2"))),
			"issue layout: a cell that is merged into the one above it holds \"2\", which is not shown\n[table 1]\n| 1 |\n| ^ |\n",
		},
		{
			"columns left out and short rows",
			tbl(tr(tc("", "a"), tc("", "b"), tc("", "c")), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc("", "1")+"</w:tr>"),
			"[table 1]\n| a | b | c |\n| ~ | 1 | ~ |\n",
		},
		{
			"legacy horizontal merge",
			tbl(tr(tc(`<w:hMerge w:val="restart"/>`, "a"), tc("<w:hMerge/>", ""), tc("", "b"))),
			"[table 1]\n| a | < | b |\n",
		},
		{
			"deleted and hidden rows",
			tbl(tr(tc("", "1")), `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>`+tc("", "2")+"</w:tr>", `<w:tr><w:trPr><w:hidden/></w:trPr>`+tc("", "3")+"</w:tr>",
				`<w:tr><w:trPr><w:ins w:id="1"/></w:trPr>`+tc("", "4")+"</w:tr>"),
			"[table 1]\n| 1 |\n| 4 |\n",
		},
		{
			"a table in a cell",
			tbl(tr("<w:tc>"+p("合计 9")+tbl(tr(tc("", "其中"), tc("", "3")))+p("件")+"</w:tc>", tc("", "1"))),
			"[table 1]\n| 合计 9 其中 3 件 | 1 |\n[table 2]\n| 其中 | 3 |\n",
		},
		{
			"a figure in a table of its own",
			tbl(tr(tc("", "规章"), "<w:tc>"+tbl(tr(tc("", "5")))+p("")+"</w:tc>"),
				tr(tc("", "其他"), "<w:tc>"+tbl(tr(tc("", ""), "<w:tc>"+tbl(tr(tc("", "6")))+"</w:tc>"))+"</w:tc>")),
			"[table 1]\n| 规章 | 5 |\n| 其他 | 6 |\n[table 3]\n|  | 6 |\n",
		},
		{
			"a table as a frame",
			tbl(tr("<w:tc>" + p("一、总体情况") + tbl(tr(tc("", "规章"), tc("", "0"))) + p("六、其他") + "</w:tc>")),
			"一、总体情况\n[table 2]\n| 规章 | 0 |\n六、其他\n",
		},
		{
			"content controls around rows and cells",
			"<w:sdt><w:sdtPr/><w:sdtContent>" + tbl("<w:sdt><w:sdtContent>"+tr("<w:sdt><w:sdtContent>"+tc("", "1")+"</w:sdtContent></w:sdt>", tc("", "2"))+"</w:sdtContent></w:sdt>") + "</w:sdtContent></w:sdt>",
			"[table 1]\n| 1 | 2 |\n",
		},
		{
			"several paragraphs and line breaks in a cell",
			tbl(tr("<w:tc>"+p("本年新")+p("制作数量")+"</w:tc>", "<w:tc><w:p><w:r><w:t>商业</w:t><w:br/><w:t>企业</w:t></w:r></w:p></w:tc>")),
			"[table 1]\n| 本年新 制作数量 | 商业 企业 |\n",
		},
		{
			"a figure in several runs",
			tbl(tr("<w:tc><w:p><w:r><w:t>1</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>2</w:t></w:r></w:p></w:tc>")),
			"[table 1]\n| 12 |\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, dump(readBody(t, tt.body, nil))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func run(pr, s string) string { return "<w:r><w:rPr>" + pr + "</w:rPr><w:t>" + s + "</w:t></w:r>" }

func TestShownText(t *testing.T) {
	for _, tt := range []struct{ name, runs, want string }{
		{"deleted and inserted", run("", "收到") + `<w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins>` + run("", "6") + `</w:ins>` + run("", "件"), "收到6件"},
		{"moved", `<w:moveFrom>` + run("", "旧") + `</w:moveFrom><w:moveTo>` + run("", "新") + `</w:moveTo>`, "新"},
		{"hidden", run("<w:vanish/>", "草稿") + run(`<w:vanish w:val="0"/>`, "正文"), "正文"},
		{"field", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("", "7") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + run("", "页"), "7页"},
		{"simple field and link", `<w:fldSimple w:instr="DATE">` + run("", "2024") + `</w:fldSimple><w:hyperlink>` + run("", "年报") + `</w:hyperlink>`, "2024年报"},
		{"tab, break, hyphen", "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>", "a b-c"},
		{"alternatives once", `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>甲</w:t></mc:Choice><mc:Fallback><w:t>乙</w:t></mc:Fallback></mc:AlternateContent></w:r>`, "甲"},
		{"footnote marks", run("", "公开") + `<w:r><w:footnoteReference w:id="2"/></w:r>`, "公开"},
		{"entities", run("", "a&amp;b &#x4E00;"), "a&b 一"},
		{"ruby", `<w:r><w:ruby><w:rubyPr/><w:rt>` + run("", "gong") + `</w:rt><w:rubyBase>` + run("", "公") + `</w:rubyBase></w:ruby></w:r>`, "公"},
		{"text box", run("", "外") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>` + p("框") + `</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + p("框") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`, "外|框"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			check := func(c *extract.Content) {
				t.Helper()
				var got []string
				for _, b := range c.Blocks {
					got = append(got, b.Text)
				}
				if strings.Join(got, "|") != tt.want {
					t.Errorf("got %q, want %q", strings.Join(got, "|"), tt.want)
				}
			}
			check(readBody(t, "<w:p>"+tt.runs+"</w:p>", nil))
			// The same in a cell: both readings must see the same.
			c := readBody(t, tbl(tr("<w:tc><w:p>"+tt.runs+"</w:p></w:tc>", tc("", "0"))), nil)
			cell := c.Blocks[0].Grid.Rows[0][0]
			if cell.Text != strings.ReplaceAll(tt.want, "|", " ") || (tt.name != "text box" && cell.Second != cell.Text) || !cell.Confirmed {
				t.Errorf("in a cell: %+v", cell)
			}
		})
	}
}

func TestDeletedParagraphMark(t *testing.T) {
	c := readBody(t, `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>加强政</w:t></w:r></w:p>`+p("务公开")+p("下一段"), nil)
	if got := dump(c); got != "加强政务公开\n下一段\n" {
		t.Errorf("got %q", got)
	}
}

func TestHeadingsAndNumbers(t *testing.T) {
	more := map[string]string{
		"word/styles.xml": `<w:styles ` + namespaces + `><w:style w:styleId="2"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:styleId="9"><w:name w:val="mine"/><w:basedOn w:val="2"/></w:style><w:style w:styleId="4"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style></w:styles>`,
		"word/numbering.xml": `<w:numbering ` + namespaces + `><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num></w:numbering>`,
		"docProps/core.xml": `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>年度报告</dc:title></cp:coreProperties>`,
	}
	style := func(id, rest, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + id + `"/>` + rest + `</w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	item := `<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>`
	c := readBody(t, style("2", "", "总体情况")+style("0", item, "甲")+style("0", item, "乙")+style("9", "", "主动公开")+style("0", item, "丙")+style("4", "", "小节"), more)
	want := "#一、总体情况\n1.甲\n2.乙\n#二、主动公开\n1.丙\n###小节\n"
	if diff := cmp.Diff(want, dump(c)); diff != "" || c.Title != "年度报告" {
		t.Errorf("title %q, -want +got:\n%s", c.Title, diff)
	}
}

func TestChinese(t *testing.T) {
	for n, want := range map[int]string{0: "〇", 1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "100"} {
		if got := chinese(n); got != want {
			t.Errorf("chinese(%d) = %q, want %q", n, got, want)
		}
	}
}

func ole(stream string) []byte {
	b := append([]byte{}, oleMagic...)
	b = append(b, make([]byte, 504)...)
	for _, c := range []byte(stream) {
		b = append(b, c, 0)
	}
	return b
}

func TestRefusals(t *testing.T) {
	whole := makePack(t, map[string]string{"word/document.xml": wrap(p("公开"))})
	bomb := strings.Repeat(" ", maxUnpacked+1)
	for _, tt := range []struct {
		name string
		body []byte
		want error
		text string
	}{
		{"password", ole("EncryptedPackage"), extract.ErrEncrypted, "without a password"},
		{"legacy DOC", ole("WordDocument"), extract.ErrUnsupported, "convert it to DOCX or PDF"},
		{"legacy XLS", ole("Workbook"), extract.ErrUnsupported, "spreadsheet"},
		{"cut", whole[:len(whole)-30], extract.ErrDamaged, ""},
		{"bad XML", makePack(t, map[string]string{"word/document.xml": wrap("<w:p><w:r>")}), extract.ErrDamaged, ""},
		{"bomb", makePack(t, map[string]string{"word/document.xml": wrap(bomb)}), extract.ErrLimit, "limit"},
		{"deep", makePack(t, map[string]string{"word/document.xml": wrap(strings.Repeat("<w:sdt>", 2000))}), extract.ErrLimit, "deep"},
		{"OFD", makePack(t, map[string]string{"OFD.xml": "<a/>"}), extract.ErrUnsupported, "OFD"},
		{"XLSX", makePack(t, map[string]string{"xl/workbook.xml": "<a/>"}), extract.ErrUnsupported, "spreadsheet"},
		{"ZIP of documents", makePack(t, map[string]string{"a.docx": "x", "b.pdf": "y"}), extract.ErrUnsupported, "unpack"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(t.Context(), &gongkai.Document{Name: "bad.docx", Body: tt.body})
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), "bad.docx") || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error %v, want %v with the name and %q", err, tt.want, tt.text)
			}
		})
	}
}

// TestBrokenStyles: the text is read although a side part is broken, and said so.
func TestBrokenStyles(t *testing.T) {
	c := readBody(t, p("公开"), map[string]string{"word/styles.xml": "<w:styles><w:style>"})
	if got := dump(c); !strings.Contains(got, "公开\n") || !strings.Contains(got, "issue layout: read styles") {
		t.Errorf("got %q", got)
	}
}

func TestBlankForm(t *testing.T) {
	body, err := os.ReadFile("../../../shared/reports/blank-template-2021.docx")
	if err != nil {
		t.Skipf("SKIPPED, NOT TESTED: the real reports are not here: %v", err)
	}
	c, err := Read(t.Context(), &gongkai.Document{Name: "blank.docx", Body: body})
	if err != nil {
		t.Fatal(err)
	}
	got := dump(c)
	for _, want := range []string{
		"| 规章 |  |  |  |\n",
		"| 三、本年度办理结果 | （一）予以公开 | < |  |  |  |  |  |  |  |\n",
		"| ^ | ^ | 8.属于行政查询事项 |  |  |  |  |  |  |  |\n",
		"| ^ | ^ | ^ | 自然人 | 法人或其他组织 | < | < | < | < | 总计 |\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no row %q", want)
		}
	}
	if strings.Contains(got, "second") || len(c.Issues) > 0 {
		t.Errorf("readings differ or issues: %v", c.Issues)
	}
}

// grow makes well-formed WordprocessingML of any bytes: every byte opens an
// element, closes one, or adds a property or text.
func grow(ops []byte) string {
	elements := [...]string{"w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:tcPr", "w:trPr", "w:sdt", "w:sdtContent", "w:ins", "w:del", "w:rPr", "w:pPr", "w:txbxContent", "mc:AlternateContent", "mc:Choice", "mc:Fallback"}
	properties := [...]string{
		restart, below, wide(2), wide(3), wide(99999), `<w:gridBefore w:val="1"/>`, `<w:gridBefore w:val="500"/>`, "<w:hMerge/>", "<w:cellDel/>", "<w:vanish/>", "<w:del/>", "<w:br/>",
		`<w:fldChar w:fldCharType="begin"/>`, `<w:fldChar w:fldCharType="separate"/>`, `<w:fldChar w:fldCharType="end"/>`, "12", "自然人", tbl(tr(tc(restart, "1"), tc(wide(2), "2")), tr(tc(below, ""), tc("", "3"))),
	}
	var b strings.Builder
	var open []string
	for _, op := range ops {
		switch n := int(op) / 3; op % 3 {
		case 0:
			e := elements[n%len(elements)]
			b.WriteString("<" + e + ">")
			open = append(open, e)
		case 1:
			b.WriteString(properties[n%len(properties)])
		default:
			if last := len(open) - 1; last >= 0 {
				b.WriteString("</" + open[last] + ">")
				open = open[:last]
			}
		}
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + open[i] + ">")
	}
	return b.String()
}

// FuzzDOCX: any well-formed part gives rectangular grids of true copies.
func FuzzDOCX(f *testing.F) {
	f.Add([]byte{9, 12, 15, 18, 1, 2, 0, 3, 6, 46, 2, 2, 2, 2, 2})
	f.Add([]byte{9, 12, 15, 18, 7, 2, 2, 2, 12, 15, 18, 4, 2, 2, 2, 15, 52})
	f.Add([]byte{0, 3, 37, 6, 46, 2, 40, 2, 2})
	f.Fuzz(func(t *testing.T, ops []byte) {
		c, err := Read(t.Context(), &gongkai.Document{Name: "fuzz.docx", Body: makePack(t, map[string]string{"word/document.xml": wrap(grow(ops))})})
		if errors.Is(err, extract.ErrLimit) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range c.Blocks {
			if b.Grid == nil {
				continue
			}
			for r, row := range b.Grid.Rows {
				if len(row) != len(b.Grid.Rows[0]) {
					t.Fatalf("row %d has %d places, row 0 has %d", r, len(row), len(b.Grid.Rows[0]))
				}
				for k := range row {
					if cell := row[k]; cell.Row > r || cell.Column > k || cell != b.Grid.Rows[cell.Row][cell.Column] {
						t.Fatalf("place %d,%d is not a copy of its anchor", r, k)
					}
				}
			}
		}
	})
}
