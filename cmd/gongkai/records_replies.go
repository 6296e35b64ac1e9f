package main

import (
	"context"
	"errors"
	"fmt"

	"gongkai"
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

// replyWords are the statuses in Chinese.
var replyWords = map[gongkai.ReplyStatus]string{
	"": "无记录（待复核）", gongkai.ReplyOpen: "待复核", gongkai.ReplyConfirmed: "已核实",
	gongkai.ReplyDisputed: "机关申辩", gongkai.ReplyCorrected: "机关已更正", gongkai.ReplyWithdrawn: "我方撤回，不计分",
}

// replyText says in Chinese where the talk about a statement stands.
func replyText(r gongkai.Reply) string {
	if r.Status == "" {
		return replyWords[""]
	}
	return fmt.Sprintf("%s（%s，%s）：%s", replyWords[r.Status], r.Date, r.Source, r.Text)
}
