package notify

import (
	"strings"
	"testing"
	"time"

	"gongkai/crawler"

	"github.com/google/go-cmp/cmp"
)

var firstNight = time.Date(2026, 4, 10, 2, 0, 0, 0, crawler.Shanghai)

// TestAlertsAreToldOnce follows alerts through nights: told when they begin and
// end, once a week between, and left alone while their column is not visited.
func TestAlertsAreToldOnce(t *testing.T) {
	column := crawler.Notice{Code: crawler.AlertColumn, Column: "nb", Detail: "page 1"}
	again := crawler.Notice{Code: crawler.AlertColumn, Column: "nb", Detail: "page 2"}
	blocked := crawler.Notice{Code: crawler.AlertBlocked}
	visit := func(columns []string, alerts ...crawler.Notice) []*crawler.SiteSummary {
		return []*crawler.SiteSummary{{Site: "s", Visited: columns, Alerts: alerts}}
	}
	nb := []string{"nb"}
	var last *Bulletin
	for night, c := range []struct {
		sites []*crawler.SiteSummary
		told  string
		open  int
	}{
		0:  {visit(nb, column, again, blocked), "new blocked, new column", 2},
		1:  {visit(nb, column, blocked), "", 2},
		2:  {nil, "", 2},                               // the site was not due
		3:  {visit([]string{"other"}, blocked), "", 2}, // the column was not
		4:  {visit(nb, blocked), "resolved column", 1},
		5:  {visit(nb, blocked), "", 1},
		6:  {visit(nb, blocked), "", 1},
		7:  {nil, "still blocked", 1},
		8:  {visit(nb, blocked), "", 1},
		9:  {visit(nb), "resolved blocked", 0},
		10: {visit(nb, blocked), "new blocked", 1},
	} {
		b := &Bulletin{Started: firstNight.AddDate(0, 0, night)}
		b.NoteAlerts(&crawler.RunSummary{Sites: c.sites}, last)
		var told []string
		for _, a := range b.Alerts {
			told = append(told, string(a.State)+" "+a.Code)
		}
		if d := cmp.Diff(c.told, strings.Join(told, ", ")); d != "" || len(b.Opened()) != c.open {
			t.Errorf("night %d: %d open, told (-want +got):\n%s", night, len(b.Opened()), d)
		}
		last = b
	}
	if since := last.Opened()[0].Since; !since.Equal(firstNight.AddDate(0, 0, 10)) {
		t.Errorf("open since %v", since)
	}
}

// TestGapsAreToldOnce carries over what is known of sites that were not visited.
func TestGapsAreToldOnce(t *testing.T) {
	missing := crawler.Gap{Agency: "a", Year: 2024}
	summary := func(sites ...*crawler.SiteSummary) *crawler.RunSummary { return &crawler.RunSummary{Sites: sites} }
	site := &crawler.SiteSummary{Site: "s", Missing: []crawler.Gap{missing}}
	first, second, third := &Bulletin{}, &Bulletin{}, &Bulletin{}
	first.NoteGaps(summary(site), nil)
	second.NoteGaps(summary(), first)
	third.NoteGaps(summary(site), second)
	if len(first.Missing) != 1 || len(second.Missing)+len(third.Missing) != 0 || len(third.Gaps["s"]) != 1 {
		t.Errorf("told %d, %d and %d times", len(first.Missing), len(second.Missing), len(third.Missing))
	}
	late := &crawler.SiteSummary{Site: "s", Late: []crawler.Gap{{Agency: "a", Year: 2024, Published: "2025-04-01"}}}
	fourth := &Bulletin{}
	fourth.NoteGaps(summary(late), third)
	if len(fourth.Late) != 1 || len(fourth.Missing) != 0 {
		t.Errorf("a missing report that came late: %+v", fourth)
	}
}
