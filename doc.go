// Package gongkai holds the words of the project: documents, reports, cells,
// forms, agencies and issues. It imports the standard library only and every
// other package speaks in its terms.
//
// gongkai (公开) reads 政府信息公开工作年度报告, the annual reports that Chinese
// government agencies publish about disclosure of government information, into
// rows whose every cell is right or flagged.
//
// Three kinds of trouble are kept apart everywhere:
//
//   - an error: our run failed (the file could not be read, the disk is full);
//   - an [Issue]: the document is odd (a row is missing, a cell holds a note);
//   - a finding (package analysis): the figures break a rule.
//
// # Files
//
//	document.go  Document: bytes and where they came from
//	report.go    Report, Table, Cell, State, Status, Place
//	narrative.go Section, Fact: what the prose says
//	form.go      Form: a table format as data
//	decimal.go   Decimal: an exact figure
//	agency.go    Agency, Level, Scope
//	issue.go     Issue and its codes
//
// # The flow
//
//	sites → crawler → archive → extract → warehouse → analysis
package gongkai
