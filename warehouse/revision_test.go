package warehouse_test

import (
	"testing"
	"time"

	"gongkai"
	"gongkai/warehouse"
)

// TestRevisions loads versions of one report in every order and expects the
// same one to count.
func TestRevisions(t *testing.T) {
	version := func(name, published, title string, spoil func(*gongkai.Report)) warehouse.Item {
		d := document(name, name)
		r := blankReport(d, "某局", 2023)
		r.Published, r.Title = published, title
		if spoil != nil {
			spoil(r)
		}
		return warehouse.Item{Document: d, Reports: []*gongkai.Report{r}}
	}
	noTables := func(r *gongkai.Report) {
		for i := range r.Tables {
			r.Tables[i].Found = false
		}
	}
	pdf := func(r *gongkai.Report) { r.Reader = "pdf" }
	first := version("first", "2024-01-20", "年度报告", nil)
	later := version("later", "2024-02-20", "年度报告", nil)
	corrected := version("corrected", "2024-01-25", "年度报告（更正）", nil)
	cover := version("cover", "2024-12-30", "年度报告", noTables)
	twin := version("twin", "2024-02-20", "年度报告", pdf)

	for _, c := range []struct {
		name string
		list []warehouse.Item
		want string
	}{
		{"the later one counts", []warehouse.Item{first, later}, "later"},
		{"a correction counts", []warehouse.Item{first, later, corrected}, "corrected"},
		{"a page without tables does not", []warehouse.Item{cover, first}, "first"},
		{"of twins the page counts", []warehouse.Item{twin, later}, "later"},
	} {
		digests := map[string]bool{}
		for _, order := range permutations(c.list) {
			db := openMemory(t)
			for _, it := range order {
				mustLoad(t, db, []warehouse.Item{it})
			}
			var name string
			if err := db.SQL().QueryRowContext(t.Context(), "SELECT name FROM v_current_report").Scan(&name); err != nil {
				t.Fatal(err)
			}
			if name != c.want {
				t.Errorf("%s: current is %s, want %s", c.name, name, c.want)
			}
			if n := count(t, db, "SELECT count(*) FROM report"); n != len(c.list) {
				t.Errorf("%s: %d versions kept, want %d", c.name, n, len(c.list))
			}
			digests[mustDigest(t, db)] = true
		}
		if len(digests) != 1 {
			t.Errorf("%s: the order of loading changes the digest", c.name)
		}
	}
}

// TestRevisionReturns loads a version again after it has returned: it counts.
func TestRevisionReturns(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 2, n, 0, 0, 0, 0, time.UTC) }
	version := func(name string, fetched, returned time.Time) warehouse.Item {
		d := document("t1.html", name)
		d.Fetched, d.Returned = fetched, returned
		return warehouse.Item{Document: d, Reports: []*gongkai.Report{blankReport(d, "某局", 2023)}}
	}
	db := openMemory(t)
	b := version("b", day(2), time.Time{})
	mustLoad(t, db, []warehouse.Item{version("a", day(1), time.Time{}), b})
	a := version("a", day(1), day(3))
	if l := mustLoad(t, db, []warehouse.Item{a, b}); l.Replaced != 1 || l.Unchanged != 1 {
		t.Errorf("after a returned: %+v", l)
	}
	if n := count(t, db, "SELECT count(*) FROM v_current_report WHERE document = ?", a.Document.Hash()); n != 1 {
		t.Error("a has returned and does not count")
	}
	all := openMemory(t)
	mustLoad(t, all, []warehouse.Item{a, b})
	if mustDigest(t, all) != mustDigest(t, db) {
		t.Error("loaded at once the digest is another")
	}
}

func permutations(list []warehouse.Item) [][]warehouse.Item {
	if len(list) <= 1 {
		return [][]warehouse.Item{list}
	}
	var all [][]warehouse.Item
	for i := range list {
		rest := append(append([]warehouse.Item{}, list[:i]...), list[i+1:]...)
		for _, p := range permutations(rest) {
			all = append(all, append([]warehouse.Item{list[i]}, p...))
		}
	}
	return all
}

// TestRevisionLost removes the current version: the one before counts again.
func TestRevisionLost(t *testing.T) {
	db := openMemory(t)
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	var list []warehouse.Item
	for i, name := range []string{"a", "b"} {
		d := document(name, name)
		d.Fetched = day.AddDate(0, 0, i)
		list = append(list, warehouse.Item{Document: d, Reports: []*gongkai.Report{blankReport(d, "某局", 2023)}})
	}
	mustLoad(t, db, list)
	if n := count(t, db, "SELECT count(*) FROM v_current_report WHERE name = 'b' AND revisions = 2"); n != 1 {
		t.Fatal("b is not current")
	}
	list[1].Reports[0].Year = 2022 // read again: it was another year
	mustLoad(t, db, list[1:])
	if n := count(t, db, "SELECT count(*) FROM v_current_report WHERE revisions = 1"); n != 2 {
		t.Errorf("%d reports are current, want 2", n)
	}
}

// TestUnknownNeverMerges gives documents whose agency, year or scope is not
// known: each stands for itself.
func TestUnknownNeverMerges(t *testing.T) {
	for name, spoil := range map[string]func(*gongkai.Report){
		"agency": func(r *gongkai.Report) { r.Agency = "" },
		"year":   func(r *gongkai.Report) { r.Year = 0 },
		"scope":  func(r *gongkai.Report) { r.Scope = gongkai.ScopeUnknown },
	} {
		db := openMemory(t)
		for _, body := range []string{"a", "b"} {
			d := document(body, body)
			r := blankReport(d, "某局", 2023)
			spoil(r)
			mustLoad(t, db, []warehouse.Item{{Document: d, Reports: []*gongkai.Report{r}}})
		}
		if n := count(t, db, "SELECT count(*) FROM v_current_report WHERE revisions = 1"); n != 2 {
			t.Errorf("unknown %s: %d reports are current, want 2", name, n)
		}
	}
}
