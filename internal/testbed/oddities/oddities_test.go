package oddities_test

import (
	"flag"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/platform"
	"gongkai/crawler/transport"
	"gongkai/internal/testbed/oddities"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write README.md")

// firstNight is when all cases begin, on the clock of their bubbles.
var firstNight = time.Date(2024, 2, 1, 2, 0, 0, 0, crawler.Shanghai)

// TestCases crawls every case end to end, night by night, on a clock of its
// own, and compares all that must become of it.
func TestCases(t *testing.T) {
	for _, c := range oddities.Cases() {
		t.Run(c.ID(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(firstNight))
				w := newWorld(t, c)
				night := oddities.Night{Want: c.Want, Notes: c.Notes}
				for i := range len(c.Nights) + 1 {
					if i > 0 {
						night = c.Nights[i-1]
						after := night.After
						if after == 0 {
							after = 24 * time.Hour
						}
						time.Sleep(time.Until(w.began.Add(after)))
						w.server.Night(night)
					}
					w.crawl(night.All)
					compare(t, fmt.Sprintf("night %d: outcomes", i+1), night.Want, w.outcomes)
					compare(t, fmt.Sprintf("night %d: notices and alerts", i+1), night.Notes, w.notes)
				}
				for uri, want := range c.Filed {
					if w.filed[uri] != want {
						t.Errorf("%s is filed as %q, want %q", uri, w.filed[uri], want)
					}
				}
				w.checkLog()
			})
		})
	}
}

func compare(t *testing.T, what string, want, got []string) {
	t.Helper()
	want = slices.Sorted(slices.Values(want))
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// A world is the server of a case and what a crawler keeps from night to night.
type world struct {
	t       *testing.T
	c       oddities.Case
	server  *oddities.Server
	sites   []*crawler.Site
	archive *archive.Archive
	journal *crawler.Journal

	began           time.Time // of the last night
	outcomes, notes []string
	filed           map[string]string
}

func newWorld(t *testing.T, c oddities.Case) *world {
	t.Helper()
	w := &world{t: t, c: c, filed: map[string]string{}}
	files := c.SiteFiles()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		site, err := crawler.Parse(name, []byte(files[name]))
		if err != nil {
			t.Fatal(err)
		}
		w.sites = append(w.sites, site)
	}
	var err error
	if w.server, err = oddities.Serve(c); err != nil {
		t.Fatal(err)
	}
	if w.archive, err = archive.Open(t.TempDir(), archive.Clock(time.Now)); err != nil {
		t.Fatal(err)
	}
	if w.journal, err = crawler.OpenJournal(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = w.server.Close()
		_ = w.journal.Close()
		_ = w.archive.Close()
	})
	return w
}

// crawl spends a night.
func (w *world) crawl(all bool) {
	w.t.Helper()
	chain := transport.New(transport.Config{
		Limits:   transport.Limits{Document: 1 << 20},
		Recorder: w.archive,
		Archived: w.archive.Good(), Resolve: w.server.Resolve, Dial: w.server.Dial, Roots: w.server.Roots(),
	})
	defer chain.CloseIdleConnections()
	w.began, w.outcomes, w.notes = time.Now(), nil, nil
	sum, err := crawler.Crawl(w.t.Context(), crawler.Options{
		Sites: w.sites, Platforms: platform.Table(), Get: fetch.ForSites(w.sites, chain), Sink: w.archive, Anatomist: platform.Articles{},
		Journal: w.journal, All: all, Done: w.note,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, s := range sum.Sites {
		for _, a := range s.Alerts {
			w.notes = append(w.notes, strings.TrimSpace("alert:"+a.Code+" "+a.Column))
		}
		for _, n := range s.Notices {
			w.notes = append(w.notes, n.Code+" "+local(n.URL))
		}
	}
	if total := sum.Total(); !total.Conserved() || total.Expected != len(w.outcomes) {
		w.t.Errorf("expected %d, outcomes %d", total.Expected, len(w.outcomes))
	}
}

// note takes down an outcome.
func (w *world) note(o crawler.Outcome) {
	result := string(o.Result)
	switch o.Result {
	case crawler.Problem:
		result += ":" + string(o.Failure)
	case crawler.Skipped:
		result = "skip:" + string(o.Skip)
	}
	w.outcomes = append(w.outcomes, result+" "+local(o.URL))
	agency, year := "-", "-"
	if o.Agency != "" {
		agency = o.Agency
	}
	if o.Year != 0 {
		year = fmt.Sprint(o.Year)
	}
	w.filed[local(o.URL)] = agency + " " + year + " " + o.Title
}

func local(address string) string { return strings.TrimPrefix(address, "http://"+oddities.Host) }

// checkLog demands that nobody was asked who is not on the list, and nobody
// faster than the delay, by host and by IP address.
func (w *world) checkLog() {
	w.t.Helper()
	delay := w.c.Delay
	if delay == 0 {
		delay = transport.DefaultDelay
	}
	var allowed []string
	for _, s := range w.sites {
		allowed = append(allowed, s.Hosts...)
	}
	hosts, addresses := map[string]time.Time{}, map[netip.Addr]time.Time{}
	for _, h := range w.server.Log() {
		if !slices.Contains(allowed, h.Host) {
			w.t.Errorf("%s was asked for %s", h.Host, h.URI)
		}
		if past := h.At.Sub(hosts[h.Host]); past < delay {
			w.t.Errorf("%s was asked for %s after %v", h.Host, h.URI, past)
		}
		if past := h.At.Sub(addresses[h.IP]); past < transport.DefaultDelay {
			w.t.Errorf("%s was asked for %s%s after %v", h.IP, h.Host, h.URI, past)
		}
		hosts[h.Host], addresses[h.IP] = h.At, h.At
	}
	if len(hosts) == 0 && w.c.Number != 20 {
		w.t.Error("nobody was asked for anything")
	}
}

// TestEveryKindIsCovered: each kind has a case or a test that there is, and no
// two cases have one name.
func TestEveryKindIsCovered(t *testing.T) {
	const kinds = 29
	if n := len(oddities.Kinds()); n != kinds {
		t.Errorf("%d kinds, want %d", n, kinds)
	}
	cases, ids := map[int]int{}, map[string]bool{}
	for _, c := range oddities.Cases() {
		if ids[c.ID()] || c.Number < 1 || c.Number > kinds {
			t.Errorf("case %q", c.ID())
		}
		ids[c.ID()] = true
		cases[c.Number]++
	}
	for _, k := range oddities.Kinds() {
		if cases[k.Number] == 0 && len(k.Tests) == 0 {
			t.Errorf("kind %d has neither case nor test", k.Number)
		}
		for _, test := range k.Tests {
			if !exists(t, test) {
				t.Errorf("kind %d: no test %s", k.Number, test)
			}
		}
	}
	if exists(t, "crawler TestOfNothing") {
		t.Error("a test is found that there is not")
	}
}

// exists looks for a test, given as its folder and its name.
func exists(t *testing.T, test string) bool {
	t.Helper()
	folder, name, _ := strings.Cut(test, " ")
	files, err := filepath.Glob(filepath.Join("..", "..", "..", filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`(?m)^func ` + name + `\(t \*testing\.T\)`)
	return slices.ContainsFunc(files, func(file string) bool {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return form.Match(b)
	})
}

func TestREADME(t *testing.T) {
	want := oddities.README()
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("README.md is not current, see -update (-want +got):\n%s", diff)
	}
}
