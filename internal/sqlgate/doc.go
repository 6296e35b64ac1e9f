// Package sqlgate runs SQL that strangers wrote, in a process of its own for
// each query. What may be asked is decided by the statement as DuckDB parses
// it: one SELECT over the tables of the warehouse and over what is described
// in allowed.go, with the functions of functions.txt. What it may cost is
// decided by Limits, which the system enforces. Whatever the query does, the
// process that asked lives on and gets rows or an *Error.
//
// # Files
//
//	request.go  what is asked, and the limits
//	run.go      Run: the parent's side
//	rows.go     the rows as they come
//	worker.go   Serve: the child's side, step by step
//	gate.go     what may be asked
//	allowed.go  the functions and tables that are allowed
//	files.go    files of the user as tables
//	fault.go    what DuckDB says of a faulty query, and where
//	error.go    Error and its codes
//	text.go     every type as text that keeps every digit
//	wire.go     what parent and child say to each other
package sqlgate
