package pipeline

import (
	"context"
	"fmt"

	"gongkai/crawler/archive"
	"gongkai/warehouse"
)

// A splitReports knows the reports in an archive that are split over several
// documents (t1.html, t1_1.html, …).
type splitReports struct {
	further   map[string][]furtherPage // by the hash of the first page, in order, up to the first gap
	isFurther map[string]bool          // hashes of the documents that are read with a first page
}

type furtherPage struct{ hash, name string }

// A pageCapture is a page as it was captured at a place in the archive.
type pageCapture struct {
	at    int
	page  int // of a further page
	pages int // of a first one
	furtherPage
}

// pagesIn finds the split reports. A first page goes with the pages that were
// captured with it: the latest before the first page got other bytes. So an
// archive gives the same whether it is read bit by bit or all at once.
func pagesIn(ar *archive.Archive) (*splitReports, error) {
	firsts, parts := map[string][]pageCapture{}, map[string][]pageCapture{}
	name := map[string]string{} // of the first page with these bytes, as the archive names them
	at := 0
	for e, err := range ar.List() {
		if err != nil {
			return nil, fmt.Errorf("pages of split reports: %w", err)
		}
		at++
		c := pageCapture{at: at, page: e.Page, pages: e.Pages, furtherPage: furtherPage{e.Hash, e.Name}}
		switch {
		case !e.IsDocument():
		case e.FirstPage != "":
			parts[e.FirstPage] = append(parts[e.FirstPage], c)
		case e.Pages > 1 || firsts[e.Name] != nil:
			firsts[e.Name] = append(firsts[e.Name], c)
			if name[e.Hash] == "" {
				name[e.Hash] = e.Name
			}
		}
	}
	s := &splitReports{further: map[string][]furtherPage{}, isFurther: map[string]bool{}}
	for first, captures := range firsts {
		for i, c := range captures {
			if c.pages > 1 && name[c.hash] == first && s.further[c.hash] == nil {
				s.further[c.hash] = pagesOfFirst(c, captures[i:], parts[first])
			}
		}
		for _, c := range parts[first] {
			s.isFurther[c.hash] = true
		}
	}
	return s, nil
}

// pagesOfFirst returns the further pages of first, which is the first of the
// captures of its address that are still to come.
func pagesOfFirst(first pageCapture, captures, parts []pageCapture) []furtherPage {
	last := 0
	for i, c := range captures {
		if c.hash == first.hash {
			last = i
		}
	}
	end := 0 // there is none
	if last+1 < len(captures) {
		end = captures[last+1].at
	}
	latest := map[int]furtherPage{}
	for _, p := range parts {
		if end == 0 || p.at < end {
			latest[p.page] = p.furtherPage
		}
	}
	further := []furtherPage{}
	for n := 2; n <= first.pages; n++ {
		p, ok := latest[n]
		if !ok {
			break
		}
		further = append(further, p)
	}
	return further
}

func (r *run) pages(context.Context) (err error) {
	r.split, err = pagesIn(r.archive)
	return err
}

// readPages returns, for the first page of every split report in a warehouse,
// the hashes of the pages that it was read with.
func readPages(ctx context.Context, db *warehouse.DB) (map[string][]string, error) {
	read := map[string][]string{}
	err := warehouse.EachRow(ctx, db.SQL(), `SELECT DISTINCT r.document, p.document, p.page FROM report_page p JOIN report r USING (report_id) ORDER BY ALL`,
		func(scan func(...any) error) error {
			var first, further string
			var page int
			if err := scan(&first, &further, &page); err != nil {
				return err
			}
			read[first] = append(read[first], further)
			return nil
		})
	return read, err
}
