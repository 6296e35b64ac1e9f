package analysis_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

func rate(t *testing.T, db *warehouse.DB, key string, findings []analysis.Finding) *analysis.Rating {
	t.Helper()
	r, err := analysis.Rate(t.Context(), db.SQL(), key, findings)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// unranked leaves out what is about the group.
func unranked(s analysis.Standing) analysis.Standing {
	s.Rank, s.Last, s.Median, s.Low, s.High, s.TopDecile, s.Above, s.Ties, s.Tied = 0, 0, 0, 0, 0, 0, 0, 0, false
	return s
}

// TestRateAsRanked wants the score of an agency to be that which it has in the
// ranking, before and after a ranking on the same connections.
func TestRateAsRanked(t *testing.T) {
	db := county(t, nil)
	_, findings := check(t, db, analysis.CheckOptions{Store: true})
	for _, group := range []string{"county_department", "township", analysis.Unregistered} {
		r := rank(t, db, analysis.RankOptions{Year: 2024, PeerGroup: group, Stored: true, Fewest: 1})
		if found, known := r.Found(); group == analysis.Unregistered &&
			(known || r.Expected != 0 || r.Reports != 1 || !cmp.Equal(r.Absent, []analysis.Absent{{AgencyKey: "u", Agency: "辛局"}})) {
			t.Errorf("nobody knows how many are in this group: %d of %d, %v; %d reports, absent %+v", found, r.Expected, known, r.Reports, r.Absent)
		}
		for _, stratum := range r.Strata {
			for _, s := range stratum.Standings {
				got := rate(t, db, s.AgencyKey, findings)
				if got.Scores[0].Size == "" {
					t.Errorf("%s: how many requests?", s.Agency)
				}
				got.Scores[0].Size = ""
				want := []analysis.Score{{Year: 2024, Group: r.Group, Standing: unranked(s)}}
				if diff := cmp.Diff(want, got.Scores, cmp.Exporter(all)); diff != "" {
					t.Errorf("%s (-ranked +rated):\n%s", s.Agency, diff)
				}
				if diff := cmp.Diff(r.Dimensions, got.Dimensions); diff != "" || got.Coverage != r.Coverage {
					t.Errorf("%s: coverage %g, dimensions\n%s", s.Agency, got.Coverage, diff)
				}
			}
		}
	}
	if got := rate(t, db, "f", findings); len(got.Scores) != 0 {
		t.Errorf("己局 has no report, got %+v", got.Scores)
	}
}

// TestRateYears rates an agency that was renamed, with a report of no known
// year and one of which too little can be assessed.
func TestRateYears(t *testing.T) {
	db := openMemory(t)
	err := db.SetEvents(t.Context(), []gongkai.AgencyEvent{
		{Type: gongkai.Rename, Date: "2024-03-01", FirstYear: 2024, From: []string{"name:旧局"}, To: []string{"name:新局"}, Source: "s"},
	})
	if err != nil {
		t.Fatal(err)
	}
	old, later, undated := received(zeroReport("old", "旧局", 2023), 5), received(zeroReport("later", "新局", 2024), 5), zeroReport("undated", "新局", 0)
	set(later, "carried_in", "total", 3, gongkai.Verified)
	set(later, "carried_in", "company", 3, gongkai.Verified)
	set(later, "carried_out", "total", 3, gongkai.Verified)
	set(later, "carried_out", "company", 3, gongkai.Verified)
	bare, prose := zeroReport("bare", "新局", 2021), registered(zeroReport("prose", "新局", 2022), "")
	for _, it := range []warehouse.Item{bare, prose} {
		it.Reports[0].Tables, it.Reports[0].Cells = nil, nil
	}
	load(t, db, old, later, undated, bare, prose, received(zeroReport("other", "别局", 2024), 5))
	for _, key := range []string{"name:旧局", "name:新局"} {
		_, findings := check(t, db, analysis.CheckOptions{Agency: key})
		carried(t, findings, later, old)
		var got []string
		for _, s := range rate(t, db, key, findings).Scores {
			if s.Year == 2024 && !(s.Score < 100 && s.Errors > 0 && s.Values[4].Known) {
				t.Errorf("%s: the year before is known under the other name: %+v", key, s)
			}
			got = append(got, s.AgencyKey+" "+s.Source+" "+s.Group.ID+" "+s.Why)
		}
		want := []string{
			"name:新局 undated unregistered no score: the year of the report is not known",
			"name:新局 bare unregistered no score: nothing could be assessed",
			"name:新局 prose unregistered no score: nothing could be assessed",
			"name:旧局 old unregistered no rank: only dimensions with 35 % of the weights could be assessed, 80 % are wanted",
			"name:新局 later unregistered no rank: only dimensions with 50 % of the weights could be assessed, 80 % are wanted",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", key, strings.TrimSpace(diff))
		}
	}
}

// carried wants a finding between two years to name both documents.
func carried(t *testing.T, findings []analysis.Finding, this, prior warehouse.Item) {
	t.Helper()
	i := slices.IndexFunc(findings, func(f analysis.Finding) bool { return f.Rule == "XY-CARRY" })
	if i < 0 {
		t.Fatal("no XY-CARRY")
	}
	f := findings[i]
	got := []string{f.Document, f.OtherDocument, f.OtherName, f.OtherAgency, strconv.Itoa(f.OtherYear)}
	for _, op := range f.Operands {
		got = append(got, op.Document)
	}
	here, there := this.Document.Hash(), prior.Document.Hash()
	if diff := cmp.Diff([]string{here, there, "old", "旧局", "2023", here, there}, got); diff != "" {
		t.Errorf("both sides:\n%s", diff)
	}
}

// TestRankOldName wants a report under an old name to stand in the group of the
// agency that it is of, with its deadline, and nobody to be missing for it.
func TestRankOldName(t *testing.T) {
	db := openMemory(t)
	if err := db.SetAgencies(t.Context(), []gongkai.Agency{{ID: "n", Name: "新局", Level: gongkai.County, Type: gongkai.Department, FirstYear: 2024}}); err != nil {
		t.Fatal(err)
	}
	if err := db.SetEvents(t.Context(), []gongkai.AgencyEvent{
		{Type: gongkai.Rename, Date: "2024-03-01", FirstYear: 2024, From: []string{"name:旧局"}, To: []string{"n"}, Source: "s"},
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.SetNames(t.Context(), []gongkai.AgencyName{{Agency: "n", Kind: gongkai.Alias, Value: "老局", Source: "s"}}); err != nil {
		t.Fatal(err)
	}
	old, older := registered(zeroReport("old", "旧局", 2023), ""), registered(zeroReport("older", "老局", 2022), "")
	old.Reports[0].Published, older.Reports[0].Published = "2024-03-01", "2023-01-20"
	load(t, db, old, older)
	check(t, db, analysis.CheckOptions{Store: true})
	for year, want := range map[int]struct {
		name string
		d1   float64
	}{2023: {"旧局", 0.5}, 2022: {"老局", 1}} {
		r := rank(t, db, analysis.RankOptions{Year: year, PeerGroup: "county_department", Stored: true, Fewest: 1, Coverage: 0.7})
		if r.Expected != 1 || r.Reports != 1 || len(r.Absent) != 0 || r.Unregistered != 0 || len(r.Strata) != 1 {
			t.Errorf("%d: %+v", year, r)
			continue
		}
		if s := r.Strata[0].Standings[0]; s.Agency != want.name || !s.Values[0].Known || s.Values[0].Value != want.d1 {
			t.Errorf("%d: %+v", year, s)
		}
	}
}
