// Package queries holds the questions that are asked of the warehouse: one
// .sql file each, with a header that says what it asks and then one SELECT.
//
// A check (folder checks) is a rule. It returns one row for each place where
// the rule was tested, with the outcome: PASS, FAIL or UNKNOWN, strictly and
// leniently. Checks share their columns, see [CheckColumns]; one that has no
// use for a column leaves it out. Package analysis counts the outcomes and
// keeps the rows that FAIL.
//
// Trends, rankings, reports and the worked questions of the cookbook return
// what their header says.
//
// The header is parsed strictly: an unknown key, a missing one or a column
// that the query does not return is an error.
//
// # Files
//
//	queries.go  Query, All, Get
//	header.go   the parser
//	columns.go  CheckColumns
package queries
