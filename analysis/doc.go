// Package analysis asks the questions of package queries and judges reports by
// the answers.
//
// A finding is a place where the figures of a report break a rule. It says
// which table and cell, both figures, and where they stand in the document. A
// finding counts against an agency only if its status is disputed: every cell
// that it rests on was read twice alike, or confirmed by its sums. All others
// are suspect: the fault may be in our reading.
//
// # Files
//
//	check.go    Check: run the rules, count outcomes, collect findings
//	testsql.go  how a check is run: once, over all places
//	finding.go  Finding, Operand
//	operand.go  the cells that findings rest on
//	words.go    the words that findings rest on
//	reply.go    what agencies have said about findings
//	store.go    keep findings in the warehouse
//	query.go    Query: one SELECT of a user, safely
//	peers.go    PeerGroup: who may be compared with whom
//	rank.go     Rank: the Report Compliance Index of a peer group
//	rank_*.go   its reports, scores and bands, draws, leave-one-out
//	rate.go     Rate: the index of one agency, year by year
package analysis
