package htmltable

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"gongkai"
	"gongkai/extract"
)

// A row is one shown <tr> of a table, without the rows of tables inside it.
type row struct {
	group int
	cells []cell
}

// A cell is one shown <td> or <th>.
type cell struct {
	node   *html.Node
	text   string       // folded; of tables inside it only after include
	nested []*html.Node // tables inside it
	blocks int          // paragraphs in it
	broken bool         // digits stand on two lines: one figure, or two
	hidden string       // text with digits that it holds and does not show
}

// hide keeps what a hidden element of the cell says, if it says a figure.
func (c *cell) hide(n *html.Node) {
	if kindOf(n.Data) == skipKind && n.Data != "template" && n.Data != "noscript" {
		return
	}
	if t := fold(nodeText(n)); len(t) <= maxNested && strings.ContainsAny(t, "0123456789") {
		c.hidden = strings.TrimSpace(c.hidden + " " + t)
	}
}

// shown puts the marks around the text of a cell that its own style, or one
// around it, asks for.
func (w *walker) shown(td *html.Node, text string) string {
	if blank(text) {
		return text
	}
	style := compact(attr(td, "style"))
	if w.veil || td.Parent != nil && rowFaint(td.Parent) || strings.Contains(style, "line-through") || isFaint(style) || w.blended(td, style) {
		return struck + text + struck
	}
	return text
}

// rows returns the rows of the table n.
func (w *walker) rows(n *html.Node) []row {
	var rows []row
	group := 0
	w.veil = w.veiled(n)
	var collect func(n *html.Node)
	collect = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || w.hides(c) {
				continue
			}
			switch drawn(c) {
			case groupKind:
				group++
				collect(c)
				group++
			case rowKind:
				rows = append(rows, row{group: group, cells: w.cells(c)})
			}
		}
	}
	collect(n)
	return rows
}

func (w *walker) cells(tr *html.Node) []cell {
	var cells []cell
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || w.hides(c) || drawn(c) != cellKind {
			continue
		}
		cell := cell{node: c}
		var b strings.Builder
		w.cellText(c, &b, &cell, false)
		cell.set(w.shown(c, b.String()))
		cells = append(cells, cell)
	}
	return cells
}

// cellText collects what is shown in a cell. Tables inside it are listed in
// to; without to their text is collected too, up to a limit.
func (w *walker) cellText(n *html.Node, b *strings.Builder, to *cell, pre bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if to == nil && b.Len() > maxNested {
			return
		}
		if c.Type == html.TextNode {
			b.WriteString(sourceText(c.Data, pre))
			continue
		}
		if c.Type != html.ElementNode {
			continue
		}
		if pictured(c) {
			b.WriteRune(picture)
		}
		if w.hides(c) {
			if to != nil {
				to.hide(c)
			}
			continue
		}
		k := drawn(c)
		if k == tableKind && to != nil && w.drawsTable(c) && !w.box(c) {
			to.nested = append(to.nested, c)
			b.WriteRune(brk)
			continue
		}
		if k == inlineKind && !breaks(c) {
			m := w.mark(c)
			b.WriteString(m)
			b.WriteString(inputValue(c))
			w.cellText(c, b, to, pre)
			b.WriteString(m)
			continue
		}
		if to != nil {
			to.blocks++
		}
		m := w.mark(c)
		b.WriteRune(brk)
		b.WriteString(m)
		w.cellText(c, b, to, pre || c.Data == "pre")
		b.WriteString(m)
		b.WriteRune(brk)
	}
}

// maxNested bounds the text that tables inside a cell give to it: longer text
// is no figure and no label.
const maxNested = 600

// include adds the text of the tables inside a cell to its own: a figure may
// stand in a little table of its own.
func (w *walker) include(c *cell) {
	if len(c.nested) == 0 {
		return
	}
	var b strings.Builder
	w.cellText(c.node, &b, nil, false)
	c.set(w.shown(c.node, b.String()))
}

func (c *cell) set(raw string) {
	c.text = withPictures(fold(raw))
	c.broken = brokenPattern.MatchString(raw)
}

// box reports whether a table has a single cell: inside another cell it is
// only a box around text.
func (w *walker) box(n *html.Node) bool { return w.countCells(n) == 1 }

// inlay reports whether a table inside a cell is no table of its own: it holds
// neither labels nor tables, and the cell's text says all.
func (w *walker) inlay(n *html.Node) bool {
	rows := w.rows(n)
	for _, r := range rows {
		if slices.ContainsFunc(r.cells, func(c cell) bool { return len(c.nested) > 0 }) {
			return false
		}
	}
	return labels(rows, formLabels[:]) == 0
}

func (w *walker) countCells(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || w.hides(c) {
			continue
		}
		switch drawn(c) {
		case groupKind, rowKind:
			count += w.countCells(c)
		case cellKind, captionKind:
			count++
		}
	}
	return count
}

// drawsTable reports whether n, a table by name or by style, is one: a <div>
// with display:table and no rows is only a box.
func (w *walker) drawsTable(n *html.Node) bool {
	if n.Data == "table" {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			if k := drawn(c); k == rowKind || k == groupKind {
				return true
			}
		}
	}
	return false
}

// sourceText keeps the line ends of preformatted text.
func sourceText(s string, pre bool) string {
	if pre {
		return strings.ReplaceAll(s, "\n", string(brk))
	}
	return s
}

// formLabels are words that stand in cells of the standard tables of any year.
var formLabels = [...]string{
	"自然人", "商业企业", "科研机构", "法律服务机构", "申请人情况", "本年新收", "上年结转", "结转下", "予以公开", "部分公开", "不予公开",
	"结果维持", "结果纠正", "尚未审结", "未经复议", "复议后起诉", "本年制发", "本年废止", "现行有效", "本年新制作", "本年新公开", "处理决定数量",
	"行政许可", "行政处罚", "行政强制", "规范性文件", "行政事业性收费", "信息内容", "第二十条第", "政府集中采购", "统计指标", "主动公开政府信息数",
}

// recordLabels are words of the small table of metadata above a report.
var recordLabels = [...]string{"索引号", "发布机构", "发文机关", "发布日期", "公开日期", "生成日期", "成文日期", "信息分类", "组配分类"}

// FormTable reports whether g has the look of a standard table: at least two
// cells with labels of a form.
func FormTable(g *extract.Grid) bool { return labels(cellRows(g), formLabels[:]) > 1 }

// cellRows lists the printed cells of a grid.
func cellRows(g *extract.Grid) []row {
	rows := make([]row, len(g.Rows))
	for r := range g.Rows {
		for c := range g.Rows[r] {
			if at := &g.Rows[r][c]; at.Row == r && at.Column == c {
				rows[r].cells = append(rows[r].cells, cell{text: at.Text})
			}
		}
	}
	return rows
}

// labels counts the cells whose short text holds one of the words.
func labels(rows []row, words []string) int {
	n := 0
	for _, r := range rows {
		for i := range r.cells {
			t := r.cells[i].text
			if len(t) > 150 || !strings.ContainsFunc(t, func(c rune) bool { return c >= 0x2E80 }) {
				continue
			}
			t = squeeze(t)
			for _, word := range words {
				if strings.Contains(t, word) {
					n++
					break
				}
			}
		}
	}
	return n
}

// figures reports whether a cell is a number.
func figures(rows []row) bool {
	for _, r := range rows {
		for i := range r.cells {
			if t := r.cells[i].text; t != "" && strings.Trim(t, "0123456789０１２３４５６７８９.,，") == "" {
				return true
			}
		}
	}
	return false
}

// layout reports whether a table only arranges the page. Form labels make a
// table data; otherwise tables inside it, a single column, or a cell full of
// prose make it layout.
func layout(n *html.Node, rows []row, labelled int) bool {
	nested, widest, longest, blocks := false, 0, 0, 0
	for _, r := range rows {
		widest = max(widest, len(r.cells))
		for i := range r.cells {
			c := &r.cells[i]
			nested = nested || len(c.nested) > 0
			longest = max(longest, utf8.RuneCountInString(c.text))
			blocks = max(blocks, c.blocks)
		}
	}
	switch role := strings.ToLower(attr(n, "role")); {
	case labelled > 0 && longest <= 300 && (!nested || labelled > 1):
		return false
	case role == "presentation" || role == "none":
		return true
	case nested:
		return true
	case labelled > 2 && widest > 2:
		return false
	}
	return widest <= 1 || longest > 300 || (widest <= 2 && blocks > 5)
}

// spans turns the rows of a table into spans with the second reading beside
// them. The second reading is matched from the right: the first cells of a row
// are labels, the last ones figures.
func spans(rows []row, second *scanTable) []spanRow {
	out := make([]spanRow, len(rows))
	if second != nil && len(second.rows) != len(rows) {
		second = nil
	}
	for r, row := range rows {
		out[r] = spanRow{group: row.group, cells: make([]span, len(row.cells))}
		for i := range row.cells {
			c := &row.cells[i]
			s := span{text: c.text, uncertain: c.broken, cols: spanOf(c.node, "colspan", 1), rows: spanOf(c.node, "rowspan", 0)}
			if second != nil {
				texts := second.rows[r]
				if j := len(texts) - len(row.cells) + i; j >= 0 {
					s.second, s.confirmed = texts[j], true
				}
			}
			out[r].cells[i] = s
		}
	}
	return out
}

// spanOf reads a span attribute as the HTML standard does: leading digits
// only, 1 if there are none, least if less.
func spanOf(n *html.Node, key string, least int) int {
	v := strings.TrimLeft(attr(n, key), " \t\n\r\f")
	v = strings.TrimPrefix(v, "+")
	end := 0
	for end < len(v) && v[end] >= '0' && v[end] <= '9' {
		end++
	}
	if end == 0 {
		return 1
	}
	span, err := strconv.Atoi(v[:end])
	if err != nil || span > maxSpan {
		span = maxSpan
	}
	if span < least {
		return 1
	}
	return span
}

// table adds a table, or what a layout table holds.
func (w *walker) table(n *html.Node) {
	rows := w.rows(n)
	if len(rows) == 0 {
		w.block(n)
		return
	}
	labelled := labels(rows, formLabels[:])
	if layout(n, rows, labelled) {
		w.caption(n)
		for _, r := range rows {
			for i := range r.cells {
				w.block(r.cells[i].node)
			}
		}
		return
	}
	w.caption(n)
	for _, r := range rows {
		for i := range r.cells {
			w.include(&r.cells[i])
		}
	}
	number := w.numbers[n]
	laid := spans(rows, w.second(number))
	if labelled > 0 && w.scripted(n, rows) {
		unfinished(laid)
		w.issues = append(w.issues, gongkai.Issue{
			Code: gongkai.IssueScript, Place: place0(number), Detail: fmt.Sprintf("a script fills table %d: what the page holds is not what it shows", number),
		})
	}
	grid, issue := newGrid(laid, number, w.room)
	if issue != nil {
		w.issues = append(w.issues, *issue)
	}
	if labelled > 0 {
		w.hiddenCells(rows, number)
	}
	if grid != nil {
		w.room -= len(grid.Rows) * len(grid.Rows[0])
		w.pieces = append(w.pieces, piece{
			Block: extract.Block{Grid: grid, Place: place0(number)}, at: n,
			labels: labelled, record: labels(rows, recordLabels[:]) > 0, figures: figures(rows),
		})
	}
	for _, r := range rows {
		for i := range r.cells {
			c := &r.cells[i]
			for _, t := range c.nested {
				if len(c.text) >= maxNested || !w.inlay(t) {
					w.table(t)
				}
			}
		}
	}
}

func (w *walker) caption(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && drawn(c) == captionKind && !w.hides(c) {
			w.block(c)
		}
	}
}
