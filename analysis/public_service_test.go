package analysis_test

import (
	"strings"
	"testing"

	"gongkai"
	"gongkai/analysis"
)

// TestPublicService wants schools and hospitals, in the register or not, to be
// kept with their type, without deadline, peers, duty and rank.
func TestPublicService(t *testing.T) {
	db := openMemory(t)
	school := gongkai.Agency{ID: "z", Name: "示例市第一中学", Level: gongkai.County, Type: gongkai.PublicService, FirstYear: 2023}
	if err := db.SetAgencies(t.Context(), []gongkai.Agency{bureau("a", "甲局"), school}); err != nil {
		t.Fatal(err)
	}
	known, stray, old := registered(zeroReport("z", school.Name, 2024), "z"), registered(zeroReport("h", "示例市人民医院", 2024), ""), registered(zeroReport("o", "示例市人民医院", 2018), "")
	for _, it := range []*gongkai.Report{stray.Reports[0], old.Reports[0]} {
		it.AgencyType = gongkai.PublicService
	}
	load(t, db, registered(zeroReport("a", "甲局", 2024), "a"), known, stray, old)
	_, findings := check(t, db, analysis.CheckOptions{Store: true})
	for _, f := range findings {
		if f.Rule == gongkai.RuleFound && f.AgencyKey != "a" {
			t.Errorf("%s: %+v", f.Agency, f)
		}
	}
	var kinds, late int
	if err := db.SQL().QueryRowContext(t.Context(), `SELECT count(*) FILTER (type = 'public_service'),
		count(*) FILTER (type = 'public_service' AND deadline(year, level, type) IS NOT NULL) FROM v_current_report`).Scan(&kinds, &late); err != nil || kinds != 3 || late != 0 {
		t.Errorf("%d public services, %d with a deadline, %v", kinds, late, err)
	}
	r := rank(t, db, analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Stored: true})
	if r.Expected != 1 || r.Reports != 1 || r.Unregistered != 0 || len(r.Absent) != 0 {
		t.Errorf("expected %d, reports %d, unregistered %d, absent %v", r.Expected, r.Reports, r.Unregistered, r.Absent)
	}
	if _, err := analysis.Rank(t.Context(), db.SQL(), analysis.RankOptions{Year: 2024, PeerGroup: analysis.Unregistered, Stored: true}); err == nil || strings.Contains(err.Error(), analysis.PublicServices) {
		t.Errorf("rank of the unregistered: %v", err)
	}
	if got := rate(t, db, "z", findings).Scores; len(got) != 1 || got[0].Group.ID != analysis.PublicServices || got[0].Why == "" {
		t.Errorf("score of a school: %+v", got)
	}
}
