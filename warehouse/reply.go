package warehouse

import (
	"context"

	"gongkai"
)

// SetConfirmations replaces what people decided about findings.
func (w *DB) SetConfirmations(ctx context.Context, list []gongkai.Confirmation) error {
	return w.replace(ctx, "confirmation", len(list), func(i int) []any {
		c := &list[i]
		return []any{c.Finding, c.Document, string(c.Verdict), c.Role, c.Date, null(c.Note)}
	})
}

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
