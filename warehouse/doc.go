// Package warehouse keeps reports in one DuckDB file that explains itself:
// every table, view and column carries a comment in Chinese and English.
//
// Cells are kept in the long form, one row for each cell of the form, present
// or not; wide shapes are views, harmonised measures are added up at loading. A report is identified
// by agency, fiscal year and scope; every revision is kept and one is current.
// What has no known agency, year or scope is never merged with anything.
//
// Loading is idempotent: the same documents with the same content change
// nothing, in any order and any number of batches, and [DB.Digest] proves it.
// A batch is one transaction: after a crash it is there as a whole or not at all.
// There are no migrations. A file made with another schema or other forms is
// refused with [ErrSchema]; the archive can build a new one.
//
// # Files
//
//	warehouse.go  Options, Open, Close
//	file.go       whether a file is a database, and whole
//	harden.go     the settings under which databases are opened
//	schema.sql    the tables
//	views/        macros and views, by subject
//	comments.txt  what every table, view and column means
//	schema.go     creates all of it
//	catalogue.go  the forms as tables
//	wide.go       one view for each form, with a column for each cell
//	item.go       Item, Problem, identities and ids
//	load.go       Load
//	rows.go       reports as rows
//	append.go     rows into DuckDB
//	totals.go     totals that were left blank
//	added.go      measures, equations and tables, added up at loading
//	current.go    revisions
//	agency.go     agencies and recorded exceptions
//	history.go    what became of agencies
//	digest.go     Digest
//
// It is the only package that imports the DuckDB driver.
package warehouse
