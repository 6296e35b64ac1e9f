package web

import (
	"context"
	"net/http"
	"strconv"

	"gongkai/internal/tabular"
	"gongkai/queries"
)

// A ruleRow is one check with how many findings there are under it.
type ruleRow struct {
	queries.Query
	Disputed, Suspect, Taken int64
}

const rulesSQL = `
SELECT rule, count(*) FILTER (outcome = 'FAIL' AND status = 'disputed'), count(*) FILTER (outcome = 'FAIL' AND status <> 'disputed'),
	count(*) FILTER (outcome <> 'FAIL')
FROM finding GROUP BY rule`

// rules lists all checks, with what the last stored check found.
func (s *Server) rules(ctx context.Context, snap *snapshot, _ *http.Request) (*answer, error) {
	found := map[string]ruleRow{}
	_, err := list(ctx, snap.db.SQL(), func(scan func(...any) error) (x ruleRow, err error) {
		err = scan(&x.Rule, &x.Disputed, &x.Suspect, &x.Taken)
		found[x.Rule] = x
		return x, err
	}, rulesSQL)
	if err != nil {
		return nil, err
	}
	all, err := queries.All()
	if err != nil {
		return nil, err
	}
	a := &answer{template: "rules", nav: "rules", columns: tabular.Columns("rule", "severity", "title", "title_zh", "disputed:integer", "suspect:integer", "excused:integer", "basis")}
	var rows []ruleRow
	for _, q := range all {
		if q.Kind != queries.Check {
			continue
		}
		x := found[q.Rule]
		x.Query = q
		rows = append(rows, x)
		a.rows = append(a.rows, tabular.Known(q.Rule, string(q.Severity), q.Title, q.Zh.Title, strconv.FormatInt(x.Disputed, 10),
			strconv.FormatInt(x.Suspect, 10), strconv.FormatInt(x.Taken, 10), q.Basis))
	}
	a.body = rows
	return a, nil
}
