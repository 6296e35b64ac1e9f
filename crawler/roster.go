package crawler

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gongkai"
)

// A Roster is what a column of roster pages (年度报告公布情况) says.
type Roster struct {
	Obligations []gongkai.Obligation // in the order of agencies, years and pages
	Problems    []gongkai.RosterProblem
	Captured    time.Time // when the newest of the pages was received; zero if there is none
	Failed      error     // the first page that could not be had or was not understood
}

// IsRoster reports whether the site file declares a column to be a roster. A
// table of units elsewhere may list anything.
func (s *Site) IsRoster(c *Column) bool {
	return c.Shape == ShapeRoster || s.PlatformOf(c) == "roster"
}

// ReadRoster reads who had to publish, as the pages of a column say that get
// gives. The units are agencies of the site, or "name:" and the name as printed
// where that names a place: 市财政局 is many. A line whose unit or year is not
// certain obliges nobody: see [Roster.Problems].
func ReadRoster(ctx context.Context, p Platform, s *Site, col *Column, get Getter) Roster {
	r := rosterReader{site: s, col: col, match: newMatcher(s), captured: map[string]time.Time{}}
	for l, err := range p.Links(ctx, s, col, r.watch(get)) {
		switch {
		case err != nil && r.Failed == nil:
			r.Failed = err
		case err == nil && l.Obliged:
			r.lines = append(r.lines, l)
		}
	}
	r.settle()
	return r.Roster
}

// A rosterReader reads one column.
type rosterReader struct {
	Roster
	site     *Site
	col      *Column
	match    *matcher
	lines    []Link
	captured map[string]time.Time // by the address of the page
}

// watch notes when the pages were received.
func (r *rosterReader) watch(get Getter) Getter {
	return func(ctx context.Context, req Request) (*Page, error) {
		p, err := get(ctx, req)
		if err == nil && p != nil && p.Document != nil {
			at := p.Document.Fetched
			r.captured[cmp.Or(p.FinalURL, req.URL)] = at
			if at.After(r.Captured) {
				r.Captured = at
			}
		}
		return p, err
	}
}

// settle makes obligations of the lines.
func (r *rosterReader) settle() {
	named := r.named()
	parents := map[string]bool{}
	for _, l := range r.lines {
		m := r.match.match(l.Unit, "", "", nil)
		if m.Ignored {
			continue // by decision of the site file
		}
		year, doubt := r.year(l, named[l.Page])
		code := "year"
		if doubt == "" && m.Agency == nil && !placed.MatchString(NormalName(l.Unit)) {
			code, doubt = "name", "which agency this is depends on the place: add it to the agencies of site "+r.site.ID+" or to their aliases"
		}
		if doubt != "" {
			r.Problems = append(r.Problems, gongkai.RosterProblem{Source: l.Page, Unit: l.Unit, Note: l.Note, Code: code, Detail: doubt})
			continue
		}
		o := gongkai.Obligation{Agency: gongkai.NameKey(l.Unit), Year: year, Said: l.Said, Basis: "page", Source: l.Page, Note: l.Note}
		if m.Agency != nil {
			o.Agency = m.Agency.ID
			parents[m.Agency.Parent] = true
		}
		r.Obligations = append(r.Obligations, o)
	}
	if len(parents) == 1 {
		for parent := range parents {
			for i := range r.Obligations {
				r.Obligations[i].Government = parent
			}
		}
	}
	r.order()
}

// placed matches a name that says of which place the unit is.
var placed = regexp.MustCompile(`^..+?[省市区州盟旗镇乡]|^.+?县|^..+?街道|^国家`)

// named returns, for each page, the years that the titles in its lines name.
func (r *rosterReader) named() map[string][]int {
	years := map[string][]int{}
	for _, l := range r.lines {
		if y := ParseTitle(l.Title).Year; y != 0 && !slices.Contains(years[l.Page], y) {
			years[l.Page] = append(years[l.Page], y)
		}
	}
	return years
}

// year returns the fiscal year of a line, or why it is not certain. The site
// file's is. Else the titles of the page must name one and no other, and that of
// the folder: a folder alone may be named after the year of publication.
func (r *rosterReader) year(l Link, named []int) (year int, doubt string) {
	year = r.col.Year
	if year == 0 && len(named) == 1 {
		year = named[0]
	}
	title := ParseTitle(l.Title)
	seen := r.captured[l.Page]
	switch {
	case year == 0 && len(named) > 1:
		return 0, fmt.Sprintf("the titles of the page name the years %v, and the site file no year for column %s", slices.Sorted(slices.Values(named)), r.col.ID)
	case year == 0:
		return 0, "nothing says the fiscal year for certain: state the year of column " + r.col.ID + " in the site file"
	case title.Year != 0 && title.Year != year || len(title.Years) > 1:
		return 0, fmt.Sprintf("%q is not for %d", l.Title, year)
	case l.Year != 0 && l.Year != year:
		return 0, fmt.Sprintf("the folder is of %d, not %d", l.Year, year)
	case !seen.IsZero() && year >= seen.In(Shanghai).Year():
		return 0, fmt.Sprintf("the page is of %s, when %d was not over", seen.In(Shanghai).Format(time.DateOnly), year)
	}
	return year, ""
}

// order sorts the obligations. Of several lines of one page about one report
// the one that says most stands: a unit's report may be linked in two forms.
func (r *rosterReader) order() {
	says := []gongkai.Said{gongkai.SaidPublished, gongkai.SaidMissing, gongkai.SaidNothing}
	slices.SortStableFunc(r.Obligations, func(a, b gongkai.Obligation) int {
		return cmp.Or(strings.Compare(a.Agency, b.Agency), a.Year-b.Year, strings.Compare(a.Source, b.Source),
			slices.Index(says, a.Said)-slices.Index(says, b.Said), strings.Compare(a.Note, b.Note))
	})
	r.Obligations = slices.CompactFunc(r.Obligations, func(a, b gongkai.Obligation) bool {
		return a.Agency == b.Agency && a.Year == b.Year && a.Source == b.Source
	})
}
