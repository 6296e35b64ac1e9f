package queries_test

import (
	"strings"
	"testing"

	"gongkai/queries"
)

func TestAll(t *testing.T) {
	all, err := queries.All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Errorf("%d queries", len(all))
	}
	q, ok := queries.Get("T3-BAL")
	if !ok || q.Name != "t3_bal" || q.Severity != queries.Error {
		t.Errorf("Get(T3-BAL) = %+v, %v", q, ok)
	}
	if _, ok := queries.Get("no such query"); ok {
		t.Error("Get finds what is not there")
	}
	for _, q := range all {
		if q.Kind == queries.Check && q.Name != strings.ReplaceAll(strings.ToLower(q.Rule), "-", "_") {
			t.Errorf("rule %s lies in the file %s.sql", q.Rule, q.Name)
		}
		if q.Kind == queries.Check && strings.Contains(strings.ToUpper(q.SQL), "ORDER BY ALL") {
			t.Errorf("check %s sorts: the runner counts most of its rows and need not have them in order", q.Rule)
		}
	}
}
