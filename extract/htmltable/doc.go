// Package htmltable reads web pages into paragraphs and grids. It knows HTML
// as agencies publish it (publishing systems, Word and WPS pastes, layout
// tables, wrong charsets) and nothing of what the tables mean.
//
// Every page is read twice: once through the tree that golang.org/x/net/html
// builds as a browser would, and once as a plain sequence of tags (scan.go).
// A cell carries the text of both readings, so that a repair by the tree
// builder that moved or merged text cannot pass unseen.
//
// # Files
//
//	read.go      Read: limits, and the steps in order
//	parse.go     text to tree; pages that are nested too deeply
//	scan.go      the second reading
//	walk.go      tree to paragraphs and tables in order
//	table.go     is it data or layout, its rows and cells
//	hidden.go    hidden tables that are no copies
//	tabs.go      tables pasted as text with tabs
//	grid.go      merged cells spelled out, under limits
//	node.go      what an element is, and whether it is shown
//	text.go      white space
//	marks.go     what text alone does not say: raised, struck out, pictures
//	main.go      the part of the page that holds the report
//	embedded.go  tables that a script would show
//	meta.go      metadata, attachments, images
package htmltable
