// Package replica serves agency sites of 示例市, a place that does not exist,
// on loopback: the test bed of the crawler and the data of the demo. Beside
// them stands one real report, that of 吴忠市科学技术局 for 2023, with its
// published figures and prose of our own.
//
// Everything follows from a seed. What is wrong with the reports was planted,
// and the world knows all of it: the errors in the figures, the reports that
// are late, missing or corrected, and what must become of every link that is
// no plain report.
//
// # Files
//
//	world.go      World, New: all sites in the state of one night
//	place.go      which bodies publish where, in which format, with what errors
//	edition.go    reports, planted errors and the findings that follow
//	quirk.go      links that are no plain report and what must become of them
//	behaviour.go  odd ways of serving a report
//	oracle.go     the rules that a report breaks, told without the queries
//	copies.go     the texts that were copied, likewise
//	web.go        one site: its pages and addresses
//	trs.go hanweb.go gkmlpt.go vsb.go ucap.go roster.go paged.go   publishing systems
//	empire.go     two systems that number their pages alike
//	menu.go       home pages and the ways that lead from them to a column
//	declare.go    the site files (TOML) that the crawler reads
//	rename.go     bodies that had another name, and the record of it
//	portal.go     portals without reports; small.go: many small sites
//	server.go     serving it all, with a log of requests
package replica
