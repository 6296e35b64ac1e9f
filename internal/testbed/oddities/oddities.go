// Package oddities is a test bed of how agency sites behave when they do not
// behave: each case is a small site with one oddity and what a crawl must make
// of it, outcome by outcome. The cases are numbered by kind of behaviour.
//
// Ideas to know:
//
//   - [Cases] is the only list of cases and [Kinds] that of their kinds.
//     README.md is made from both.
//   - A case may last several nights: the site changes between them.
//   - A [Server] serves a case inside the process, plain and over TLS, and logs
//     the requests: who asks faster than the site allows, or somebody who is not
//     on its list, is found out in every case.
//
// # Files
//
//	oddities.go  Case, Night, Pages, Cases
//	kinds.go     Kinds, and the tests that cover what no case can
//	parts.go     what cases are made of: lists, reports, answers
//	bytes.go     files of other kinds
//	server.go    Server; conn.go its connections; tls.go its certificates
//	readme.go    README.md
//	lists.go     how reports are listed; trees.go folders and interfaces
//	walls.go     challenges, redirects, soft 404s, floods; secure.go TLS
//	files.go     attachments, cut files, robots.txt; kept.go files and who reads them
//	traps.go     loops, hidden lists, charsets
//	nights.go    what changes from night to night
//	crowd.go     many agencies, many hosts, names that clash
package oddities

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Host is the site of every case.
const Host = "www.oddities.example"

// A Case is one oddity.
type Case struct {
	Number   int    // kind of behaviour, from 1
	Name     string // what is odd
	Platform string // of the site
	Column   string // address of its list, on Host
	Pages    Pages
	// Want lists what must become of everything that the crawl meets, sorted:
	// "RESULT ADDRESS", with "problem:KIND" or "skip:REASON" in the place of the
	// result, and the address without the site.
	Want []string
	// Notes are the notices and alerts that people must be given, sorted:
	// "CODE ADDRESS", "alert:CODE COLUMN".
	Notes []string
	// Filed says for some addresses how the crawl must have filed what is there:
	// "AGENCY YEAR TITLE", with - for what must be left open.
	Filed map[string]string
	// Reads says for some documents what reading gives: "report", or the code of
	// the problem that is shown for it.
	Reads map[string]string

	Site       string        // more of the site's file, from the column's keys on
	Hosts      []string      // more hosts of the site
	Neighbours []string      // hosts of further sites with the same list, all at one IP address
	Delay      time.Duration // the least time between two requests; 0 is the usual
	Flaw       Flaw          // of its TLS
	Nights     []Night       // after the first
}

// A Night is a later visit to the site of a case.
type Night struct {
	After time.Duration // since the visit before; 0 is a day
	All   bool          // visit all, due or not
	Pages Pages         // what is new; the other pages stay
	Want  []string
	Notes []string
}

// Pages are the answers of a site by request URI; those to a POST by "POST "
// and the URI, those of other hosts by "//HOST" and the URI.
type Pages map[string]http.HandlerFunc

// ServeHTTP answers as the site does.
func (p Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.URL.RequestURI()
	if r.Host != Host {
		key = "//" + r.Host + key
	}
	if r.Method == http.MethodPost {
		key = "POST " + key
	}
	if h := p[key]; h != nil {
		h(w, r)
		return
	}
	http.NotFound(w, r)
}

// Cases returns all cases in the order of their numbers. The handlers of some
// remember what they were asked: a case is good for one crawl.
func Cases() []Case {
	all := slices.Concat(lists(), trees(), walls(), secure(), files(), kept(), traps(), nights(), crowd())
	slices.SortStableFunc(all, func(a, b Case) int { return a.Number - b.Number })
	return all
}

// ID names a case in tests.
func (c *Case) ID() string { return fmt.Sprintf("%02d %s", c.Number, c.Name) }

// SiteFiles returns the files that declare the sites of the case, by name.
func (c *Case) SiteFiles() map[string]string {
	declare := func(host string, more []string) string {
		column := c.Column
		if strings.HasPrefix(column, "/") {
			column = "http://" + host + column
		}
		return fmt.Sprintf("name = \"示例市\"\nplatform = %q\nhosts = [\"%s\"]\nevidence = [\"a test\"]\n[[column]]\nid = \"nb\"\nurl = %q\n%s\n",
			c.Platform, strings.Join(append([]string{host}, more...), `", "`), column, c.Site)
	}
	files := map[string]string{"oddities.toml": declare(Host, c.Hosts)}
	for i, host := range c.Neighbours {
		files[fmt.Sprintf("neighbour-%d.toml", i+1)] = declare(host, nil)
	}
	return files
}
