package analysis

import (
	"context"
	"fmt"

	"gongkai"
)

// replies are those recorded, the oldest first, by agency and year.
type replies map[replyKey][]gongkai.Reply

type replyKey struct {
	agency string
	year   int
}

// readReplies reads what the agencies and we have said about findings.
func readReplies(ctx context.Context, db querier) (replies, error) {
	rows, err := db.QueryContext(ctx, `
		SELECT agency_key, year, rule, coalesce(scope::VARCHAR, ''), coalesce(table_id, ''), coalesce(row_id, ''), coalesce(column_id, ''),
			status, date::VARCHAR, text, source
		FROM reply ORDER BY date, rowid`)
	if err != nil {
		return nil, fmt.Errorf("read replies: %w", err)
	}
	defer rows.Close()
	all := replies{}
	for rows.Next() {
		var r gongkai.Reply
		var scope, status string
		if err := rows.Scan(&r.AgencyKey, &r.Year, &r.Rule, &scope, &r.Table, &r.Row, &r.Column, &status, &r.Date, &r.Text, &r.Source); err != nil {
			return nil, fmt.Errorf("read replies: %w", err)
		}
		r.Scope, r.Status = gongkai.Scope(scope), gongkai.ReplyStatus(status)
		key := replyKey{r.AgencyKey, r.Year}
		all[key] = append(all[key], r)
	}
	return all, rows.Err()
}

// last returns the last reply about a place; the zero value if there is none.
func (all replies) last(agency string, year int, scope, rule, table, row, column string) gongkai.Reply {
	list := all[replyKey{agency, year}]
	for i := len(list) - 1; i >= 0; i-- {
		r := &list[i]
		everywhere := r.Table == "" && r.Row == "" && r.Column == ""
		if r.Rule == rule && (r.Scope == "" || string(r.Scope) == scope) &&
			(everywhere || r.Table == table && r.Row == row && r.Column == column) {
			return *r
		}
	}
	return gongkai.Reply{}
}

// answer gives each finding the last reply about it. A finding that was
// withdrawn breaks no rule any more, but is still told of.
func (all replies) answer(findings []Finding) {
	if len(all) == 0 {
		return
	}
	for i := range findings {
		f := &findings[i]
		f.Reply = all.last(f.AgencyKey, f.Year, f.Scope, f.Rule, f.Table, f.Row, f.Column)
		if f.Reply.Status == gongkai.ReplyWithdrawn && f.Outcome == Fail {
			f.Outcome = Withdrawn
		}
	}
}
