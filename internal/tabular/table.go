package tabular

import (
	"io"

	pretty "github.com/jedib0t/go-pretty/v6/table"
	prettytext "github.com/jedib0t/go-pretty/v6/text"
)

// blockRows bounds how many rows are held to find the widths of a table.
const blockRows = 5000

// A Table writes a table for people, or a Markdown table. Long listings
// come in blocks, each with the header.
type Table struct {
	w        io.Writer
	columns  []Column
	markdown bool
	block    pretty.Writer
	n        int // rows in the block
	blocks   int
}

// NewTable begins a table on w, or a Markdown table.
func NewTable(w io.Writer, columns []Column, markdown bool) *Table {
	t := &Table{w: w, columns: columns, markdown: markdown}
	t.next()
	return t
}

// next begins a block.
func (t *Table) next() {
	t.block = pretty.NewWriter()
	t.n = 0
	style := pretty.StyleLight
	style.Format.Header = prettytext.FormatDefault
	t.block.SetStyle(style)
	header := pretty.Row{}
	var configs []pretty.ColumnConfig
	for i, c := range t.columns {
		header = append(header, OneLine(c.Name))
		if c.Kind == Integer || c.Kind == Number {
			configs = append(configs, pretty.ColumnConfig{Number: i + 1, Align: prettytext.AlignRight, AlignHeader: prettytext.AlignRight})
		}
	}
	t.block.SetColumnConfigs(configs)
	t.block.AppendHeader(header)
}

// Row adds a row.
func (t *Table) Row(values []Value) error {
	if t.n == blockRows {
		if err := t.flush(); err != nil {
			return err
		}
		t.next()
	}
	row := make(pretty.Row, len(values))
	for i, v := range values {
		row[i] = OneLine(v.Text)
	}
	t.block.AppendRow(row)
	t.n++
	return nil
}

func (t *Table) flush() error {
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

// Close writes what is held yet.
func (t *Table) Close() error { return t.flush() }
