package archive_test

import (
	"os"
	"path/filepath"
	"testing"

	"gongkai/crawler/archive"
)

// FuzzOpen puts arbitrary bytes where an archive file is expected. Nothing may
// break, and what opens for writing must verify afterwards or say why not.
func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	a, err := archive.Open(dir)
	if err != nil {
		f.Fatal(err)
	}
	if err := a.Put(f.Context(), sample("a.html", "the report")); err != nil {
		f.Fatal(err)
	}
	if err := a.Close(); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(dir, "gongkai-000001.warc.gz"))
	if err != nil {
		f.Fatal(err)
	}
	index, err := os.ReadFile(filepath.Join(dir, "index.jsonl"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, index)
	f.Add(whole[:len(whole)/2], []byte("{}"))
	f.Add(append(whole, whole[:40]...), []byte{})
	f.Fuzz(func(t *testing.T, file, index []byte) {
		dir := t.TempDir()
		for name, b := range map[string][]byte{"gongkai-000001.warc.gz": file, "index.jsonl": index} {
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		a, err := archive.Open(dir)
		if err != nil {
			return
		}
		defer a.Close()
		_, before, err := a.Verify(t.Context())
		if err != nil {
			return // an index may name files that cannot be opened
		}
		for _, err := range a.Documents(t.Context()) {
			_ = err
		}
		if err := a.Put(t.Context(), sample("b.html", "another report")); err != nil {
			t.Fatal(err)
		}
		_, after, err := a.Verify(t.Context())
		if err != nil || len(after) > len(before) {
			t.Errorf("writing made damage: %v, %v", after, err)
		}
	})
}
