package main

import (
	"io"

	pretty "github.com/jedib0t/go-pretty/v6/table"
	prettytext "github.com/jedib0t/go-pretty/v6/text"
)

// blockRows bounds how many rows are held to find the widths of a table.
const blockRows = 5000

// rowsTable writes a table for people, or a Markdown table. Long listings
// come in blocks, each with the header.
type rowsTable struct {
	w        io.Writer
	columns  []column
	markdown bool
	block    pretty.Writer
	n        int // rows in the block
	blocks   int
}

func newRowsTable(w io.Writer, columns []column, markdown bool) *rowsTable {
	t := &rowsTable{w: w, columns: columns, markdown: markdown}
	t.next()
	return t
}

// next begins a block.
func (t *rowsTable) next() {
	t.block = pretty.NewWriter()
	t.n = 0
	style := pretty.StyleLight
	style.Format.Header = prettytext.FormatDefault
	t.block.SetStyle(style)
	header := pretty.Row{}
	var configs []pretty.ColumnConfig
	for i, c := range t.columns {
		header = append(header, oneLine(c.name))
		if c.kind == integer || c.kind == number {
			configs = append(configs, pretty.ColumnConfig{Number: i + 1, Align: prettytext.AlignRight, AlignHeader: prettytext.AlignRight})
		}
	}
	t.block.SetColumnConfigs(configs)
	t.block.AppendHeader(header)
}

func (t *rowsTable) row(values []value) error {
	if t.n == blockRows {
		if err := t.flush(); err != nil {
			return err
		}
		t.next()
	}
	row := make(pretty.Row, len(values))
	for i, v := range values {
		row[i] = oneLine(v.text)
	}
	t.block.AppendRow(row)
	t.n++
	return nil
}

func (t *rowsTable) flush() error {
	if t.n == 0 {
		return nil
	}
	t.blocks++
	rendered := ""
	if t.markdown {
		rendered = t.block.RenderMarkdown()
	} else {
		rendered = t.block.Render()
	}
	_, err := io.WriteString(t.w, rendered+"\n")
	return err
}

func (t *rowsTable) close() error { return t.flush() }
