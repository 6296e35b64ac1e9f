package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"gongkai/crawler/archive"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/fixture"
	"gongkai/warehouse"
)

// TestDamagePublishesNothingLess: whatever is damaged in the archive, build and
// ingest of something else say exit code 6 or lose nothing, and the published
// warehouse has all that it had.
func TestDamagePublishesNothingLess(t *testing.T) {
	t.Parallel()
	s := newChangingSite(t)
	a, o := s.app, pipeline.Reading{Jobs: 1, Batch: 16}
	from := t.TempDir()
	style, _ := fixture.Find("html-trs")
	write := func(folder string, seed uint64) {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprint(seed, ".html")), style.Bytes(fixture.Random(seed, fixture.Options{Plain: true})), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for seed := range uint64(3) {
		write(from, seed+1)
	}
	if err := a.ingest(t.Context(), []string{from}, ingestOptions{Reading: o}); err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	write(other, 9)
	warc, index := filepath.Join(a.archiveDir(), "gongkai-000001.warc.gz"), filepath.Join(a.archiveDir(), "index.jsonl")
	published := bytesOf(t, a.database())
	kept := filesOf(t, a.archiveDir())
	first := firstCapture(t, kept[index])
	rnd := rand.New(rand.NewPCG(6, 3))
	flips := 3
	if os.Getenv("GONGKAI_FULL") != "" {
		flips = 60
	}
	type attack struct {
		what  string
		whole bool // the loss is seen when the archive is opened
		at    int  // the byte that is flipped
		do    func() error
	}
	all := []attack{
		{"WARC gone", true, 0, func() error { return os.Remove(warc) }},
		{"WARC and index gone", true, 0, func() error { return errors.Join(os.Remove(warc), os.Remove(index)) }},
		{"WARC halved, index gone", true, 0, func() error { return errors.Join(os.Truncate(warc, int64(len(kept[warc])/2)), os.Remove(index)) }},
		{"WARC and index exchanged", true, 0, func() error {
			return errors.Join(os.WriteFile(warc, kept[index], 0o644), os.WriteFile(index, kept[warc], 0o644))
		}},
	}
	for range flips {
		b := bytes.Clone(kept[warc])
		at := rnd.IntN(len(b))
		b[at] ^= 1 << rnd.IntN(8)
		all = append(all, attack{fmt.Sprint("byte ", at, " flipped"), false, at, func() error { return os.WriteFile(warc, b, 0o644) }})
	}
	for _, x := range all {
		for run, do := range map[string]func() error{
			"build":  func() error { return a.build(t.Context(), "", o) },
			"ingest": func() error { return a.ingest(t.Context(), []string{other}, ingestOptions{Reading: o}) },
		} {
			if err := os.RemoveAll(a.archiveDir()); err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(a.archiveDir(), 0o755); err != nil {
				t.Fatal(err)
			}
			for name, b := range kept {
				if err := os.WriteFile(name, b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(a.database(), published, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := x.do(); err != nil {
				t.Fatal(err)
			}
			code := codeOf(do())
			db, err := a.openReading(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			n := documentsOf(t, db)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			// Build reads every capture of a document; what ingest does not read is found by verify.
			strict := x.whole || run == "build" && x.at >= first
			if n < 3 || code != exitCorrupt && (strict || code != exitOK) {
				t.Errorf("%s, %s: exit code %d, %d documents are published", x.what, run, code, n)
			}
		}
	}
}

func documentsOf(t *testing.T, db *warehouse.DB) (n int) {
	t.Helper()
	if err := db.SQL().QueryRowContext(t.Context(), "SELECT count(*) FROM document").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// filesOf reads all files of a folder.
func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		files[name] = bytesOf(t, name)
	}
	return files
}

// firstCapture returns where the first capture begins: what stands before it says
// only which program wrote the file.
func firstCapture(t *testing.T, index []byte) int {
	t.Helper()
	first := -1
	for line := range bytes.Lines(index) {
		var e archive.Entry
		if err := json.Unmarshal(line, &e); err == nil && e.File != "" && (first < 0 || int(e.Offset) < first) {
			first = int(e.Offset)
		}
	}
	if first < 0 {
		t.Fatalf("no capture in %s", index)
	}
	return first
}
