package crawler

import (
	"context"
	"iter"

	"gongkai"
)

// A Platform knows how one publishing system lists its pages. Sites are many
// and platforms few: code goes there, addresses go in sites/.
type Platform interface {
	// Links yields what column c of site s lists, in the order of the pages.
	// An error stands for one page that could not be read or understood; the
	// others still come. A column without a single link yields FailEmpty or
	// FailUnrecognised.
	Links(ctx context.Context, s *Site, c *Column, get Getter) iter.Seq2[Link, error]
}

// A Link is one entry of a list.
type Link struct {
	URL       string
	Title     string // the fullest wording the list gives
	Published string // YYYY-MM-DD if the list shows a date, else empty
	Page      string // the list page it stands on
	Unit      string // the unit as a roster or a folder names it, else empty
	Year      int    // the fiscal year of the folder or tab it stands in, 0 if none
	Entry     EntryKind
	Note      string // what a roster says beside it, such as 按时

	Obliged bool         // it is a row of a roster: Unit had to publish
	Said    gongkai.Said // and what the row says of the report
}

// EntryKind says what sort of entry a link is.
type EntryKind string

// The kinds of entry. The zero value is an entry of an ordinary list.
const (
	EntryReport   EntryKind = ""         // a page that may be a report
	EntryFile     EntryKind = "file"     // a file listed beside an entry (resList, attachments)
	EntryUnlinked EntryKind = "unlinked" // a roster row without a link: obliged, nothing published
)
