package analysis_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/warehouse"
)

// A deed is something that is done to a report without fault.
type deed func(it *warehouse.Item)

// lose takes away what a reader finds: the cells that are chosen are missing,
// and tables without any cell are not found.
func lose(chosen func(c *gongkai.Cell) bool) deed {
	return func(it *warehouse.Item) {
		r := it.Reports[0]
		left := map[string]int{}
		rows := map[[2]string]bool{}
		for i := range r.Cells {
			c := &r.Cells[i]
			if !chosen(c) {
				left[c.Table]++
				continue
			}
			c.State, c.Raw, c.Value, c.Status = gongkai.Missing, "", 0, gongkai.Suspect
			if at := [2]string{c.Table, c.Row}; !rows[at] {
				rows[at] = true
				r.Issues = append(r.Issues, gongkai.Issue{Code: gongkai.IssueMissingRow, Table: c.Table, Row: c.Row})
			}
		}
		for i := range r.Tables {
			r.Tables[i].Found = left[r.Tables[i].ID] > 0
		}
	}
}

// empty prints nothing, or a sign, in the cells that are chosen.
func empty(state gongkai.State, raw string, chosen func(c *gongkai.Cell) bool) deed {
	return func(it *warehouse.Item) {
		for i := range it.Reports[0].Cells {
			if c := &it.Reports[0].Cells[i]; chosen(c) {
				c.State, c.Raw, c.Value, c.Status = state, raw, 0, gongkai.Verified
			}
		}
	}
}

func tables(ids ...string) func(*gongkai.Cell) bool {
	return func(c *gongkai.Cell) bool { return slices.Contains(ids, c.Table) }
}

// planted are the eight reports that a ranking once had in the wrong order, from
// the best: one without fault, one late by a day, one with a wrong total, and
// those that left out.
var planted = []struct {
	name   string
	leaves bool
	do     deed
}{
	{"clean", false, func(*warehouse.Item) {}},
	{"a day late", false, func(it *warehouse.Item) { it.Reports[0].Published = "2025-02-01" }},
	{"total wrong", false, func(it *warehouse.Item) {
		set(*it, "new_received", "total", 9, gongkai.Disputed)
		set(*it, "new_received", "company", 5, gongkai.Disputed)
	}},
	{"all suspect", true, func(it *warehouse.Item) {
		set(*it, "new_received", "total", 999, gongkai.Verified)
		set(*it, "granted", "total", 777, gongkai.Verified)
		set(*it, "processed_total", "total", 3, gongkai.Verified)
		for i := range it.Reports[0].Cells {
			it.Reports[0].Cells[i].Status = gongkai.Suspect
		}
	}},
	{"no table", true, func(it *warehouse.Item) {
		lose(tables("proactive", "requests", "disputes"))(it)
		it.Reports[0].Tables, it.Reports[0].Cells = nil, nil
	}},
	{"all slashes", true, empty(gongkai.Slash, "/", func(*gongkai.Cell) bool { return true })},
	{"no table three", true, lose(tables("requests"))},
	{"no table three and four", true, lose(tables("requests", "disputes"))},
}

// plantedGroup has the planted reports among twelve others without fault. Faults
// are confirmed if a person has looked.
func plantedGroup(t *testing.T, confirmed bool, order func([]warehouse.Item)) *warehouse.DB {
	t.Helper()
	db := openMemory(t)
	var items []warehouse.Item
	var agencies []gongkai.Agency
	var decided []gongkai.Confirmation
	for i := range len(planted) + 12 {
		name := fmt.Sprintf("other %d", i)
		if i < len(planted) {
			name = planted[i].name
		}
		it := received(registered(zeroReport(name, name+"局", 2024), name), 5)
		if i < len(planted) {
			planted[i].do(&it)
			if planted[i].leaves && planted[i].name != "all suspect" {
				decided = append(decided, gongkai.Confirmation{
					Finding: gongkai.FindingFault, Document: it.Document.Hash(), Verdict: gongkai.VerdictConfirmed, Role: "复核人", Date: "2025-05-20",
				})
			}
		}
		items, agencies = append(items, it), append(agencies, bureau(name, name+"局"))
	}
	if order != nil {
		order(items)
	}
	if err := db.SetAgencies(t.Context(), agencies); err != nil {
		t.Fatal(err)
	}
	load(t, db, items...)
	if confirmed {
		if err := db.SetConfirmations(t.Context(), decided); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// byAgency gives the standings of a ranking, ranked or not.
func byAgency(r *analysis.Ranking) map[string]analysis.Standing {
	all := map[string]analysis.Standing{}
	for _, s := range r.Strata {
		for _, x := range s.Standings {
			all[x.AgencyKey] = x
		}
	}
	for _, x := range r.NotRanked {
		all[x.AgencyKey] = x
	}
	return all
}

// TestPlantedOrder wants none of the reports that left out to stand above one
// that erred, whether a person has looked or not, and the same centre whatever
// the seed and the order in which they were loaded.
func TestPlantedOrder(t *testing.T) {
	t.Parallel()
	for _, confirmed := range []bool{false, true} {
		db := plantedGroup(t, confirmed, nil)
		o := analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Seed: 1}
		got := byAgency(rank(t, db, o))
		if len(got) != len(planted)+12 {
			t.Fatalf("%d reports, want %d", len(got), len(planted)+12)
		}
		clean, late, wrong := got["clean"], got["a day late"], got["total wrong"]
		if clean.Rank != 1 || clean.Score != 100 || late.Rank != clean.Last+1 || wrong.Rank != late.Last+1 {
			t.Errorf("clean %d, late %d, wrong %d: %+v", clean.Rank, late.Rank, wrong.Rank, got)
		}
		if late.CappedBand != "A" || wrong.CappedBand != "C" {
			t.Errorf("capped: a day late %s, total wrong %s", late.CappedBand, wrong.CappedBand)
		}
		for _, p := range planted {
			s := got[p.name]
			switch {
			case !p.leaves:
			case !confirmed || p.name == "all suspect":
				if s.Rank != 0 || s.Reason == "" || s.Least >= wrong.Score {
					t.Errorf("%s is not confirmed, but has rank %d, least %g, reason %q", p.name, s.Rank, s.Least, s.Reason)
				}
			case s.Rank <= wrong.Last || s.Most >= wrong.Score || s.CappedBand < wrong.CappedBand:
				t.Errorf("%s, confirmed: rank %d, at most %g, band %s; a total wrong: %d, %g, %s\n%+v", p.name, s.Rank, s.Most, s.CappedBand, wrong.Rank, wrong.Score, wrong.CappedBand, s)
			}
		}
		random := rand.New(rand.NewPCG(1, 2))
		other := plantedGroup(t, confirmed, func(items []warehouse.Item) {
			random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		})
		check(t, other, analysis.CheckOptions{Store: true})
		o.Stored = true
		for seed := range uint64(3) {
			o.Seed = 10 + seed
			for name, s := range byAgency(rank(t, other, o)) {
				if was := got[name]; s.Median != was.Median || s.Rank != was.Rank || s.Last != was.Last || s.Score != was.Score {
					t.Errorf("%s: seed %d, another order: place %d to %d, score %g; was %d to %d, %g", name, o.Seed, s.Rank, s.Last, s.Score, was.Rank, was.Last, was.Score)
				}
			}
		}
	}
}

// TestLeavingOutNeverHelps errs in reports at random, and takes a cell, a row or
// a table out of a twin of each, blanks it, or strikes it through. As long as
// nobody has looked the twin is ranked no better and its least does not rise; once
// a person has confirmed it, nothing does.
func TestLeavingOutNeverHelps(t *testing.T) {
	t.Parallel()
	const twins = 60
	random := rand.New(rand.NewPCG(31, 32))
	db := openMemory(t)
	var items []warehouse.Item
	var agencies []gongkai.Agency
	var decided []gongkai.Confirmation
	what := make([]string, twins)
	for i := range twins {
		errors := someErrors(random)
		name, out := someLoss(random)
		what[i] = name
		for j, kind := range []string{"whole", "open", "fault"} {
			id := fmt.Sprintf("%s-%02d", kind, i)
			it := received(registered(zeroReport(id, id+"局", 2024), id), 5)
			for _, e := range errors {
				e(&it)
			}
			if j > 0 {
				out(&it)
			}
			if kind == "fault" {
				decided = append(decided, gongkai.Confirmation{
					Finding: gongkai.FindingFault, Document: it.Document.Hash(), Verdict: gongkai.VerdictConfirmed, Role: "复核人", Date: "2025-05-20",
				})
			}
			items, agencies = append(items, it), append(agencies, bureau(id, id+"局"))
		}
	}
	if err := db.SetAgencies(t.Context(), agencies); err != nil {
		t.Fatal(err)
	}
	load(t, db, items...)
	if err := db.SetConfirmations(t.Context(), decided); err != nil {
		t.Fatal(err)
	}
	got := byAgency(rank(t, db, analysis.RankOptions{Year: 2024, PeerGroup: "county_department", Seed: 1}))
	ranked, lower := 0, 0
	for i := range twins {
		whole, open, fault := got[fmt.Sprintf("whole-%02d", i)], got[fmt.Sprintf("open-%02d", i)], got[fmt.Sprintf("fault-%02d", i)]
		if whole.Rank == 0 {
			t.Fatalf("the whole report %d is not ranked: %+v", i, whole)
		}
		if open.Least > whole.Least || open.Rank > 0 && (open.Rank < whole.Rank || open.Score > whole.Score || open.CappedBand < whole.CappedBand) {
			t.Errorf("%s helps: %d to %d, %g in %g-%g %s to %g in %g-%g %s\n%+v\n%+v", what[i], whole.Rank, open.Rank, whole.Score, whole.Least, whole.Most, whole.CappedBand,
				open.Score, open.Least, open.Most, open.CappedBand, whole.Values, open.Values)
		}
		if fault.Score > whole.Score || fault.Least > whole.Least || fault.Most > whole.Most || fault.Rank > 0 && fault.Rank < whole.Rank ||
			fault.Band < whole.Band || fault.CappedBand < whole.CappedBand {
			t.Errorf("%s, confirmed, helps: %d to %d, %g in %g-%g %s to %g in %g-%g %s\n%+v\n%+v", what[i], whole.Rank, fault.Rank, whole.Score, whole.Least, whole.Most, whole.CappedBand,
				fault.Score, fault.Least, fault.Most, fault.CappedBand, whole.Values, fault.Values)
		}
		if fault.Rank == 0 {
			t.Errorf("%s, confirmed, takes it out of the ranking: %s", what[i], fault.Reason)
		}
		if open.Rank > 0 {
			ranked++
		}
		if fault.Score < whole.Score {
			lower++
		}
	}
	if ranked == 0 || ranked == twins || lower < twins/2 {
		t.Errorf("of %d, %d are ranked and %d lower: the test shows little", twins, ranked, lower)
	}
}

// someErrors get some figures of table three wrong, beyond doubt.
func someErrors(random *rand.Rand) (list []deed) {
	for range random.IntN(4) {
		row := []string{"new_received", "granted", "denied_state_secret", "carried_out", "processed_total", "carried_in"}[random.IntN(6)]
		column := []string{"natural_person", "company", "total"}[random.IntN(3)]
		value := int64(1 + random.IntN(3))
		list = append(list, func(it *warehouse.Item) { set(*it, row, column, value, gongkai.Disputed) })
	}
	return list
}

// someLoss takes out, blanks or strikes a cell, a row or a table.
func someLoss(random *rand.Rand) (string, deed) {
	cells := zeroReport("x", "x", 2024).Reports[0].Cells
	at := cells[random.IntN(len(cells))]
	chosen, name := tables(at.Table), "table "+at.Table
	switch random.IntN(3) {
	case 0:
		chosen, name = func(c *gongkai.Cell) bool { return c.Table == at.Table && c.Row == at.Row }, "row "+at.Row
	case 1:
		chosen, name = func(c *gongkai.Cell) bool { return c.Table == at.Table && c.Row == at.Row && c.Column == at.Column }, "cell "+at.Row+" "+at.Column
	}
	switch random.IntN(3) {
	case 0:
		return "blank " + name, empty(gongkai.Blank, "", chosen)
	case 1:
		return "strike " + name, empty(gongkai.Slash, "/", chosen)
	}
	return "lose " + name, lose(chosen)
}
