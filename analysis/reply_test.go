package analysis_test

import (
	"slices"
	"testing"

	"gongkai"
	"gongkai/analysis"

	"github.com/google/go-cmp/cmp"
)

func reply(agency, rule string, status gongkai.ReplyStatus, date string) gongkai.Reply {
	return gongkai.Reply{AgencyKey: agency, Year: 2024, Rule: rule, Status: status, Date: date, Text: "说明", Source: "来函"}
}

func at(r gongkai.Reply, table, row, column string) gongkai.Reply {
	r.Table, r.Row, r.Column = table, row, column
	return r
}

// standing returns that of an agency in the stratum with requests.
func standing(t *testing.T, r *analysis.Ranking, agency string) analysis.Standing {
	t.Helper()
	for _, s := range r.Strata[0].Standings {
		if s.Agency == agency {
			return s
		}
	}
	t.Fatalf("%s is not ranked", agency)
	return analysis.Standing{}
}

// TestReplies wants a withdrawn finding to be told of and not to count, and
// all others to count: what an agency disputes, what it corrected elsewhere, and what
// was withdrawn and then confirmed.
func TestReplies(t *testing.T) {
	db := county(t, nil)
	o := analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Seed: 1, Fewest: 1}
	before := standing(t, rank(t, db, o), "丙局")
	bal := at(reply("c", "T3-BAL", gongkai.ReplyWithdrawn, "2025-05-02"), "requests", "", "total") // the balance is that of a column
	row := at(reply("c", "T3-ROW", gongkai.ReplyWithdrawn, "2025-05-02"), "requests", "new_received", "total")
	elsewhere := at(reply("c", "T3-ROW", gongkai.ReplyWithdrawn, "2025-06-01"), "requests", "granted", "total")
	everywhere := reply("c", "T3-BAL", gongkai.ReplyWithdrawn, "2025-05-02")
	otherScope := everywhere
	otherScope.Scope = gongkai.ScopeConsolidated
	confirmed := reply("c", "T3-BAL", gongkai.ReplyConfirmed, "2025-05-03")
	for name, c := range map[string]struct {
		replies   []gongkai.Reply
		d4        float64 // 1 - points/10: T3-BAL of 总计 is 3, T3-ROW of the same amount is the same slip
		errors    int
		withdrawn int
	}{
		"none":                  {nil, 0.7, 2, 0},
		"both":                  {[]gongkai.Reply{bal, row}, 1, 0, 2},
		"everywhere":            {[]gongkai.Reply{everywhere}, 0.9, 1, 1},
		"one of two":            {[]gongkai.Reply{row}, 0.7, 1, 1},
		"of another place":      {[]gongkai.Reply{elsewhere}, 0.7, 2, 0},
		"of another scope":      {[]gongkai.Reply{otherScope}, 0.7, 2, 0},
		"confirmed later":       {[]gongkai.Reply{confirmed, bal}, 0.7, 2, 0},
		"confirmed, same day":   {[]gongkai.Reply{bal, reply("c", "T3-BAL", gongkai.ReplyConfirmed, "2025-05-02")}, 0.7, 2, 0},
		"disputed by agency":    {[]gongkai.Reply{reply("c", "T3-BAL", gongkai.ReplyDisputed, "2025-05-02")}, 0.7, 2, 0},
		"corrected by agency":   {[]gongkai.Reply{reply("c", "T3-BAL", gongkai.ReplyCorrected, "2025-05-02")}, 0.7, 2, 0},
		"dimension as a whole":  {[]gongkai.Reply{reply("c", "d4_arithmetic", gongkai.ReplyWithdrawn, "2025-05-02")}, 1, 2, 0},
		"dimension, only asked": {[]gongkai.Reply{reply("c", "d4_arithmetic", gongkai.ReplyOpen, "2025-05-02")}, 0.7, 2, 0},
	} {
		if err := db.SetReplies(t.Context(), c.replies); err != nil {
			t.Fatal(err)
		}
		r := rank(t, db, o)
		s := standing(t, r, "丙局")
		if s.Values[3].Value != c.d4 || s.Errors != c.errors || len(r.Withdrawn) != c.withdrawn || len(r.Findings)+len(r.Withdrawn) != 3 { // with the late report of 乙局
			t.Errorf("%s: D4 %g, %d errors, %d findings, %d withdrawn; want %+v", name, s.Values[3].Value, s.Errors, len(r.Findings), len(r.Withdrawn), c)
		}
		if s.Score < before.Score {
			t.Errorf("%s: a reply lowers %g to %g", name, before.Score, s.Score)
		}
		for _, f := range r.Withdrawn {
			if f.Reply.Text != "说明" || f.Reply.Status != gongkai.ReplyWithdrawn {
				t.Errorf("%s: withdrawn without its reason: %+v", name, f.Reply)
			}
		}
	}
}

// TestRepliesStored wants stored findings that were withdrawn not to count.
func TestRepliesStored(t *testing.T) {
	db := county(t, nil)
	if err := db.SetReplies(t.Context(), []gongkai.Reply{reply("c", "T3-BAL", gongkai.ReplyWithdrawn, "2025-05-02"), reply("c", "T3-ROW", gongkai.ReplyWithdrawn, "2025-05-02")}); err != nil {
		t.Fatal(err)
	}
	summary, findings := check(t, db, analysis.CheckOptions{Store: true})
	if i := slices.IndexFunc(summary.Rules, func(r analysis.RuleSummary) bool { return r.Rule == "T3-BAL" }); summary.Rules[i].Withdrawn != 1 || summary.Rules[i].Fail != 1 {
		t.Errorf("%+v, want that of 丙局 withdrawn, that of 丁局 as it was; findings %+v", summary.Rules[i], findings)
	}
	r := rank(t, db, analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Stored: true, Fewest: 1})
	if s := standing(t, r, "丙局"); s.Score != 100 || s.Errors != 0 || s.CappedBand != "A" {
		t.Errorf("%+v", s)
	}
}

// TestReplyToOthers wants replies about lateness and about a report that was
// not found to be where they belong.
func TestReplyToOthers(t *testing.T) {
	db := county(t, nil)
	late := reply("b", "d1_timeliness", gongkai.ReplyWithdrawn, "2025-05-02")
	missing := reply("f", gongkai.RuleFound, gongkai.ReplyDisputed, "2025-05-02")
	if err := db.SetReplies(t.Context(), []gongkai.Reply{late, missing}); err != nil {
		t.Fatal(err)
	}
	r := rank(t, db, analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Seed: 1, Fewest: 1})
	s := standing(t, r, "乙局")
	if s.Score != 100 || s.Rank != 1 || s.Values[0].Detail == "" {
		t.Errorf("score %g, rank %d, %q", s.Score, s.Rank, s.Values[0].Detail)
	}
	if diff := cmp.Diff(late, s.Values[0].Reply); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(missing, r.Absent[0].Reply); diff != "" {
		t.Error(diff)
	}
	if s := standing(t, r, "甲局"); s.Values[0].Reply != (gongkai.Reply{}) {
		t.Errorf("a reply of another agency: %+v", s.Values[0].Reply)
	}
}
