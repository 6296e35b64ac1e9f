package analysis_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/queries"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

// registered gives a report an agency of the register.
func registered(it warehouse.Item, id string) warehouse.Item {
	it.Reports[0].AgencyID = id
	it.Reports[0].Published = "2025-01-20"
	for n := 1; n <= 6; n++ {
		it.Reports[0].Sections = append(it.Reports[0].Sections, gongkai.Section{
			Number: n, Present: true, Order: n, Text: "本部分写明了本机关全年的情况，内容具体，数据清楚，并说明改进的措施。",
		})
	}
	return it
}

// all lets cmp see into unexported fields.
func all(reflect.Type) bool { return true }

func bureau(id, name string) gongkai.Agency {
	return gongkai.Agency{ID: id, Name: name, Level: gongkai.County, Type: gongkai.Department, FirstYear: 2024}
}

// received gives a report n requests from companies, all granted.
func received(it warehouse.Item, n int64) warehouse.Item {
	for _, row := range []string{"new_received", "granted", "processed_total"} {
		set(it, row, "company", n, gongkai.Verified)
		set(it, row, "total", n, gongkai.Verified)
	}
	return it
}

// county makes a warehouse of five bureaus and a town for 2024: 甲 is without
// fault, 乙 is late by 30 days, 丙 has a wrong total, 丁 the same read with
// doubt, 戊 received nothing, 己 has no report, 庚 a document that was not read.
func county(t testing.TB, order func([]warehouse.Item)) *warehouse.DB {
	t.Helper()
	db := openMemory(t)
	a := received(registered(zeroReport("a", "甲局", 2024), "a"), 5)
	b := received(registered(zeroReport("b", "乙局", 2024), "b"), 5)
	b.Reports[0].Published = "2025-03-02"
	c := received(registered(zeroReport("c", "丙局", 2024), "c"), 5)
	set(c, "new_received", "total", 9, gongkai.Disputed)
	set(c, "new_received", "company", 5, gongkai.Disputed)
	d := received(registered(zeroReport("d", "丁局", 2024), "d"), 5)
	set(d, "new_received", "total", 9, gongkai.Suspect)
	e := registered(zeroReport("e", "戊局", 2024), "e")
	g := warehouse.Item{
		Document: &gongkai.Document{Name: "g", Body: []byte("g"), AgencyID: "g", Year: 2024},
		Problem:  &warehouse.Problem{Step: "extract", Code: "no_table", Detail: "x", Next: "y"},
	}
	town := received(registered(zeroReport("t", "甲镇", 2024), "t"), 5)
	stray := received(registered(zeroReport("s", "无名局", 2024), ""), 5)
	items := []warehouse.Item{a, b, c, d, e, g, town, stray}
	agencies := []gongkai.Agency{
		bureau("a", "甲局"), bureau("b", "乙局"), bureau("c", "丙局"), bureau("d", "丁局"), bureau("e", "戊局"), bureau("f", "己局"), bureau("g", "庚局"),
		{ID: "t", Name: "甲镇", Level: gongkai.Township, Type: gongkai.Government},
		{ID: "u", Name: "辛局", FirstYear: 2024}, // of no known level
	}
	if order != nil {
		order(items)
	}
	if err := db.SetAgencies(t.Context(), agencies); err != nil {
		t.Fatal(err)
	}
	load(t, db, items...)
	return db
}

func rank(t testing.TB, db *warehouse.DB, o analysis.RankOptions) *analysis.Ranking {
	t.Helper()
	r, err := analysis.Rank(t.Context(), db.SQL(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRank compares scores with those worked out by hand: RCI = 100 · Σ w·d / Σ w
// over what is known. It is every agency's first year, so that D5 (15) does not
// apply and Σ w = 85.
func TestRank(t *testing.T) {
	r := rank(t, county(t, nil), analysis.RankOptions{Year: 2024, PeerGroup: "县级部门", Seed: 1, Fewest: 1})
	if r.Expected != 7 || r.Reports != 5 || r.Unregistered != 1 || r.Draws != analysis.MinDraws {
		t.Errorf("expected %d, reports %d, unregistered %d, draws %d", r.Expected, r.Reports, r.Unregistered, r.Draws)
	}
	if diff := cmp.Diff([]analysis.Absent{{AgencyKey: "f", Agency: "己局"}, {AgencyKey: "g", Agency: "庚局", Unread: true}}, r.Absent); diff != "" {
		t.Errorf("absent:\n%s", diff)
	}
	if len(r.Strata) != 1 || r.Strata[0].Name != analysis.AllSizes {
		t.Fatalf("strata: %+v", r.Strata)
	}
	want := []struct {
		agency         string
		score, without float64
		band, cap      string
		rank, last     int
		errors         int
	}{
		// D1 D2 D3 D4 D6, of 20 20 10 25 10
		{"甲局", 100, 100, "A", "A", 1, 3, 0}, // with 丁局 and 戊局 one group without order
		{"丁局", 100, 100, "A", "A", 1, 3, 0}, // what was read with doubt takes nothing off
		{"戊局", 100, 100, "A", "A", 1, 3, 0},
		// T3-BAL total 3 points, T3-ROW of the same amount is the same slip: D4 = 0.7.
		{"丙局", 100 * (60 + 25*0.7) / 85, 100, "A", "C", 4, 4, 2},
		// D1 = 1 - 30/60: (10 + 65) / 85; without D4 (10 + 40) / 60. PB-ONTIME is of severity E.
		{"乙局", 100 * 75.0 / 85, 100 * 50.0 / 60, "B", "C", 5, 5, 1},
	}
	for i, s := range r.Strata[0].Standings {
		w := want[i]
		if s.Agency != w.agency || math.Abs(s.Score-w.score) > 1e-5 || math.Abs(s.WithoutD4-w.without) > 1e-5 || s.Least != s.Score || s.Most != s.Score || s.Coverage != 1 {
			t.Errorf("%s: score %.6f in %.6f to %.6f, without D4 %.6f, coverage %g; want %+v", s.Agency, s.Score, s.Least, s.Most, s.WithoutD4, s.Coverage, w)
		}
		if s.Band != w.band || s.CappedBand != w.cap || s.Errors != w.errors {
			t.Errorf("%s: band %s, capped %s, %d errors; want %+v", s.Agency, s.Band, s.CappedBand, s.Errors, w)
		}
		if s.Rank != w.rank || s.Last != w.last || s.Median != s.Rank || s.Low > s.Rank || s.High < s.Last {
			t.Errorf("%s: places %d to %d, middle %d of %d to %d; want %+v", s.Agency, s.Rank, s.Last, s.Median, s.Low, s.High, w)
		}
	}
	few := rank(t, county(t, nil), analysis.RankOptions{Year: 2024, PeerGroup: "县级部门"})
	if len(few.Strata) != 0 || len(few.NotRanked) != 5 || few.NotRanked[0].Reason != "5 agencies can be compared, 10 are needed" {
		t.Errorf("5 agencies are ranked: %+v", few)
	}
}

// TestRankSameBytes ranks twice, and again from a warehouse that was loaded in
// another order.
func TestRankSameBytes(t *testing.T) {
	o := analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Seed: 7, Fewest: 1}
	db := county(t, nil)
	first := rank(t, db, o)
	if diff := cmp.Diff(first, rank(t, db, o), cmp.Exporter(all)); diff != "" {
		t.Errorf("a second time:\n%s", diff)
	}
	random := rand.New(rand.NewPCG(3, 4))
	other := county(t, func(items []warehouse.Item) {
		random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	})
	if diff := cmp.Diff(first, rank(t, other, o), cmp.Exporter(all)); diff != "" {
		t.Errorf("in another order:\n%s", diff)
	}
	o.Seed = 8
	if again := rank(t, db, o); again.RuleSet != first.RuleSet || again.Seed != 8 {
		t.Errorf("seed %d, rules %s", again.Seed, again.RuleSet)
	}
}

// TestRankStored wants stored findings to give the same ranking, and no
// ranking without any.
func TestRankStored(t *testing.T) {
	db := county(t, nil)
	o := analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Stored: true, Fewest: 1}
	if _, err := analysis.Rank(t.Context(), db.SQL(), o); !errors.Is(err, analysis.ErrRank) {
		t.Errorf("without stored findings: %v", err)
	}
	check(t, db, analysis.CheckOptions{Store: true})
	stored := rank(t, db, o)
	o.Stored = false
	if _, err := db.SQL().ExecContext(t.Context(), "UPDATE finding SET outcome = 'EXCUSED'"); err != nil {
		t.Fatal(err)
	}
	anew := rank(t, db, o)
	var by []string
	for _, f := range anew.Findings {
		by = append(by, f.Rule+" "+f.Agency)
	}
	if diff := cmp.Diff([]string{"PB-ONTIME 乙局", "T3-BAL 丙局", "T3-ROW 丙局"}, by); diff != "" {
		t.Errorf("findings:\n%s", diff)
	}
	if anew.Unconfirmed() != 3 {
		t.Errorf("%d findings are not confirmed, want 3", anew.Unconfirmed())
	}
	anew.Findings, anew.Undecided = nil, nil
	if diff := cmp.Diff(stored, anew, cmp.Exporter(all)); diff != "" {
		t.Errorf("stored and anew:\n%s", diff)
	}
	var n int
	if err := db.SQL().QueryRowContext(t.Context(), "SELECT count(*) FROM finding WHERE outcome = 'EXCUSED'").Scan(&n); err != nil || n == 0 {
		t.Errorf("the stored findings are gone: %d, %v", n, err)
	}
}

// TestRankOptions wants errors for what makes no sense.
func TestRankOptions(t *testing.T) {
	db := openMemory(t)
	for _, o := range []analysis.RankOptions{
		{Year: 2024, PeerGroup: "everybody"},
		{PeerGroup: "county_department"},
		{Year: 2024, PeerGroup: "county_department", Draws: 10},
		{Year: 2024, PeerGroup: "county_department", Coverage: 1.5},
		{Year: 2024, PeerGroup: "county_department", Coverage: math.NaN()},
	} {
		if _, err := analysis.Rank(t.Context(), db.SQL(), o); !errors.Is(err, analysis.ErrRank) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for _, tt := range []struct {
		db   *warehouse.DB
		o    analysis.RankOptions
		want string
	}{
		{db, analysis.RankOptions{Year: 2024, PeerGroup: "county_department"}, "no report for 2024; years with reports: none"},
		{county(t, nil), analysis.RankOptions{Year: 2026, PeerGroup: "county_department"}, "no report for 2026; years with reports: 2024"},
		{county(t, nil), analysis.RankOptions{Year: 2024, PeerGroup: "vertical"}, "groups with reports: county_department, township, unregistered"},
	} {
		if r, err := analysis.Rank(t.Context(), tt.db.SQL(), tt.o); !errors.Is(err, analysis.ErrRank) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %+v, %v; want %s", tt.o, r, err, tt.want)
		}
	}
}

// TestRankLeftOut wants no report to be ranked of which a part of the weights
// could not be assessed, however good the rest is, and says why.
func TestRankLeftOut(t *testing.T) {
	db := county(t, func(items []warehouse.Item) {
		r := items[0].Reports[0] // 甲局, without fault
		for i := range r.Cells {
			if r.Cells[i].Table == "requests" {
				r.Cells[i].State, r.Cells[i].Status = gongkai.Missing, gongkai.Suspect
			}
		}
		for i := range r.Tables {
			r.Tables[i].Found = r.Tables[i].Found && r.Tables[i].ID != "requests"
		}
		bare := items[1].Reports[0] // 乙局
		bare.Tables, bare.Cells = nil, nil
	})
	r := rank(t, db, analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Fewest: 1})
	reasons := map[string]string{}
	for _, s := range r.NotRanked {
		reasons[s.Agency] = s.Reason
		if s.Rank != 0 || !strings.Contains(s.Band, "-") || s.Least > 80 {
			t.Errorf("%s is not ranked, but rank %d, band %q, least %g", s.Agency, s.Rank, s.Band, s.Least)
		}
	}
	want := map[string]string{
		"甲局": "24 % of the weights could be assessed, 80 % are needed; not assessed: D2 Completeness, D3 Format, D4 Arithmetic, D6 Text",
		"乙局": "24 % of the weights could be assessed, 80 % are needed; not assessed: D2 Completeness, D3 Format, D4 Arithmetic, D6 Text",
	}
	if diff := cmp.Diff(want, reasons); diff != "" {
		t.Errorf("reasons:\n%s", diff)
	}
}

// TestAddingAnErrorNeverHelps gives 60 reports a few findings each, and a twin
// of each one finding more. No dimension may be better for it.
func TestAddingAnErrorNeverHelps(t *testing.T) {
	db := openMemory(t)
	const pairs = 60
	random := rand.New(rand.NewPCG(11, 12))
	var items []warehouse.Item
	var agencies []gongkai.Agency
	for i := range 2 * pairs {
		name := string(rune('A'+i%2)) + string(rune(0x4e00+i/2))
		prior := received(registered(zeroReport(name+"0", name+"局", 2023), name), 3)
		items = append(items, prior, received(registered(zeroReport(name+"1", name+"局", 2024), name), 3))
		agencies = append(agencies, bureau(name, name+"局"))
	}
	if err := db.SetAgencies(t.Context(), agencies); err != nil {
		t.Fatal(err)
	}
	load(t, db, items...)
	ids := map[string]int64{}
	rows, err := db.SQL().QueryContext(t.Context(), "SELECT name, report_id FROM report WHERE year = 2024")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var id int64
		if err := rows.Scan(&name, &id); err != nil {
			t.Fatal(err)
		}
		ids[name] = id
	}
	insert := func(id int64, f [6]any) {
		_, err := db.SQL().ExecContext(t.Context(), `INSERT INTO finding (rule, severity, report_id, agency_key, year, scope, table_id, row_id, column_id,
			left_value, right_value, outcome, strict, lenient, status, detail)
			VALUES (?, 'E', ?, 'x', 2024, 'own', 'requests', ?, ?, ?, 0, 'FAIL', ?, 'FAIL', ?, 'x')`, f[0], id, f[1], f[2], f[3], f[4], f[5])
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range pairs {
		seen := map[[3]any]bool{}
		var list [][6]any
		for len(list) < 1+random.IntN(6) {
			f := randomFinding(random)
			if key := [3]any{f[0], f[1], f[2]}; !seen[key] { // one finding a place
				seen[key] = true
				list = append(list, f)
			}
		}
		for j, f := range list {
			if j < len(list)-1 {
				insert(ids["A"+string(rune(0x4e00+i))+"1"], f)
			}
			insert(ids["B"+string(rune(0x4e00+i))+"1"], f)
		}
	}
	lower := 0
	r := rank(t, db, analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Stored: true})
	standings := map[string]analysis.Standing{}
	for _, st := range r.Strata {
		for _, s := range st.Standings {
			standings[s.Source] = s
		}
	}
	for i := range pairs {
		less, more := standings["A"+string(rune(0x4e00+i))+"1"], standings["B"+string(rune(0x4e00+i))+"1"]
		if more.Score > less.Score || more.Band < less.Band || more.CappedBand < less.CappedBand {
			t.Errorf("pair %d: an error more raises %g %s %s to %g %s %s\n%s", i, less.Score, less.Band, less.CappedBand,
				more.Score, more.Band, more.CappedBand, cmp.Diff(less.Values, more.Values, cmp.Exporter(all)))
		}
		if more.Score < less.Score {
			lower++
		}
	}
	if lower < pairs/4 {
		t.Errorf("only %d of %d errors cost anything", lower, pairs)
	}
}

// randomFinding makes rule, row, column, amount, strict outcome and status.
func randomFinding(random *rand.Rand) [6]any {
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	column := pick("natural_person", "company", "research_org", "total")
	row := pick("granted", "denied_state_secret", "new_received", "processed_total")
	f := [6]any{"T3-ROW", row, "total", 1 + random.IntN(3), pick("FAIL", "UNKNOWN"), pick("disputed", "disputed", "suspect")}
	switch pick("row", "bal", "sum", "suit", "carry", "column", "text") {
	case "bal":
		f[0], f[1], f[2] = "T3-BAL", "new_received", column
	case "sum":
		f[0], f[1], f[2] = "T3-SUM", "processed_total", column
	case "suit":
		f[0], f[1], f[2] = "T4-SUM", pick("reconsideration", "suit_direct"), "total"
	case "carry":
		f[0], f[1], f[2] = "XY-CARRY", "carried_in", "total"
	case "column":
		f[0], f[1], f[2] = "XY-CARRY-COL", "carried_in", pick("natural_person", "company")
	case "text":
		f[0], f[1], f[2] = "TX-RECV", "new_received", "total"
	}
	return f
}

// TestIndexHasItsWeights compares the headers with the domain reference 4.2.
func TestIndexHasItsWeights(t *testing.T) {
	list, err := queries.All()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, q := range list {
		if q.Kind == queries.Ranking {
			got[q.Name] = q.Weight
		}
	}
	want := map[string]float64{
		"d1_timeliness": 20, "d2_completeness": 20, "d3_format": 10, "d4_arithmetic": 25, "d5_continuity": 15, "d6_text": 10,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !slices.ContainsFunc(analysis.PeerGroups(), func(g analysis.PeerGroup) bool { return g.ID == analysis.Unregistered }) {
		t.Error("no group for agencies that are not registered")
	}
}
