// Package docxtable reads DOCX files (Office Open XML, as Word and WPS write
// it) into paragraphs and grids, with the standard library alone.
//
// A table is read twice: by an XML decoder into a tree with merged cells, and
// by a plain scan of the bytes for cells in sequence (scan.go). Cells carry
// both texts.
//
// # Files
//
//	read.go     Read: the steps in order
//	parts.go    the package: ZIP under limits, encrypted and legacy files
//	parse.go    paragraphs and runs: what is shown and what is not
//	tables.go   tables, rows, cells
//	marks.go    what text alone does not say: raised, struck out, pictures
//	styles.go   heading levels
//	number.go   automatic numbers, such as the 一、 of a heading
//	grid.go     merged cells spelled out
//	scan.go     the second reading
package docxtable
