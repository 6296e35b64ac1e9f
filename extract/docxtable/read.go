package docxtable

import (
	"context"
	"fmt"
	"path"
	"strconv"
	"strings"

	"gongkai"
	"gongkai/extract"
)

// Read reads a DOCX file. The error wraps extract.ErrEncrypted,
// extract.ErrUnsupported (legacy DOC, WPS and XLS, other packages),
// extract.ErrDamaged or extract.ErrLimit.
func Read(ctx context.Context, d *gongkai.Document) (*extract.Content, error) {
	c, err := read(ctx, d.Body)
	if err != nil {
		return nil, fmt.Errorf("read docx %s: %w", d.Name, err)
	}
	return c, nil
}

func read(ctx context.Context, body []byte) (*extract.Content, error) {
	pack, err := open(body)
	if err != nil {
		return nil, err
	}
	name, err := pack.main()
	if err != nil {
		return nil, err
	}
	part, err := pack.read(name)
	if err != nil {
		return nil, err
	}
	p := newParser(ctx, part)
	// Text without its styles and numbers is better than none: a broken side
	// part is reported, not fatal.
	odd := func(err error) {
		if err != nil {
			p.odd = append(p.odd, err.Error())
		}
	}
	side := func(part string) []byte {
		b, err := pack.read(part)
		odd(err)
		return b
	}
	p.styles, err = readStyles(side(path.Join(path.Dir(name), "styles.xml")))
	odd(err)
	p.lists, err = readLists(side(path.Join(path.Dir(name), "numbering.xml")))
	odd(err)
	nodes, err := p.document()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	w := &writer{second: scan(part, p.styles), room: maxCells}
	if len(w.second) != p.tables {
		w.second = nil
	}
	w.c = &extract.Content{Reader: "docx", Title: coreTitle(side("docProps/core.xml"))}
	w.nodes(nodes)
	for _, detail := range p.odd {
		w.c.Issues = append(w.c.Issues, gongkai.Issue{Code: gongkai.IssueLayout, Detail: detail})
	}
	if p.images > 0 {
		w.c.Meta = map[string]string{"images": strconv.Itoa(p.images)}
	}
	return w.c, nil
}

// A writer turns nodes into blocks.
type writer struct {
	c      *extract.Content
	second [][][]string
	room   int
}

func (w *writer) nodes(nodes []node) {
	for i := range nodes {
		n := &nodes[i]
		if n.table != nil {
			w.table(n.table)
			continue
		}
		for line := range strings.SplitSeq(n.text, string(brk)) {
			shown := strings.Count(line, string(picture))
			if line = withoutPictures(line); line != "" {
				w.c.Blocks = append(w.c.Blocks, extract.Block{Text: line, Level: n.level})
			}
			if k := len(w.c.Blocks); k > 0 {
				w.c.Blocks[k-1].Pictures += shown
			}
		}
	}
}

// table adds a table and the tables inside it, unless they are only boxes; of a
// frame only its content.
func (w *writer) table(t *table) {
	frame := t.layout()
	if !frame {
		var second [][]string
		if w.second != nil {
			second = w.second[t.number-1]
		}
		g, issues := newGrid(t, second, w.room)
		w.c.Issues = append(w.c.Issues, issues...)
		if g != nil {
			w.room -= len(g.Rows) * len(g.Rows[0])
			w.c.Blocks = append(w.c.Blocks, extract.Block{Grid: g, Place: gongkai.Place{Table: t.number}})
		}
	}
	for r := range t.rows {
		for i := range t.rows[r].cells {
			nodes := t.rows[r].cells[i].nodes
			if frame {
				w.nodes(nodes)
				continue
			}
			for k := range nodes {
				if inner := nodes[k].table; inner != nil && !inner.box() {
					w.table(inner)
				}
			}
		}
	}
}
