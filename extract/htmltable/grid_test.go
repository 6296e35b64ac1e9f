package htmltable

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"gongkai"
	"gongkai/extract"
)

func read(t testing.TB, body string) *extract.Content {
	t.Helper()
	c, err := Read(t.Context(), &gongkai.Document{Name: "page.html", Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// drawing prints the grids of a page, one row a line.
func drawing(c *extract.Content) string {
	var lines []string
	for _, b := range c.Blocks {
		if b.Grid == nil {
			continue
		}
		var s strings.Builder
		dumpGrid(&s, b.Grid, 0)
		_, rows, _ := strings.Cut(strings.TrimSuffix(s.String(), "\n"), "\n")
		lines = append(lines, rows)
	}
	return strings.Join(lines, "\n\n")
}

func TestSpans(t *testing.T) {
	for _, tt := range []struct{ name, table, want string }{
		{"plain", "<tr><td>自然人<td>1<tr><td>其他<td>2", "| 自然人 | 1 |\n| 其他 | 2 |"},
		{"colspan", "<tr><td colspan=2>自然人<tr><td>1<td>2", "| 自然人 | < |\n| 1 | 2 |"},
		{"rowspan", "<tr><td rowspan=2>自然人<td>1<tr><td>2", "| 自然人 | 1 |\n| ^ | 2 |"},
		{"both", "<tr><td rowspan=2 colspan=2>自然人<td>1<tr><td>2", "| 自然人 | < | 1 |\n| ^ | ^ | 2 |"},
		{"span beyond the table", "<tr><td rowspan=9>自然人<td>1<tr><td>2", "| 自然人 | 1 |\n| ^ | 2 |"},
		{"rowspan 0 ends with its group", "<tbody><tr><td rowspan=0>自然人<td>1<tr><td>2</tbody><tbody><tr><td>3<td>4", "| 自然人 | 1 |\n| ^ | 2 |\n| 3 | 4 |"},
		{"rowspan ends with its group", "<thead><tr><td rowspan=5>自然人<td>1</thead><tbody><tr><td>3<td>4", "| 自然人 | 1 |\n| 3 | 4 |"},
		{"overlap: the earlier cell keeps its place", "<tr><td>自然人<td rowspan=2>1<td>2<tr><td colspan=3>3<td>4", "| 自然人 | 1 | 2 |\n| 3 | ^ | 4 |"},
		{"short rows are filled up", "<tr><td>自然人<td>1<td>2<tr><td>3", "| 自然人 | 1 | 2 |\n| 3 | ~ | ~ |"},
		{"an empty last cell is printed", "<tr><td>自然人<td>1<tr><td>3<td>", "| 自然人 | 1 |\n| 3 |  |"},
		{"columns where nothing begins are dropped", "<tr><td>自然人<td colspan=99999999>1<tr><td>3<td>4", "| 自然人 | 1 |\n| 3 | 4 |"},
		{"spans that are no numbers", "<tr><td colspan='x'>自然人<td colspan=-3>1<td rowspan='2px'>2<tr><td>3<td>4", "| 自然人 | 1 | 2 |\n| 3 | 4 | ^ |"},
		{"empty row", "<tr><td rowspan=3>自然人<td>1<tr><tr><td>2", "| 自然人 | 1 |\n| ^ | ~ |\n| ^ | 2 |"},
		{"end tags left out", "<tr><td>自然人<td>1<tr><th>其他<td>2", "| 自然人 | 1 |\n| 其他 | 2 |"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := drawing(read(t, "<table>"+tt.table+"</table>"))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	c := read(t, "<table><tr><td>首页<td>联系我们</table><table><tr><td colspan=2>自然人<td>总计<tr><td>1<td>2<td>3</table>")
	g := c.Blocks[len(c.Blocks)-1].Grid
	if got, want := g.Rows[1][2].Place, (gongkai.Place{Table: 2, Row: 2, Column: 3}); got != want {
		t.Errorf("place %+v, want %+v", got, want)
	}
	if got, want := g.Rows[0][1].Place, (gongkai.Place{Table: 2, Row: 1, Column: 1}); got != want {
		t.Errorf("place of a merged cell %+v, want %+v", got, want)
	}
}

// TestCellLimit: a table that would fill the memory is cut and says so.
func TestCellLimit(t *testing.T) {
	row := "<tr><td>自然人" + strings.Repeat("<td>1", 150)
	c := read(t, "<table>"+strings.Repeat(row, 1800)+"</table>")
	cells := 0
	for _, b := range c.Blocks {
		if b.Grid != nil {
			cells += len(b.Grid.Rows) * len(b.Grid.Rows[0])
		}
	}
	if cells == 0 || cells > maxCells {
		t.Errorf("%d cells, limit %d", cells, maxCells)
	}
	if len(c.Issues) != 1 || c.Issues[0].Code != gongkai.IssueLimit {
		t.Errorf("issues %v, want one limit", c.Issues)
	}
}

func TestColumnLimit(t *testing.T) {
	c := read(t, "<table><tr>"+strings.Repeat("<td>自然人", 5000)+"</table>")
	if n := len(c.Blocks[0].Grid.Rows[0]); n != maxColumns {
		t.Errorf("%d columns, want %d", n, maxColumns)
	}
	if len(c.Issues) != 1 || c.Issues[0].Code != gongkai.IssueLimit {
		t.Errorf("issues %v, want one limit", c.Issues)
	}
}

// TestSecondReading: texts are matched from the right within a row, and only
// if both readings see the same rows.
func TestSecondReading(t *testing.T) {
	c := read(t, "<table><tr><td>自然人<td>商业企业<tr><td><b>1</b><td>2<p style='display:none'>9<td>3</table>")
	if got := drawing(c); got != "| 自然人 | 商业企业 | ~ |\n| 1 | 2 | 3 |" {
		t.Errorf("the readings should agree:\n%s", got)
	}
	rows := []row{{cells: []cell{{node: &html.Node{}, text: "总计"}, {node: &html.Node{}, text: "5"}}}}
	for _, tt := range []struct {
		name   string
		second *scanTable
		want   []span
	}{
		{"the same cells", &scanTable{rows: [][]string{{"总计", "6"}}}, []span{{second: "总计", confirmed: true}, {second: "6", confirmed: true}}},
		{"one more cell", &scanTable{rows: [][]string{{"", "总计", "5"}}}, []span{{second: "总计", confirmed: true}, {second: "5", confirmed: true}}},
		{"one cell less", &scanTable{rows: [][]string{{"5"}}}, []span{{}, {second: "5", confirmed: true}}},
		{"other rows", &scanTable{rows: [][]string{{"总计", "5"}, {"1"}}}, []span{{}, {}}},
		{"no such table", nil, []span{{}, {}}},
	} {
		for i, got := range spans(rows, tt.second)[0].cells {
			if got.second != tt.want[i].second || got.confirmed != tt.want[i].confirmed {
				t.Errorf("%s: cell %d has second reading %q %v, want %q %v", tt.name, i, got.second, got.confirmed, tt.want[i].second, tt.want[i].confirmed)
			}
		}
	}
}

// TestHiddenTables: a hidden copy is dropped in silence, anything else hidden
// is named.
func TestHiddenTables(t *testing.T) {
	table := "<table><tr><td>自然人<td>商业企业<tr><td>1<td>%d</table>"
	shown := fmt.Sprintf(table, 1)
	for _, tt := range []struct {
		name, hidden string
		issues       int
	}{
		{"copy for small screens", "<div style='display:none'>" + shown + "</div>", 0},
		{"another year behind a tab", "<div style='display:none'>" + fmt.Sprintf(table, 2) + "</div>", 1},
		{"nothing", "", 0},
	} {
		c := read(t, shown+tt.hidden)
		if got := drawing(c); got != "| 自然人 | 商业企业 |\n| 1 | 1 |" || len(c.Issues) != tt.issues {
			t.Errorf("%s: issues %v, want %d; read\n%s", tt.name, c.Issues, tt.issues, got)
		}
	}
}

// rectangular checks what Grid promises.
func rectangular(g *extract.Grid) error {
	for r, row := range g.Rows {
		if len(row) != len(g.Rows[0]) {
			return fmt.Errorf("row %d has %d places, row 0 has %d", r, len(row), len(g.Rows[0]))
		}
		for c := range row {
			cell := &row[c]
			if cell.Row > r || cell.Column > c || cell.Row < 0 || cell.Column < 0 {
				return fmt.Errorf("place %d,%d has its anchor at %d,%d", r, c, cell.Row, cell.Column)
			}
			if *cell != g.Rows[cell.Row][cell.Column] {
				return fmt.Errorf("place %d,%d differs from its anchor", r, c)
			}
			// The merged cell is a rectangle: everything between is its copy.
			if *cell != g.Rows[r][cell.Column] || *cell != g.Rows[cell.Row][c] {
				return fmt.Errorf("place %d,%d: its cell is not a rectangle", r, c)
			}
		}
	}
	return nil
}

func FuzzHTMLGrid(f *testing.F) {
	f.Add("<table><tr><td rowspan=2 colspan=3>自然人<td>1<tr><td>2</table>")
	f.Add("<table><tr><td>a<table><tr><td colspan=0>自然人</table><td rowspan=65535>b<tr><td>c")
	f.Add("<tr><td>规章<td>0</tr>")
	f.Add("<div role=table><div role=row><p role=cell>行政许可</div></div>")
	f.Add("<pre>行政许可\t1\n行政处罚\t2</pre>")
	f.Add(`<script>a="<table><tr><td>自然人<\/td><\/tr>"</script><textarea><table><tr><td>总计</textarea>`)
	f.Fuzz(func(t *testing.T, body string) {
		c, err := Read(t.Context(), &gongkai.Document{Name: "fuzz", Body: []byte(body)})
		if err != nil {
			return
		}
		for _, b := range c.Blocks {
			if (b.Grid == nil) == (b.Text == "") {
				t.Fatalf("a block is a paragraph or a table: %+v", b)
			}
			if strings.ContainsAny(b.Text, "\n\r\t\u2028") {
				t.Fatalf("a paragraph with line breaks: %q", b.Text)
			}
			if b.Grid != nil {
				if err := rectangular(b.Grid); err != nil {
					t.Fatalf("%v\n%q", err, body)
				}
			}
		}
	})
}

// TestFigureInTable: a figure in a little table of its own is its cell's.
func TestFigureInTable(t *testing.T) {
	for _, tt := range []struct{ name, cell, want string }{
		{"one cell", "<table><tr><td>5</td></tr></table>", "5"},
		{"an empty cell before it", "<table><tr><td></td><td>5</td></tr></table>", "5"},
		{"two rows", "<table><tr><td>5</td></tr><tr><td>6</td></tr></table>", "5 6"},
		{"beside a figure", "4<table><tr><td>5</td><td></td></tr></table>", "4 5"},
		{"table in table in table", "<table><tr><td><table><tr><td>5</table></table>", "5"},
		{"drawn by a style", "<div style='display:table'><div style='display:table-row'><i style='display:table-cell'>5</i></div></div>", "5"},
		{"hidden", "<table style='display:none'><tr><td>5<td>6</table>", ""},
		{"nothing", "<table><tr><td></td><td></td></tr></table>", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := read(t, "<table><tr><td>自然人<td>商业企业<tr><td>1<td>"+tt.cell+"</table>")
			if len(c.Blocks) != 1 || c.Blocks[0].Grid == nil {
				t.Fatalf("want one table:\n%s", dump(c))
			}
			cell := c.Blocks[0].Grid.Rows[1][1]
			if cell.Text != tt.want || cell.Confirmed && cell.Second != tt.want {
				t.Errorf("read %q, second reading %q, want %q", cell.Text, cell.Second, tt.want)
			}
		})
	}
	deep := "<table><tr><td>自然人<td>商业企业<tr><td>1<td><table><tr><td>a<td><table><tr><td>规章<td>行政处罚<tr><td>2<td>3</table></table></table>"
	if got, want := drawing(read(t, deep)), "| 规章 | 行政处罚 |\n| 2 | 3 |"; !strings.HasSuffix(got, want) {
		t.Errorf("a form deep inside: read\n%s\nwant at the end\n%s", got, want)
	}
	every := strings.NewReplacer("<td>", "<td><table><tr><td>", "</td>", "</td></tr></table></td>")
	boxes := every.Replace("<table><tr><td>自然人</td><td>商业企业</td></tr><tr><td>1</td><td>2</td></tr></table>")
	if got, want := drawing(read(t, boxes)), "| 自然人 | 商业企业 |\n| 1 | 2 |"; got != want {
		t.Errorf("every cell in a box: read\n%s\nwant\n%s", got, want)
	}
}
