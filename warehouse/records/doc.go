// Package records reads what people write down beside the reports: exceptions
// that they accept, what became of agencies, who had to publish, and what
// agencies replied. Records are strict TOML files in the folder records of the
// data; what the law itself excuses comes with the program (law.toml).
//
// # Files
//
//	records.go  Set, Read, New: all kinds of records
//	file.go     one file, read strictly, faults with file, line and a hint
//	excuse.go   excuses.toml
//	agency.go   agencies.toml: events, names and codes
//	roster.go   rosters.toml
//	reply.go    replies.toml
//	confirmation.go  confirmations.toml
//	reading.go  readings.toml
//	law.toml    excuses and breaks that follow from the law
package records
