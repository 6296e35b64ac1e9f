package warehouse

import (
	"context"

	"gongkai"
)

// SetReplies replaces what agencies and we have said about findings. Of
// replies about one place on one day, the last of the list counts.
func (w *DB) SetReplies(ctx context.Context, replies []gongkai.Reply) error {
	return w.replace(ctx, "reply", len(replies), func(i int) []any {
		r := &replies[i]
		return []any{
			r.AgencyKey, r.Year, r.Rule, null(string(r.Scope)), null(r.Table), null(r.Row), null(r.Column),
			string(r.Status), r.Date, r.Text, r.Source,
		}
	})
}
