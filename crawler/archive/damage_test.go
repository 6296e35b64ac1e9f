package archive_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/crawler/archive"
)

// fill makes an archive of several files and returns the folder.
func fill(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	a := open(t, dir, archive.MaxFileSize(4000))
	for i := range 8 {
		record(t, a, exchange(t, fmt.Sprintf("https://www.example.gov.cn/%d.html", i), 200, i, fmt.Sprintf("report %d", i)))
		if err := a.Put(t.Context(), sample(fmt.Sprintf("local-%d.html", i), fmt.Sprintf("<p>local %d</p>", i))); err != nil {
			t.Fatal(err)
		}
	}
	checkSound(t, a, 16)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func warcs(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 3 {
		t.Fatalf("%d files, want at least 3", len(names))
	}
	return names
}

func damage(t *testing.T, dir string) []*archive.Damage {
	t.Helper()
	a := open(t, dir, archive.ReadOnly())
	_, found, err := a.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestVerifyFindsEveryFlippedBit(t *testing.T) {
	dir := fill(t)
	rnd := rand.New(rand.NewPCG(3, 3))
	for _, path := range warcs(t, dir) {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		offsets := []int{0, 3, 4, 8, 9, len(whole) - 9, len(whole) - 1} // gzip header, end of data, checksum
		for range 60 {
			offsets = append(offsets, rnd.IntN(len(whole)))
		}
		for _, at := range offsets {
			bit := byte(1) << rnd.IntN(8)
			flipped := bytes.Clone(whole)
			flipped[at] ^= bit
			if err := os.WriteFile(path, flipped, 0o644); err != nil {
				t.Fatal(err)
			}
			if found := damage(t, dir); len(found) == 0 || found[0].File != filepath.Base(path) {
				t.Errorf("%s: bit %#x of byte %d flipped: %v", filepath.Base(path), bit, at, found)
			}
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if found := damage(t, dir); len(found) > 0 {
		t.Errorf("after restoring: %v", found)
	}
}

func TestOpenForWritingNeverCutsADamagedFile(t *testing.T) {
	dir := fill(t)
	paths := warcs(t, dir)
	last := paths[len(paths)-1]
	whole, err := os.ReadFile(last)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	flipped[len(whole)/2] ^= 1
	for _, index := range []bool{true, false} {
		if err := os.WriteFile(last, flipped, 0o644); err != nil {
			t.Fatal(err)
		}
		if !index {
			if err := os.Remove(filepath.Join(dir, "index.jsonl")); err != nil {
				t.Fatal(err)
			}
		}
		a := open(t, dir)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(last)
		if err != nil || !bytes.Equal(got, flipped) {
			t.Errorf("with index %v: the damaged file was changed (%d bytes, %v)", index, len(got), err)
		}
	}
}

func TestVerifyFindsMissingAndShortFiles(t *testing.T) {
	for i := range warcs(t, fill(t)) {
		dir := fill(t)
		path := warcs(t, dir)[i]
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if found := damage(t, dir); len(found) == 0 {
			t.Errorf("missing %s was not found", path)
		}
		dir = fill(t)
		path = warcs(t, dir)[i]
		e := lastEntryOf(t, dir, filepath.Base(path))
		if err := os.Truncate(path, e.Offset); err != nil { // at the border of two captures
			t.Fatal(err)
		}
		if found := damage(t, dir); len(found) == 0 {
			t.Errorf("short %s was not found", path)
		}
		// Writing goes on, and what is lost stays known as lost.
		a := open(t, dir)
		if err := a.Put(t.Context(), sample("new.html", "new")); err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		if found := damage(t, dir); len(found) == 0 {
			t.Errorf("short %s was forgotten", path)
		}
	}
}

func lastEntryOf(t *testing.T, dir, file string) archive.Entry {
	t.Helper()
	var last archive.Entry
	for e, err := range open(t, dir, archive.ReadOnly()).List() {
		if err != nil {
			t.Fatal(err)
		}
		if e.File == file {
			last = e
		}
	}
	return last
}

func TestIndexIsMadeAgain(t *testing.T) {
	dir := fill(t)
	path := filepath.Join(dir, "index.jsonl")
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(want, []byte("\n"))
	for name, content := range map[string][]byte{
		"removed":                      nil,
		"empty":                        {},
		"torn":                         want[:len(want)-30],
		"a line missing in the middle": bytes.Join(append(slices.Clone(lines[:6]), lines[7:]...), nil),
		"two lines off":                bytes.Join(lines[:len(lines)-3], nil),
		"garbage":                      append(bytes.Clone(bytes.Join(lines[:5], nil)), "\x00\x00\x00\n{}\n"...),
	} {
		if content == nil {
			err = os.Remove(path)
		} else {
			err = os.WriteFile(path, content, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := open(t, dir).Close(); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	a := open(t, dir)
	n, found, err := a.Index()
	if n != 16 || len(found) > 0 || err != nil {
		t.Errorf("Index: %d captures, %v, %v", n, found, err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("Index wrote something else: %v", err)
	}
}

func TestDamageDoesNotHideTheRest(t *testing.T) {
	dir := fill(t)
	path := warcs(t, dir)[1]
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 0x10
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	a := open(t, dir)
	good, bad := 0, 0
	for _, err := range a.Documents(t.Context()) {
		if err != nil {
			bad++
		} else {
			good++
		}
	}
	if good != 15 || bad != 1 {
		t.Errorf("%d good and %d bad documents, want 15 and 1", good, bad)
	}
	n, found, err := a.Index()
	if err != nil || n < 15 || len(found) == 0 {
		t.Errorf("Index: %d captures, damage %v, %v", n, found, err)
	}
}

func TestDamagedBytesAreStoredAgain(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	if err := a.Put(t.Context(), sample("a.html", "the report")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "gongkai-000001.warc.gz")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 4
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	record(t, a, exchange(t, "https://www.example.gov.cn/a.html", 200, 1, "the report"))
	docs := documents(t, a)
	if len(docs) != 1 || string(docs[0].Body) != "the report" {
		t.Errorf("documents: %v", docs)
	}
}

func TestTornTailIsCutOffAndJournalled(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	for _, name := range []string{"a.html", "b.html"} {
		if err := a.Put(t.Context(), sample(name, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "gongkai-000001.warc.gz")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	second := lastEntryOf(t, dir, filepath.Base(path)).Offset
	for name, tail := range map[string][]byte{
		"half a capture":           whole[second : len(whole)-20],
		"one byte":                 whole[:1],
		"blocks never filled":      make([]byte, 4096),
		"a request without answer": whole[second : second+int64(bytes.Index(whole[second+1:], whole[:10]))+1],
	} {
		if err := os.WriteFile(path, append(bytes.Clone(whole), tail...), 0o644); err != nil {
			t.Fatal(err)
		}
		if found := damage(t, dir); len(found) > 0 {
			t.Errorf("%s: a reader beside the writer sees damage: %v", name, found)
		}
		a := open(t, dir)
		checkSound(t, a, 2)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, whole) {
			t.Errorf("%s: the file has %d bytes, want %d (%v)", name, len(got), len(whole), err)
		}
		journal, err := os.ReadFile(filepath.Join(dir, "journal.jsonl"))
		want := fmt.Sprintf(`"event":"truncated","file":"gongkai-000001.warc.gz","offset":%d,"length":%d`, len(whole), len(tail))
		if err != nil || !bytes.Contains(journal, []byte(want)) {
			t.Errorf("%s: journal is %s, %v", name, journal, err)
		}
	}
}

// Older versions wrote lines in the order of acknowledgement.
func TestIndexOutOfOrder(t *testing.T) {
	dir := fill(t)
	path := filepath.Join(dir, "index.jsonl")
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(want, []byte("\n"))
	lines[2], lines[9] = lines[9], lines[2]
	mixed := bytes.Join(lines, nil)
	if err := os.WriteFile(path, mixed, 0o644); err != nil {
		t.Fatal(err)
	}
	checkSound(t, open(t, dir, archive.ReadOnly()), 16)
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, mixed) {
		t.Errorf("a reader wrote the index (%v)", err)
	}
	a := open(t, dir)
	checkSound(t, a, 16)
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the writer did not sort the index (%v)", err)
	}
}

func TestReaderWithoutIndex(t *testing.T) {
	dir := fill(t)
	want := documents(t, open(t, dir, archive.ReadOnly()))
	path := filepath.Join(dir, "index.jsonl")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	a := open(t, dir, archive.ReadOnly())
	if found := damage(t, dir); len(found) != 1 || found[0].File != "index.jsonl" {
		t.Errorf("the index is gone: %v", found)
	}
	if diff := cmp.Diff(want, documents(t, a)); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("a reader made the index: %v", err)
	}
}

// An index that cannot be read is an error, not an archive with less in it.
func TestIndexLostInUse(t *testing.T) {
	dir := fill(t)
	a := open(t, dir)
	first, err := a.Get(sample("", "<p>local 0</p>").Hash())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, "index.jsonl"), 10); err != nil {
		t.Fatal(err)
	}
	_, getErr := a.Get(first.Hash())
	_, bytesErr := a.Bytes(first.Hash())
	_, _, verifyErr := a.Verify(t.Context())
	var listErr error
	for _, listErr = range a.List() {
	}
	for name, err := range map[string]error{
		"Put": a.Put(t.Context(), first), "Get": getErr, "Bytes": bytesErr, "Verify": verifyErr, "List": listErr,
		"Record": a.Record(t.Context(), exchange(t, "https://www.example.gov.cn/0.html", 200, 99, "report 0")),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if n, found, err := a.Index(); n != 16 || len(found) > 0 || err != nil {
		t.Errorf("Index: %d captures, %v, %v", n, found, err)
	}
	checkSound(t, a, 16)
}
