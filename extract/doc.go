// Package extract turns what a reader saw in a document into reports: cells of
// the standard tables, figures of the prose, and what was odd about them.
//
// # Stages
//
// In this order, with what each hands to the next:
//
//  1. split.go: a Content (blocks of text and grids, made by a reader) is cut
//     into one Content for each report, at the titles.
//  2. identity*.go, title.go, section.go, fact*.go: the prose gives agency, year,
//     scope, sections and facts of a gongkai.Report.
//  3. row.go, foreign.go, earlier.go: grids become printedRows: cells with their
//     labels, without columns that no form has and tables of other years.
//  4. choose.go, proactive.go, statistics.go: the form (a tableMatcher of the
//     formSet) that the rows follow is chosen for each table.
//  5. align.go, match.go, requestrow.go, proactiverow.go, disputerow.go: rows are
//     paired with those of the form, figures with its columns: a tableReading.
//  6. transcript.go: what people have read takes the place of what was read here.
//  7. status.go: identities and second readings judge each cell of the
//     tableReading; extract.go writes them as gongkai.Cells and Issues.
//
// # Forms
//
// A form is one file, formats/ID.toml: its rows and columns with the labels seen,
// its identities, and the years it is for. Which form a table follows is found
// from the rows and columns that one form has and another lacks; where nothing
// tells, the form in force for the year counts.
package extract
