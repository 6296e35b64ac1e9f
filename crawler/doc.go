// Package crawler finds annual reports on agency sites and hands them to the
// archive. Sites are data (sites/*.toml); how a publishing system lists its
// pages is code (package platform); fetching politely is somebody else's work
// (a [Getter]).
//
// Ideas to know:
//
//   - Nothing found is ever dropped in silence. Every link of a list ends as
//     captured, as a problem or as a skip with its reason, and a
//     [RunSummary] proves that the three add up to what was found.
//   - Empty is not fine. A list page without items, a page that no platform
//     recognises and a pager that repeats itself are problems.
//   - A run can be killed at any point. The [Journal] knows what is done; the
//     next run goes on from there and fetches nothing twice.
//
// # Files
//
//	site.go      Site, Column, Agency: what sites/*.toml declare
//	registry.go  reading them: Embedded, Load, Parse; lint.go checks them
//	region.go    which region codes can be
//	template.go  NewTemplate: a file for a new site
//	get.go       Request, Page, Getter, Failure
//	link.go      Platform, Link
//	address.go   Resolve: canonical addresses
//	title.go     what a title says: agency, year, kind
//	match.go     whose report it is
//	uscc.go      统一社会信用代码 in addresses
//	deadline.go  when a report is due
//	plan.go      what is due tonight
//	journal.go   what is done, across runs
//	crawl.go     Crawl: all sites
//	sitecrawl.go one site and its lists
//	document.go  one report page and its attachments
//	assess.go    what a site asserts, what is missing or late
//	summary.go   RunSummary, outcomes, conservation
package crawler
