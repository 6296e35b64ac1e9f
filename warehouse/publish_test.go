package warehouse_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai"
	"gongkai/extract"
	"gongkai/internal/durable/faults"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

// publication publishes n documents at path.
func publication(ctx context.Context, path string, n int) *warehouse.Publication {
	return &warehouse.Publication{
		Path: path, Options: warehouse.Options{Forms: extract.Forms(), Threads: 1},
		Fill: func(db *warehouse.DB) error { _, err := db.Load(ctx, items(n)); return err },
	}
}

// documentsIn counts what answers at path.
func documentsIn(t *testing.T, path string) (n int) {
	t.Helper()
	db, err := warehouse.Open(t.Context(), path, warehouse.Options{ReadOnly: true, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SQL().QueryRowContext(t.Context(), "SELECT count(*) FROM document JOIN report USING (document) WHERE report_id IN (SELECT report_id FROM cell)").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// folder lists the names of the files beside path.
func folder(t *testing.T, path string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestPublishFails lets every step of publishing fail in turn, in each way. The
// old warehouse answers as before, nothing is left beside it, and the next
// publication is as if nothing had been.
func TestPublishFails(t *testing.T) {
	t.Parallel()
	for _, anew := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "gongkai.duckdb")
		if err := publication(t.Context(), path, 2).Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		attempt := func(d *faults.Disk) error {
			if err := errors.Join(os.RemoveAll(path+warehouse.PreviousSuffix), os.WriteFile(path, old, 0o644)); err != nil {
				t.Fatal(err)
			}
			p := publication(t.Context(), path, 3)
			p.Anew, p.Disk = anew, d.Take
			return p.Publish(t.Context())
		}
		clean := &faults.Disk{Way: faults.Never}
		if err := attempt(clean); err != nil || documentsIn(t, path) != 3 {
			t.Fatalf("undisturbed: %d documents, %v", documentsIn(t, path), err)
		}
		for _, need := range []string{"checkpoint", "close", "sync", "open", "link", "rename"} {
			if !slices.ContainsFunc(clean.Steps(), func(s string) bool { return strings.HasPrefix(s, need+" ") }) {
				t.Errorf("no step %q in %q", need, clean.Steps())
			}
		}
		for _, way := range []faults.Way{faults.Before, faults.After, faults.Onward} {
			if way == faults.Onward && !anew {
				continue // it is slow, and the steps are the same
			}
			for at, step := range clean.Steps() {
				d := &faults.Disk{Way: way, At: at + 1}
				what := fmt.Sprintf("anew %v, step %d (%s) fails %s", anew, at+1, step, way)
				err := attempt(d)
				if strings.HasPrefix(step, "link ") && way != faults.Onward { // a copy does as well
					if err != nil || documentsIn(t, path) != 3 || documentsIn(t, path+warehouse.PreviousSuffix) != 2 {
						t.Errorf("%s: %v", what, err)
					}
				} else if got := documentsIn(t, path); !errors.Is(err, faults.Err) || got != 2 {
					t.Errorf("%s: %d documents answer, want 2; the error is %v", what, got, err)
				}
				if way == faults.Onward {
					continue // nothing can be cleared away
				}
				for _, name := range folder(t, path) {
					if strings.HasSuffix(name, warehouse.NewSuffix) || strings.Contains(name, ".wal") {
						t.Errorf("%s: %s is left", what, name)
					}
				}
			}
		}
		if err := publication(t.Context(), path, 3).Publish(t.Context()); err != nil || documentsIn(t, path) != 3 {
			t.Errorf("afterwards: %d documents, %v", documentsIn(t, path), err)
		}
	}
}

// TestPublishPrevious: the last good warehouse is kept until the next good one,
// and a damaged one does not take its place.
func TestPublishPrevious(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gongkai.duckdb")
	previous := path + warehouse.PreviousSuffix
	for n := 1; n <= 3; n++ {
		if err := publication(t.Context(), path, n).Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n > 1 && documentsIn(t, previous) != n-1 {
			t.Errorf("after publication %d the one before has %d documents", n, documentsIn(t, previous))
		}
	}
	if err := os.Truncate(path, 20_000); err != nil {
		t.Fatal(err)
	}
	if err := publication(t.Context(), path, 4).Publish(t.Context()); !errors.Is(err, warehouse.ErrDamaged) {
		t.Errorf("a copy of a damaged warehouse: %v", err)
	}
	anew := publication(t.Context(), path, 1)
	anew.Anew = true
	var loss *warehouse.LossError
	if err := anew.Publish(t.Context()); !errors.As(err, &loss) || loss.Count != 1 {
		t.Errorf("less than before the damage: %v", err)
	}
	anew = publication(t.Context(), path, 3)
	anew.Anew = true
	if err := anew.Publish(t.Context()); err != nil || documentsIn(t, path) != 3 || documentsIn(t, previous) != 2 {
		t.Errorf("after damage: %v, %d documents, %d before", err, documentsIn(t, path), documentsIn(t, previous))
	}
	if d := cmp.Diff([]string{"gongkai.duckdb", "gongkai.duckdb.previous"}, folder(t, path)); d != "" {
		t.Errorf("in the folder (-want +got):\n%s", d)
	}
}

// TestPublishLoss: a document that is published may not vanish without a word.
func TestPublishLoss(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gongkai.duckdb")
	if err := publication(t.Context(), path, 6).Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := publication(t.Context(), path, 0)
	p.Anew = true
	p.Reason = func(document string) string { return "the reason for " + document[:8] }
	all := items(6)
	p.Fill = func(db *warehouse.DB) error {
		_, err := db.Load(t.Context(), []warehouse.Item{all[1], all[4]})
		return err
	}
	var loss *warehouse.LossError
	if err := p.Publish(t.Context()); !errors.As(err, &loss) || loss.Count != 4 {
		t.Fatalf("four of six documents are missing: %v", err)
	}
	var named []string
	for _, l := range loss.Lost {
		named = append(named, l.Document)
		if l.Name == "" || l.Reason != "the reason for "+l.Document[:8] || !strings.Contains(loss.Error(), l.Name+": "+l.Reason) {
			t.Errorf("%+v in %s", l, loss)
		}
	}
	var want []string
	for _, i := range []int{0, 2, 3, 5} {
		want = append(want, all[i].Document.Hash())
	}
	slices.Sort(want)
	if d := cmp.Diff(want, named); d != "" {
		t.Errorf("missing (-want +got):\n%s", d)
	}
	if n := documentsIn(t, path); n != 6 {
		t.Errorf("%d documents answer", n)
	}
	p.AllowLoss = true
	if err := p.Publish(t.Context()); err != nil || documentsIn(t, path) != 2 || documentsIn(t, path+warehouse.PreviousSuffix) != 6 {
		t.Errorf("loss allowed: %v", err)
	}
}

// TestPublishCounts: what was changed behind the back of Load is noticed.
func TestPublishCounts(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gongkai.duckdb")
	for _, spoil := range []string{
		"DELETE FROM cell WHERE rowid % 100 = 7", "DELETE FROM document", "INSERT INTO issue SELECT * FROM issue LIMIT 1", "DELETE FROM report_table",
	} {
		p := publication(t.Context(), path, 2)
		load, changed := p.Fill, false
		p.Fill = func(db *warehouse.DB) error {
			err := load(db)
			if err == nil {
				r, e := db.SQL().ExecContext(t.Context(), spoil)
				if err = e; err == nil {
					n, _ := r.RowsAffected()
					changed = n > 0
				}
			}
			return err
		}
		if err := p.Publish(t.Context()); changed && (err == nil || !strings.Contains(err.Error(), "were loaded")) {
			t.Errorf("%s: %v", spoil, err)
		} else if !changed {
			t.Logf("%s changes nothing", spoil)
		}
	}
}

// TestPublishFewerReports: a document that is still there may not give fewer
// reports without a word: it is named, and what only failed to be read stops the
// publication.
func TestPublishFewerReports(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gongkai.duckdb")
	if err := publication(t.Context(), path, 3).Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	base, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	problem := func(step, code string) func(*warehouse.Item) {
		return func(it *warehouse.Item) {
			it.Reports, it.Problem = nil, &warehouse.Problem{Step: step, Code: code, Detail: "the detail", Next: "x"}
		}
	}
	for _, c := range []struct {
		what   string
		do     func(*warehouse.Item)
		stops  bool
		reason string // empty if nothing is lost
	}{
		{"as before", func(*warehouse.Item) {}, false, ""},
		{"its worker died", problem("read", "limit"), true, "limit (read): the detail"},
		{"read without --ocr", problem("read", "no_text_layer"), true, "no_text_layer"},
		{"extraction gave up", problem("extract", "limit"), true, "limit (extract)"},
		{"judged to be none", problem("extract", "not_report"), false, "not_report (extract): the detail"},
		{"the form alone", problem("extract", "blank_form"), false, "blank_form"},
		{"no word", func(it *warehouse.Item) { it.Reports = nil }, true, "no problem says why"},
		{"its tables only", func(it *warehouse.Item) {
			r := *it.Reports[0]
			r.Tables, r.Cells = nil, nil
			it.Reports = []*gongkai.Report{&r}
		}, true, "1 with tables, and gives 1, 0 with tables"},
		{"read by people", func(it *warehouse.Item) {
			d := *it.Document
			d.Transcripts = []gongkai.Transcript{{}}
			it.Document, it.Reports = &d, nil
		}, false, "people"},
	} {
		for _, anew := range []bool{false, true} {
			for _, allow := range []bool{false, true} {
				what := fmt.Sprintf("%s, anew %v, loss allowed %v", c.what, anew, allow)
				if err := os.WriteFile(path, base, 0o644); err != nil {
					t.Fatal(err)
				}
				all := items(3)
				c.do(&all[1])
				var told []warehouse.Lost
				p := publication(t.Context(), path, 0)
				p.Anew, p.AllowLoss = anew, allow
				p.Fill = func(db *warehouse.DB) error { _, err := db.Load(t.Context(), all); return err }
				p.Lossy = func(l warehouse.Lost) { told = append(told, l) }
				err := p.Publish(t.Context())
				var loss *warehouse.LossError
				if errors.As(err, &loss) {
					told = append(told, loss.Lost...)
				}
				if stopped := loss != nil; stopped != (c.stops && !allow) || err != nil && !stopped {
					t.Errorf("%s: %v", what, err)
				}
				if (c.reason == "") != (len(told) == 0) || c.reason != "" && (len(told) != 1 || told[0].Document != all[1].Document.Hash() || !strings.Contains(told[0].Reason, c.reason)) {
					t.Errorf("%s: told %+v", what, told)
				}
				if n := documentsIn(t, path); c.stops && !allow && n != 3 {
					t.Errorf("%s: %d documents answer", what, n)
				}
			}
		}
	}
}
