package archive_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/crawler/archive"
)

// folder reads all files of an archive.
func folder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = b
	}
	return files
}

// restore makes a folder hold the files and nothing else.
func restore(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// isWARC reports whether a file of an archive holds captures.
func isWARC(name string) bool { return strings.HasSuffix(name, ".warc.gz") }

// An attack changes the files of an archive.
type attack struct {
	what string
	do   func(files map[string][]byte)
}

// attacks damages every file that holds something: by 60 flips of a bit, by
// truncation, deletion and exchange with another.
func attacks(files map[string][]byte) (all []attack) {
	rnd := rand.New(rand.NewPCG(9, 3))
	var names []string
	warcs := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if isWARC(name) || name == "index.jsonl" || name == "manifest.jsonl" {
			names = append(names, name)
		}
		if isWARC(name) {
			warcs++
		}
	}
	for i, name := range names {
		size, flips := len(files[name]), 60
		if isWARC(name) && os.Getenv("GONGKAI_FULL") == "" {
			flips = 1 + 60/warcs // 60 of them all
		}
		for range flips {
			at, bit := rnd.IntN(size), byte(1)<<rnd.IntN(8)
			all = append(all, attack{fmt.Sprintf("%s: bit %#x of byte %d flipped", name, bit, at), func(f map[string][]byte) {
				f[name] = bytes.Clone(f[name])
				f[name][at] ^= bit
			}})
		}
		for _, to := range []int{0, 1, size / 4, size / 2, size * 3 / 4, size - 1} {
			all = append(all, attack{fmt.Sprintf("%s: cut to %d of %d bytes", name, to, size), func(f map[string][]byte) { f[name] = f[name][:to] }})
		}
		if name != "manifest.jsonl" { // an archive of an older version has none
			all = append(all, attack{name + ": deleted", func(f map[string][]byte) { delete(f, name) }})
		}
		other := names[(i+1)%len(names)]
		all = append(all, attack{name + ": exchanged with " + other, func(f map[string][]byte) { f[name], f[other] = f[other], f[name] }})
	}
	return all
}

// TestEveryAttackIsFound: what is damaged is found, with the index and without
// it, by a reader and by the writer that comes after; nobody panics.
func TestEveryAttackIsFound(t *testing.T) {
	t.Parallel()
	dir := fill(t)
	files := folder(t, dir)
	for _, with := range []bool{true, false} {
		for i, x := range attacks(files) {
			if !with && strings.HasPrefix(x.what, "index.jsonl") {
				continue
			}
			damaged := maps.Clone(files)
			if !with {
				delete(damaged, "index.jsonl")
			}
			x.do(damaged)
			restore(t, dir, damaged)
			found := damage(t, dir)
			if !with {
				found = slices.DeleteFunc(found, func(d *archive.Damage) bool { return d.File == "index.jsonl" })
			}
			if len(found) == 0 {
				t.Errorf("index %v, %s: not found", with, x.what)
			}
			if strings.Contains(x.what, "flipped") && i%12 > 0 && os.Getenv("GONGKAI_FULL") == "" {
				continue // the writer syncs much
			}
			a := open(t, dir)
			_, again, err := a.Verify(t.Context())
			if err != nil || len(again)+len(a.DamagedLines()) == 0 {
				t.Errorf("index %v, %s: the writer does not find it: %v", with, x.what, err)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestVanishedWithTheIndex: WARC files and index that are gone or shorter
// together are missed when the archive is opened, by every later writer too.
func TestVanishedWithTheIndex(t *testing.T) {
	t.Parallel()
	dir := fill(t)
	files := folder(t, dir)
	var names []string
	for name := range files {
		if isWARC(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	gone := func(lost ...string) func(f map[string][]byte) {
		return func(f map[string][]byte) {
			for _, name := range lost {
				delete(f, name)
			}
		}
	}
	cases := map[string]func(map[string][]byte){"all files gone": gone(names...)}
	for _, name := range names {
		cases[name+" gone"] = gone(name)
		for part := 1; part < 8; part++ {
			cases[fmt.Sprintf("%s cut to %d/8", name, part)] = func(f map[string][]byte) { f[name] = f[name][:len(f[name])*part/8] }
		}
		last := lastEntryOf(t, dir, name)
		cases[name+" cut at a border"] = func(f map[string][]byte) { f[name] = f[name][:last.Offset] }
	}
	for what, do := range cases {
		damaged := maps.Clone(files)
		delete(damaged, "index.jsonl")
		do(damaged)
		restore(t, dir, damaged)
		for i := range 3 {
			if found := open(t, dir, archive.ReadOnly()).Damage(); len(found) == 0 {
				t.Errorf("%s, time %d: not found when it was opened", what, i)
			}
			a := open(t, dir)
			if len(a.Damage()) == 0 {
				t.Errorf("%s, time %d: not found by the writer", what, i)
			}
			if err := a.Put(t.Context(), sample(fmt.Sprint("new ", i), fmt.Sprint("new ", i))); err != nil {
				t.Fatal(err)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestAdoption: an archive of an older version is given a manifest once, and
// says so.
func TestAdoption(t *testing.T) {
	t.Parallel()
	dir := fill(t)
	if err := os.Remove(filepath.Join(dir, "manifest.jsonl")); err != nil {
		t.Fatal(err)
	}
	if found := damage(t, dir); len(found) > 0 {
		t.Errorf("an archive without a manifest: %v", found)
	}
	for i, want := range []int{1, 0} {
		a := open(t, dir)
		if notes := a.Fresh(); len(notes) != want || want > 0 && notes[0].Event != archive.EventAdopted {
			t.Errorf("opened %d times: %v", i+1, notes)
		}
		checkSound(t, a, 16)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(warcs(t, dir)[0], 200); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "index.jsonl")); err != nil {
		t.Fatal(err)
	}
	if len(open(t, dir).Damage()) == 0 {
		t.Error("after adoption a file that is cut is not missed")
	}
}
