package crawler_test

import (
	"testing"
	"time"

	"gongkai/crawler"
)

// TestLastDeadline: a day is over at midnight in Shanghai, wherever the clock is.
func TestLastDeadline(t *testing.T) {
	for _, c := range []struct{ now, want string }{
		{"2025-01-31T15:59:59Z", "2024-03-31"}, // one second before midnight in Shanghai
		{"2025-01-31T16:00:00Z", "2025-01-31"},
		{"2025-03-31T23:59:59+08:00", "2025-01-31"},
		{"2025-04-01T00:00:00+08:00", "2025-03-31"},
		{"2025-12-31T16:00:00Z", "2025-03-31"},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := crawler.LastDeadline(now).Format(time.DateOnly); got != c.want {
			t.Errorf("%s: the last deadline is %s, want %s", c.now, got, c.want)
		}
	}
}

// TestGapsNeedNoVisit: what is missing follows from the day alone.
func TestGapsNeedNoVisit(t *testing.T) {
	s := example(t, "")
	j, err := crawler.OpenJournal(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	due, ok := crawler.Deadline(s.Agencies[0].Level, s.Agencies[0].Type, 2024)
	if !ok {
		t.Fatal("no deadline")
	}
	count := func(now time.Time) (n int) {
		missing, _ := crawler.Gaps(j, s, now, false)
		for _, g := range missing {
			if g.Agency == s.Agencies[0].ID && g.Year == 2024 && !g.Sure {
				n++
			}
		}
		return n
	}
	if n := count(due.Add(24*time.Hour - time.Second)); n != 0 {
		t.Errorf("on the last day %d are missing", n)
	}
	if n := count(due.Add(24 * time.Hour)); n != 1 {
		t.Errorf("on the day after %d are missing", n)
	}
}
