// Package discover finds the lists of annual reports of a site from its home
// page, and writes the site file that a crawl needs.
//
// Ideas to know:
//
//   - A search follows links in the order of what their text promises
//     (scores.txt), as a person does, and asks for few pages.
//   - A page that promises reports is read by the reader of its own publishing
//     system (package platform), and is a column if a third of its links are
//     reports. Nothing else makes a column.
//   - What is proposed is never certain: the site file says of each line where
//     it comes from, and is unverified until a live run has confirmed it.
//
// # Files
//
//	discover.go   Search: the queue, the budget, walls
//	score.go      what a link's text and address promise (scores.txt)
//	menu.go       the links of a page: anchors, areas, dropdowns, frames, clicks
//	script.go     links that scripts hold: menus, gkmlpt trees, included pages
//	column.go     reading a page as a column; folders that columns share
//	prune.go      which columns remain
//	identity.go   whose site it is: name, code, level
//	agency.go     agencies from titles and units
//	write.go      the site file
//	homes.go      lists of home pages
//	check.go      a look at the lists of a site that has a file
package discover
