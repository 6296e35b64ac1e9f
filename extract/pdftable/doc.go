// Package pdftable reads paragraphs and tables from PDF files.
//
// The primary reading takes characters with boxes and ruling lines from
// PDFium, compiled to WebAssembly. Tables are rebuilt from the rules
// (lattice) or, where a table has none, from the positions of its figures
// (stream), and joined over page breaks. github.com/ledongthuc/pdf reads the
// same bytes a second time; where it can read a page, every cell carries what
// it saw, and the extraction core compares.
//
// Pool.Show draws a page as a picture on which the boxes of cells lie.
//
// A file is never trusted: its size, pages, objects, memory and time are
// bounded, and a Pool given a WorkerCommand parses in child processes, which
// it kills and replaces when one hangs or dies.
package pdftable
