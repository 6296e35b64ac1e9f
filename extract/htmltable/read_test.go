package htmltable

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai"
	"gongkai/extract"
)

// unclosed makes a page with a table whose cells begin with tags that are
// never closed.
func unclosed(tag string, rows int) string {
	var b strings.Builder
	b.WriteString("<html><body><p>一、总体情况</p><table><tr><td>自然人</td><td>总计</td></tr>")
	for i := range rows {
		fmt.Fprintf(&b, "<tr><td>%s行政许可%d</td><td>%s%d</td></tr>", tag, i, tag, i*3)
	}
	b.WriteString("</table></body></html>")
	return b.String()
}

func TestUnclosedFormatting(t *testing.T) {
	opened := strings.Repeat(`<font face="宋体"><span style="x"><b>`, 250)
	for name, body := range map[string]string{
		"in front of the table": opened + unclosed("", 40),
		"in every cell":         unclosed(`<font size="2" face="宋体"><span>`, 600),
		"nested in one cell":    unclosed(strings.Repeat("<font>", 600), 2),
		"boxes":                 strings.Repeat("<div>", 900) + unclosed("", 40),
		"a thousand paragraphs": strings.Repeat(opened+"<p>字", 100) + unclosed("", 40),
	} {
		t.Run(name, func(t *testing.T) {
			c := read(t, body)
			var g *extract.Grid
			for _, b := range c.Blocks {
				if b.Grid != nil {
					g = b.Grid
				}
			}
			if g == nil {
				t.Fatal("no table")
			}
			for r := 1; r < len(g.Rows); r++ {
				want := fmt.Sprint((r - 1) * 3)
				if cell := g.Rows[r][1]; cell.Text != want || cell.Second != want {
					t.Fatalf("row %d: %q, second reading %q, want %q", r, cell.Text, cell.Second, want)
				}
			}
		})
	}
}

func TestLimits(t *testing.T) {
	for name, body := range map[string]string{
		"bytes":   strings.Repeat("<p>公开</p>", maxBytes/10),
		"tags":    strings.Repeat("<i>", maxTags+1),
		"nesting": strings.Repeat("<table><tr><td>", 600),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(t.Context(), &gongkai.Document{Name: "big.html", Body: []byte(body)})
			if !errors.Is(err, extract.ErrLimit) || !strings.Contains(err.Error(), "big.html") {
				t.Errorf("error %v, want a limit that names the file", err)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, &gongkai.Document{Name: "x", Body: []byte("<p>a")}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancelled", err)
	}
}

func TestGBKPage(t *testing.T) {
	body := encoded(t, simplifiedchinese.GBK, `<meta charset="utf-8"><table><tr><td>规章</td><td>行政规范性文件</td></tr><tr><td>０</td><td>—</td></tr></table>`)
	c, err := Read(t.Context(), &gongkai.Document{Name: "gbk.html", MediaType: "text/html; charset=utf-8", Body: body})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := drawing(c), "| 规章 | 行政规范性文件 |\n| ０ | — |"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(c.Issues) > 0 {
		t.Errorf("issues %v", c.Issues)
	}
}

func TestOddBytes(t *testing.T) {
	c, err := Read(t.Context(), &gongkai.Document{Name: "x", Body: []byte("<p>" + strings.Repeat("政府信息公开", 10) + "\xfe</p>")})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Issues) != 1 || c.Issues[0].Code != gongkai.IssueCharset {
		t.Errorf("issues %v, want one about the charset", c.Issues)
	}
}

// TestPart: navigation goes, the report stays, and no standard table is lost.
func TestPart(t *testing.T) {
	nav := "<div>" + strings.Repeat(`<a href="/x">栏目</a> `, 30) + "</div>"
	table := "<table><tr><td>结果维持<td>结果纠正<tr><td>1<td>2</table>"
	for _, tt := range []struct{ name, body, want string }{
		{
			"navigation on both sides",
			nav + "<div><div><h2>某局2023年度报告</h2><p>来源：某局</p></div><div><p>一、总体情况</p><p>正文</p></div></div>" + nav,
			"##某局2023年度报告\n来源：某局\n一、总体情况\n正文\n",
		},
		{
			"a table outside",
			nav + "<div><p>一、总体情况</p><p>二、主动公开政府信息情况</p></div>" + nav + table,
			"",
		},
		{"nothing known", "<p>甲</p><p>乙</p>", "甲\n乙\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := read(t, tt.body)
			got := dump(c)
			if tt.want == "" {
				if drawing(c) != "| 结果维持 | 结果纠正 |\n| 1 | 2 |" {
					t.Errorf("the table is lost:\n%s", got)
				}
				return
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		" a \u3000\u00a0 b ":         "a b",
		"政府\n    信息":                 "政府信息",
		"政府 信息":                      "政府 信息",
		"政府\u2028信息":                 "政府 信息",
		"1\n2":                       "1 2",
		"公\u200b开\ufeff\u00ad\u2060": "公开",
		"\u200b":                     "",
		"\x10":                       "\uFFFD",
		"1\x7f2":                     "1\uFFFD2",
		"5 \u0081\t":                 "5 \uFFFD",
		"":                           "",
		"０１":                         "０１",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestShanghai reads a real page: every cell is read twice with the same result.
func TestShanghai(t *testing.T) {
	body := sharedReport(t, "shanghai-office-2019.html")
	c, err := Read(t.Context(), &gongkai.Document{Name: "shanghai", Body: body})
	if err != nil {
		t.Fatal(err)
	}
	var sizes []string
	for _, b := range c.Blocks {
		if b.Grid == nil {
			continue
		}
		sizes = append(sizes, fmt.Sprintf("%dx%d", len(b.Grid.Rows), len(b.Grid.Rows[0])))
		for _, row := range b.Grid.Rows {
			for _, cell := range row {
				if !cell.Confirmed || cell.Second != cell.Text {
					t.Errorf("cell %+v is not confirmed", cell)
				}
			}
		}
	}
	if got, want := strings.Join(sizes, " "), "18x5 26x10 4x15"; got != want {
		t.Errorf("tables %s, want %s", got, want)
	}
}

// TestCutPage: wherever a page is cut, a cell whose text may be cut has two
// readings that differ, and the page says that it has no end.
func TestCutPage(t *testing.T) {
	const figure = "1234"
	for _, cell := range []string{
		"<td>1234</td>", "<TD class='a'>\n<p>1234</p></TD>", "<td><p align='center'><span lang=EN-US>12</span>34&nbsp;</p></td>",
		"<td><div style='display:none'>9</div>1234<!-- 5 --></td>", "<td><table><tr><td>1234</td></tr></table></td>",
	} {
		page := "<html><body><table><tr><td>自然人</td><td>商业企业</td></tr><tr><td>1</td>" + cell
		start := len(page) - len(cell)
		for end := start + 1; end <= len(page); end++ {
			c := read(t, page[:end])
			if len(c.Issues) == 0 {
				t.Errorf("%q: no issue", page[start:end])
			}
			g := c.Blocks[len(c.Blocks)-1].Grid
			if g == nil {
				t.Fatalf("%q: no table:\n%s", page[start:end], dump(c))
			}
			if last := g.Rows[1][1]; last.Place.Row > 0 && last.Confirmed && last.Text == last.Second && last.Text != figure {
				t.Errorf("%q: read %q for sure", page[start:end], last.Text)
			}
			if first := g.Rows[1][0]; first.Text != "1" || first.Second != "1" {
				t.Errorf("%q: the whole cell is read as %q and %q", page[start:end], first.Text, first.Second)
			}
		}
	}
	for page, want := range map[string]string{
		"<body><p>自然人\t1</p><p>商业企业\t12":            "| 自然人 | 1 |\n| 商业企业 | 12\uFFFD |",
		"<body><p>自然人\t1</p><p>商业企业\t12<b":          "| 自然人 | 1 |\n| 商业企业 | 12\uFFFD |",
		"<body><p>自然人\t1</p><p>商业企业\t12</p>":        "| 自然人 | 1 |\n| 商业企业 | 12 |",
		"<body><p>自然人\t1</p><p>商业企业\t12</body>":     "| 自然人 | 1 |\n| 商业企业 | 12 |",
		"<body><div><p>自然人\t1</p><p>商业企业\t12</div>": "| 自然人 | 1 |\n| 商业企业 | 12 |",
	} {
		if got := strings.ReplaceAll(drawing(read(t, page)), " (unconfirmed)", ""); got != want {
			t.Errorf("%q: read\n%s\nwant\n%s", page, got, want)
		}
	}
	if c := read(t, "<table><tr><td>自然人<td>1</table>"); len(c.Issues) != 0 {
		t.Errorf("a fragment that is whole: issues %v", c.Issues)
	}
}
