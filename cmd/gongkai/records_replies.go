package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongkai"
	"gongkai/queries"
	"gongkai/warehouse"

	"github.com/BurntSushi/toml"
)

// replyEntry is one [[reply]] of replies.toml.
type replyEntry struct {
	Agency string `toml:"agency"` // key, as gongkai agency shows it
	Year   int    `toml:"year"`
	Rule   string `toml:"rule"`
	Cell   string `toml:"cell"` // table.row.column; nothing for every place
	Scope  string `toml:"scope"`
	Status string `toml:"status"`
	Date   string `toml:"date"`
	Text   string `toml:"text"`
	Source string `toml:"source"`
}

// readReplies reads DATA/records/replies.toml; none if it is not there.
func (a *app) readReplies() ([]gongkai.Reply, error) {
	path := filepath.Join(a.data, "records", "replies.toml")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	replies, err := parseReplies(string(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return replies, nil
}

// applyReplies puts the recorded replies into a warehouse opened for writing,
// and warns of those about an agency that is not in it.
func (a *app) applyReplies(ctx context.Context, db *warehouse.DB) error {
	replies, err := a.readReplies()
	if err != nil {
		return err
	}
	if err := db.SetReplies(ctx, replies); err != nil {
		return err
	}
	return queryRows(ctx, db.SQL(), `SELECT DISTINCT agency_key FROM reply
		WHERE agency_key NOT IN (SELECT agency_key FROM report UNION ALL SELECT agency_id FROM agency) ORDER BY ALL`, func(scan func(...any) error) error {
		var key string
		if err := scan(&key); err != nil {
			return err
		}
		a.say.Warn("records/replies.toml: no agency has the key " + key + ", as gongkai agency NAME shows it")
		return nil
	})
}

// parseReplies decodes replies strictly: what is not understood is an error
// that says which entry and why.
func parseReplies(text string) ([]gongkai.Reply, error) {
	var file struct {
		Reply []replyEntry `toml:"reply"`
	}
	meta, err := toml.Decode(text, &file)
	if err != nil {
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("there is no key %q", unknown[0])
	}
	rules, err := replyRules()
	if err != nil {
		return nil, err
	}
	var replies []gongkai.Reply
	var errs []error
	for i := range file.Reply {
		r, err := file.Reply[i].reply(rules)
		if err != nil {
			errs = append(errs, fmt.Errorf("reply %d: %w", i+1, err))
		}
		replies = append(replies, r)
	}
	return replies, errors.Join(errs...)
}

// replyRules are the names of what one can reply to.
func replyRules() ([]string, error) {
	all, err := queries.All()
	rules := []string{gongkai.RuleFound}
	for _, q := range all {
		switch q.Kind {
		case queries.Check:
			rules = append(rules, q.Rule)
		case queries.Ranking:
			rules = append(rules, q.Name)
		}
	}
	return rules, err
}

func (e *replyEntry) reply(rules []string) (gongkai.Reply, error) {
	r := gongkai.Reply{
		AgencyKey: e.Agency, Year: e.Year, Rule: e.Rule, Scope: gongkai.Scope(e.Scope), Status: gongkai.ReplyStatus(e.Status),
		Date: e.Date, Text: e.Text, Source: e.Source,
	}
	for _, must := range []struct{ key, value string }{{"agency", e.Agency}, {"text", e.Text}, {"source", e.Source}} {
		if strings.TrimSpace(must.value) == "" {
			return r, fmt.Errorf("%s is missing", must.key)
		}
	}
	day, err := time.Parse(time.DateOnly, e.Date)
	switch {
	case e.Year < 2008 || e.Year > 9998:
		return r, fmt.Errorf("year %d", e.Year)
	case err != nil:
		return r, fmt.Errorf("date %q is not YYYY-MM-DD", e.Date)
	case day.Year() <= e.Year:
		return r, fmt.Errorf("date %s: the report on %d was not out", e.Date, e.Year)
	case !r.Status.Known():
		return r, fmt.Errorf("status %q: one of %v", e.Status, gongkai.ReplyStatuses())
	case !slices.Contains(rules, e.Rule):
		return r, fmt.Errorf("there is no rule or dimension %q%s", e.Rule, suggestion(e.Rule, rules))
	case e.Scope != "" && !slices.Contains([]gongkai.Scope{gongkai.ScopeOwn, gongkai.ScopeConsolidated, gongkai.ScopeLocalLevel, gongkai.ScopeUnknown}, r.Scope):
		return r, fmt.Errorf("scope %q: own, consolidated, local_level or unknown", e.Scope)
	}
	if e.Cell == "" {
		return r, nil
	}
	parts := strings.Split(e.Cell, ".")
	if len(parts) != 3 || parts[0] == "" || strings.Contains(e.Rule, "_") || e.Rule == gongkai.RuleFound {
		return r, fmt.Errorf("cell %q is not table.row.column of a rule: leave row or column empty where the finding has none", e.Cell)
	}
	r.Table, r.Row, r.Column = parts[0], parts[1], parts[2]
	return r, nil
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
