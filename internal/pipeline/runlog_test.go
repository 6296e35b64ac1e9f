package pipeline

import (
	"fmt"
	"testing"
	"time"

	"gongkai/crawler"
	"gongkai/internal/notify"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

// TestEpisodes: an alert that ends and begins again is two.
func TestEpisodes(t *testing.T) {
	day := time.Date(2026, 6, 15, 3, 0, 0, 0, crawler.Shanghai)
	blocked := crawler.Notice{Code: crawler.AlertBlocked, Detail: "HTTP 412"}
	var runs []*notify.Bulletin
	for night, alerts := range [][]crawler.Notice{{blocked}, {blocked}, nil, {blocked}} {
		b := &notify.Bulletin{Run: fmt.Sprint(night), Started: day.AddDate(0, 0, night)}
		var last *notify.Bulletin
		if night > 0 {
			last = runs[night-1]
		}
		b.NoteAlerts(&crawler.RunSummary{Sites: []*crawler.SiteSummary{{Site: "s", Alerts: alerts}}}, last)
		runs = append(runs, b)
	}
	on := func(night int) time.Time { return day.AddDate(0, 0, night) }
	want := []warehouse.Alert{
		{Site: "s", Code: "blocked", Detail: "HTTP 412", Since: on(0), Told: on(2), Resolved: on(2)},
		{Site: "s", Code: "blocked", Detail: "HTTP 412", Since: on(3), Told: on(3)},
	}
	if d := cmp.Diff(want, episodes(runs)); d != "" {
		t.Errorf("episodes (-want +got):\n%s", d)
	}
}
