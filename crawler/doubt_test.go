package crawler_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"gongkai/crawler"
)

// waiting returns the pages that wait, by the last part of their address.
func waiting(t *testing.T, w *world) (pages, sites []string) {
	t.Helper()
	j, err := crawler.OpenJournal(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	wait := j.Waiting()
	for task := range j.Tasks("example") {
		if wait[task.Hash] {
			pages = append(pages, filepath.Base(task.URL))
		}
	}
	return pages, j.DoubtfulSites()
}

// TestDoubt has two columns: what goes wrong with one holds back nothing of the
// other, and only what casts doubt on a list holds back anything.
func TestDoubt(t *testing.T) {
	const second = "[[column]]\nid = \"two\"\nurl = \"" + home + "/two/\"\n"
	site := func(more string) *crawler.Site {
		return example(t, more+second)
	}
	first := func(w *world, n int) {
		var rows [][3]string
		for i := range n {
			rows = append(rows, [3]string{fmt.Sprintf("/show/a%d.html", i), fmt.Sprintf("示例市科技局%d年政府信息公开工作年度报告", 2014+i), ""})
			w.pages[fmt.Sprintf("%s/show/a%d.html", home, i)] = fmt.Sprint("a", i)
		}
		w.pages[home+"/nb/"] = list(rows...)
	}
	begin := func(more string) *world {
		w := newWorld(t)
		first(w, 8)
		w.pages[home+"/two/"] = list([3]string{"/show/b.html", "示例市教育局2022年政府信息公开工作年度报告", ""})
		w.pages[home+"/show/b.html"] = "b"
		w.crawl(site(more))
		if pages, _ := waiting(t, w); len(pages) > 0 {
			t.Fatalf("a good visit makes %v wait", pages)
		}
		w.nights(1)
		return w
	}
	all := []string{"a0.html", "a1.html", "a2.html", "a3.html", "a4.html", "a5.html", "a6.html", "a7.html"}
	expect := func(w *world, what string, want []string) {
		t.Helper()
		if pages, _ := waiting(t, w); !slices.Equal(pages, want) {
			t.Errorf("%s: %v wait, want %v", what, pages, want)
		}
	}

	w := begin("")
	first(w, 3)
	for night := range 9 { // it does not become usual by itself
		s := w.crawl(site("")).Sites[0]
		if !slices.Contains(codes(s.Alerts), crawler.AlertDrop) {
			t.Errorf("night %d of a drop: alerts %v", night, s.Alerts)
		}
		expect(w, "8 → 3", all)
		w.nights(1)
	}
	accepted := site("")
	accepted.Column("nb").Usual = 3
	if s := w.crawl(accepted).Sites[0]; slices.Contains(codes(s.Alerts), crawler.AlertDrop) {
		t.Errorf("a drop that was accepted: %v", s.Alerts)
	}
	expect(w, "accepted", nil)

	w = begin("")
	w.pages[home+"/nb/"] = "<div>栏目升级</div>"
	w.crawl(site(""))
	expect(w, "not understood", all)
	w.nights(1)
	w.pages[home+"/nb/"] = "!network"
	w.crawl(site(""))
	expect(w, "not understood, then not reached", all)
	w.nights(2) // the second failure in a row rests for two days
	first(w, 8)
	w.crawl(site(""))
	expect(w, "mended", nil)

	for _, trouble := range []string{"!network", "!blocked"} {
		w = begin("")
		w.pages[home+"/nb/"] = trouble
		if s := w.crawl(site("")).Sites[0]; len(s.Alerts) == 0 {
			t.Errorf("%s raises no alert", trouble)
		}
		expect(w, trouble, nil)
	}

	w = begin("[assertions]\nmin_items = 8\n")
	first(w, 6)
	w.crawl(site("[assertions]\nmin_items = 8\n"))
	expect(w, "fewer links than asserted", append(slices.Clone(all), "b.html"))
}

// TestBlockedStaysOpen: an address that is blocked is not asked again for a
// week, and the alert is open until it was had.
func TestBlockedStaysOpen(t *testing.T) {
	w := newWorld(t)
	w.standard()
	page := w.pages[home+"/show/2.html"]
	w.pages[home+"/show/2.html"] = "!blocked"
	for night := range 9 {
		if night == 4 {
			w.pages[home+"/show/2.html"] = page
		}
		s := w.crawl(example(t, "")).Sites[0]
		if open := slices.Contains(codes(s.Alerts), crawler.AlertBlocked); open != (night < 7) {
			t.Errorf("night %d: alerts %v", night, s.Alerts)
		}
		w.nights(1)
	}
}

// TestClock: whatever the clock does, nothing is fetched in a storm, nothing
// rests for ever, and days are those of Shanghai.
func TestClock(t *testing.T) {
	done := crawler.Task{State: crawler.TaskDone}
	failed := crawler.Task{State: crawler.TaskFailed}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, crawler.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		name      string
		task      crawler.Task
		last, now string
		document  bool
		want      bool
	}{
		{"back one hour", done, "2026-02-03 02:10", "2026-02-03 01:10", false, false},
		{"back one hour over midnight", done, "2026-02-03 00:10", "2026-02-02 23:10", false, false},
		{"a document, back one hour", done, "2026-02-03 00:10", "2026-02-02 23:10", true, false},
		{"put right after a year ahead", done, "2027-02-03 02:10", "2026-02-03 02:10", false, true},
		{"a failure put right after a year ahead", failed, "2027-02-03 02:10", "2026-02-03 02:10", false, true},
		{"a year ahead", done, "2026-02-03 02:10", "2027-02-03 02:10", true, true},
		{"from February 28 to March 1 past a leap day: two days", done, "2028-02-28 23:59", "2028-03-01 00:01", false, true},
		{"a document over a leap day: 30 days", done, "2028-02-15 02:10", "2028-03-16 02:10", true, true},
		{"a document over a leap day: 29 days", done, "2028-02-15 02:10", "2028-03-15 02:10", true, false},
	} {
		c.task.At = at(c.last)
		if c.task.State == crawler.TaskFailed {
			c.task.Next = c.task.At.AddDate(0, 0, 1)
		}
		if got := c.task.Due(at(c.now).UTC(), c.document); got != c.want {
			t.Errorf("%s: due %v", c.name, got)
		}
	}
	for now, want := range map[string]int{
		"2026-03-31 23:59": 2024, "2026-04-01 00:00": 2025, "2028-02-29 12:00": 2026,
	} {
		if got := crawler.LastDue(at(now).UTC()); got != want {
			t.Errorf("last year due at %s: %d, want %d", now, got, want)
		}
	}
}

// TestGapsAtTheLastMinute: a department's report is missing from the first
// minute of 1 February in Shanghai, whatever the zone of the clock.
func TestGapsAtTheLastMinute(t *testing.T) {
	for now, want := range map[string]bool{"2024-01-31T15:59:59Z": false, "2024-01-31T16:00:00Z": true} {
		w := newWorld(t)
		w.pages[home+"/nb/"] = list([3]string{"/show/1.html", "示例市教育局2022年政府信息公开工作年度报告", ""})
		w.pages[home+"/show/1.html"] = "1"
		moment, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		w.now = moment
		s := example(t, "")
		for i := range s.Agencies {
			s.Agencies[i].FirstYear = 2022
		}
		missing := false
		for _, g := range w.crawl(s).Sites[0].Missing {
			missing = missing || g.Agency == "jyj" && g.Year == 2023
		}
		if missing != want {
			t.Errorf("%s: missing %v", now, missing)
		}
	}
}
