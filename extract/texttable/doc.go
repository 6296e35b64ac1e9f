// Package texttable reads plain text, Markdown and text with tabs into
// paragraphs and grids. Most such files are web pages or PDFs that someone
// flattened, so it knows the shapes that flattening leaves:
//
//   - rows with tabs, trailing tabs and all;
//   - Markdown tables, and rows with stray bars;
//   - one cell on each line, with bars or without;
//   - rows of words and figures, divided by spaces.
//
// Rows are ragged as printed: nothing is moved. A cell that is printed, even
// empty, has a Place; what only fills a row up has none. Cells whose place in
// a row had to be guessed are marked Uncertain.
//
// # Files
//
//	read.go    Read: lines to blocks
//	prose.go   paragraphs and headings
//	rows.go    tables with one row on a line
//	spaced.go  tables with spaces between the cells of a row
//	cells.go   tables with one cell on a line
//	figure.go  what looks like a figure, a label, the start of a row
//	grid.go    rows to grids
package texttable
