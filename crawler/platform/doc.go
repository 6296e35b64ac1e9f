// Package platform knows how the publishing systems of agency sites list
// their pages, one file a system. [Table] names them.
//
// Ideas to know:
//
//   - A system says how its pager works and where its entries stand; the
//     walker (walk.go) does the rest: fetching, limits, folders, traps.
//   - An error concerns one list page and goes to the caller between the
//     links. A page without links that should have some is an error.
//   - Patterns match digits and quoted names only, never a function's text: a
//     page may define the very function that it calls.
//
// # Files
//
//	table.go     Table, Detect
//	walk.go      the walker: open, pages, tree, traps
//	page.go      page: a fetched list page
//	items.go     entries among the anchors of a page
//	folder.go    folders by year, department, region; dropdowns, frames
//	trs.go hanweb.go hanweb2.go jpaas.go gkmlpt.go ucap.go vsb.go aspnet.go
//	base64.go numbered.go blocks.go roster.go generic.go   one system each
//	jsonlist.go  lists of JSON and JSONP; filelist.go igs.go jsonapi.go on top of it
//	was.go       the TRS search
//	article.go   Articles: files, parts and redirects of report pages
package platform
