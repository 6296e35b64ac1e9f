package main

import (
	"strings"
	"testing"

	"gongkai/crawler"

	"github.com/google/go-cmp/cmp"
)

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
	var last *bulletin
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
		b := &bulletin{Started: demoDay.AddDate(0, 0, night)}
		b.alerts(&crawler.RunSummary{Sites: c.sites}, last)
		var told []string
		for _, a := range b.Alerts {
			told = append(told, string(a.State)+" "+a.Code)
		}
		if d := cmp.Diff(c.told, strings.Join(told, ", ")); d != "" || len(b.opened()) != c.open {
			t.Errorf("night %d: %d open, told (-want +got):\n%s", night, len(b.opened()), d)
		}
		last = b
	}
	if since := last.opened()[0].Since; !since.Equal(demoDay.AddDate(0, 0, 10)) {
		t.Errorf("open since %v", since)
	}
}
