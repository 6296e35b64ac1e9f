package main

import (
	"context"
	"errors"

	"gongkai/warehouse"
)

// applyReplies puts the recorded replies into a warehouse opened for writing,
// and warns of those about an agency that is not in it. Commands that load
// documents do it with all records, see register.
func (a *app) applyReplies(ctx context.Context, db *warehouse.DB) error {
	s, err := a.folder().ReadRecords(nil)
	if err != nil {
		return err
	}
	if err := errors.Join(db.SetReplies(ctx, s.Replies), db.SetConfirmations(ctx, s.Confirmations)); err != nil {
		return err
	}
	return warehouse.EachRow(ctx, db.SQL(), `SELECT DISTINCT agency_key FROM reply
		WHERE agency_key NOT IN (SELECT agency_key FROM report UNION ALL SELECT agency_id FROM agency) ORDER BY ALL`, func(scan func(...any) error) error {
		var key string
		if err := scan(&key); err != nil {
			return err
		}
		a.say.Warn("records/replies.toml: no agency has the key " + key + ", as gongkai agency NAME shows it")
		return nil
	})
}
