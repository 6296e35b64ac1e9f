package pipeline

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/extract/reader"
	"gongkai/internal/testbed/fixture"
	"gongkai/internal/testbed/oddities"

	"github.com/google/go-cmp/cmp"
)

// TestOdditiesAreRead crawls the cases that say what reading gives, reads what
// was archived and compares: a report with every figure as printed, or a named
// problem that says what to do.
func TestOdditiesAreRead(t *testing.T) {
	r := reader.New(reader.Options{Workers: 1})
	defer r.Close()
	read := map[string]int{}
	for _, c := range oddities.Cases() {
		if len(c.Reads) == 0 {
			continue
		}
		t.Run(c.ID(), func(t *testing.T) {
			folder := Folder(t.TempDir())
			synctest.Test(t, func(t *testing.T) { crawlOddity(t, folder, c) })
			got := readArchive(t, folder, r)
			for uri, want := range c.Reads {
				result := got["http://"+oddities.Host+uri]
				read[want]++
				if result.code != want {
					t.Errorf("%s is read as %q (%s), want %q", uri, result.code, result.said, want)
				}
				if want != "report" && (result.said == "" || result.next == "") {
					t.Errorf("%s: problem %q says %q, next %q", uri, result.code, result.said, result.next)
				}
			}
		})
	}
	for _, code := range []string{"report", "unsupported", "no_table", "no_text_layer"} {
		if read[code] == 0 {
			t.Errorf("no document is read as %s", code)
		}
	}
}

func crawlOddity(t *testing.T, folder Folder, c oddities.Case) {
	server, err := oddities.Serve(c)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	g := Gathering{All: true}
	files := c.SiteFiles()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		site, err := crawler.Parse(name, []byte(files[name]))
		if err != nil {
			t.Fatal(err)
		}
		g.Sites = append(g.Sites, site)
	}
	g.Network.Dial, g.Network.Resolve, g.Network.Roots = server.Dial, server.Resolve, server.Roots()
	if _, err := (&Pipeline{Folder: folder, Watch: deaf{}}).Crawl(t.Context(), g); err != nil {
		t.Fatal(err)
	}
}

// A readResult is "report", or the code of the problem with what it says.
type readResult struct{ code, said, next string }

// readArchive reads all documents, by name.
func readArchive(t *testing.T, folder Folder, r *reader.Reader) map[string]readResult {
	t.Helper()
	ar, err := archive.Open(folder.Archive())
	if err != nil {
		t.Fatal(err)
	}
	defer ar.Close()
	pages, err := pagesIn(ar)
	if err != nil {
		t.Fatal(err)
	}
	documents := map[string]*gongkai.Document{}
	for d, err := range ar.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		documents[d.Hash()] = d
	}
	results := map[string]readResult{}
	for hash, d := range documents {
		if pages.isFurther[hash] {
			continue
		}
		var further []*gongkai.Document
		for _, p := range pages.further[hash] {
			further = append(further, documents[p.hash])
		}
		reports, p := Read(t.Context(), r, d, further...)
		if p != nil {
			code, next := p.Kind()
			results[d.Name] = readResult{code, p.Cause(), next}
			continue
		}
		if len(reports) != 1 {
			t.Errorf("%s: %d reports", d.Name, len(reports))
			continue
		}
		asPrinted(t, d.Name, reports[0])
		results[d.Name] = readResult{code: "report"}
	}
	return results
}

// asPrinted compares all cells with what oddities wrote. Where a reader is not
// sure it says so in the cell's state, and says no other figure.
func asPrinted(t *testing.T, name string, got *gongkai.Report) {
	t.Helper()
	want, wrong := oddities.Report(), map[string]string{}
	met := 0
	for _, c := range got.Cells {
		w, ok := want.Cells[fixture.Key{Table: c.Table, Row: c.Row, Column: c.Column}]
		switch {
		case c.State == gongkai.Missing || c.State == gongkai.Unreadable:
		case ok && c.Raw == w.Printed:
			met++
		default:
			wrong[strings.Join([]string{c.Table, c.Row, c.Column}, ".")] = c.Raw + " for " + w.Printed
		}
	}
	if diff := cmp.Diff(map[string]string{}, wrong); diff != "" {
		t.Errorf("%s: wrong cells (-want +got):\n%s", name, diff)
	}
	if met != len(want.Cells) {
		t.Errorf("%s: %d cells as printed, want %d", name, met, len(want.Cells))
	}
}
