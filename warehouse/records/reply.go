package records

import (
	"slices"
	"time"

	"gongkai"
)

var replies = Kind{
	Name:  "replies",
	About: "what agencies replied to findings (申辩), and what became of it",
	Template: `# What agencies replied (申辩). The last one about a statement counts.
# [[reply]]
# agency = "990100-kjj"
# year   = 2024
# rule   = "T3-BAL"  # a rule, a dimension of the index, or PB-FOUND
# scope  = ""        # empty for every scope
# table  = "requests" # place; all three left out for every place
# row    = ""
# column = "total"
# status = "open"    # open, confirmed, disputed_by_agency, corrected_by_agency, withdrawn
# date   = "2025-05-20"
# text   = "what was said, in one sentence"
# source = "a letter, a page"
`,
	read: readReplies,
}

func readReplies(f *file, s *Set) {
	var v struct {
		Replies []struct {
			AgencyKey string              `toml:"agency"`
			Year      int                 `toml:"year"`
			Rule      string              `toml:"rule"`
			Scope     gongkai.Scope       `toml:"scope"`
			Table     string              `toml:"table"`
			Row       string              `toml:"row"`
			Column    string              `toml:"column"`
			Status    gongkai.ReplyStatus `toml:"status"`
			Date      string              `toml:"date"`
			Text      string              `toml:"text"`
			Source    string              `toml:"source"`
		} `toml:"reply"`
	}
	if !f.decode(&v) {
		return
	}
	var statuses []string
	for _, st := range gongkai.ReplyStatuses() {
		statuses = append(statuses, string(st))
	}
	for i, r := range v.Replies {
		a := at{f, "reply", i}
		a.agency("agency", r.AgencyKey)
		a.year("year", r.Year, false)
		a.need("rule", r.Rule, "a rule, a dimension of the index, or "+gongkai.RuleFound)
		if r.Rule != gongkai.RuleFound {
			a.among("rule", r.Rule, slices.Concat(f.known.Rules, f.known.Dimensions), true)
		}
		a.scope("scope", r.Scope)
		a.among("table", r.Table, f.known.Tables, true)
		a.among("row", r.Row, f.known.Rows, true)
		a.among("column", r.Column, f.known.Columns, true)
		a.among("status", string(r.Status), statuses, false)
		a.day("date", r.Date, false)
		if day, err := time.Parse(time.DateOnly, r.Date); err == nil && day.Year() <= r.Year {
			a.fault("date", "date %s: the report on %d was not out", r.Date, r.Year)
		}
		if place := r.Table + r.Row + r.Column; place != "" && (r.Rule == gongkai.RuleFound || slices.Contains(f.known.Dimensions, r.Rule)) {
			a.fault("table", "%s has no place (hint: leave table, row and column out)", r.Rule)
		}
		a.need("text", r.Text, "what was said, in one sentence")
		a.need("source", r.Source, "a letter, a page")
		s.Replies = append(s.Replies, gongkai.Reply(r))
	}
}
