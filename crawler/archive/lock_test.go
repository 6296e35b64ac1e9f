package archive_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/crawler/archive"
)

func TestOneWriter(t *testing.T) {
	dir := t.TempDir()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	a := open(t, dir, archive.Clock(func() time.Time { return at }))
	_, err := archive.Open(dir)
	locked, ok := errors.AsType[*archive.LockedError](err)
	if !ok || locked.PID != os.Getpid() || !locked.Since.Equal(at) {
		t.Fatalf("second writer: %v", err)
	}
	if !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("the message does not name the holder: %v", err)
	}
	if err := a.Put(t.Context(), sample("a.html", "a")); err != nil {
		t.Fatal(err)
	}
	reader := open(t, dir, archive.ReadOnly())
	if docs := documents(t, reader); len(docs) != 1 {
		t.Errorf("a reader beside the writer sees %d documents", len(docs))
	}
	if err := reader.Put(t.Context(), sample("b.html", "b")); !errors.Is(err, archive.ErrReadOnly) {
		t.Errorf("Put by a reader: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}

func TestReaderOfNothing(t *testing.T) {
	a := open(t, filepath.Join(t.TempDir(), "absent"), archive.ReadOnly())
	if docs := documents(t, a); len(docs) != 0 {
		t.Errorf("documents: %v", docs)
	}
}

// A full disk, or any other failed write, costs the document at hand and
// nothing else.
func TestFailedWriteIsUndone(t *testing.T) {
	for _, point := range []string{"append-begin", "append-header", "append-middle", "append-written", "rotate-created"} {
		dir := t.TempDir()
		full := false
		a := open(t, dir, archive.MaxFileSize(1), archive.Hook(func(p string) error {
			if full && p == point {
				return errors.New("no space left on device")
			}
			return nil
		}))
		if err := a.Put(t.Context(), sample("a.html", "a")); err != nil {
			t.Fatal(err)
		}
		full = true
		if err := a.Put(t.Context(), sample("b.html", "b")); err == nil || !strings.Contains(err.Error(), "no space left") {
			t.Errorf("%s: %v", point, err)
		}
		full = false
		if err := a.Put(t.Context(), sample("c.html", "c")); err != nil {
			t.Errorf("%s: after the disk has room again: %v", point, err)
		}
		if docs := documents(t, a); len(docs) != 2 {
			t.Errorf("%s: %d documents, want 2", point, len(docs))
		}
		checkSound(t, a, 2)
		readStrictly(t, dir)
	}
}

func TestManyWritersAndReaders(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.MaxFileSize(10_000))
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 20 {
				if err := a.Put(t.Context(), sample(fmt.Sprintf("%d-%d.html", w, i), fmt.Sprintf("%d of %d", i, w))); err != nil {
					t.Error(err)
				}
				if i%5 == 0 {
					for _, err := range a.Documents(t.Context()) {
						if err != nil {
							t.Error(err)
						}
					}
				}
			}
		})
	}
	wg.Wait()
	checkSound(t, a, 160)
	before := documents(t, a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "index.jsonl")); err != nil {
		t.Fatal(err)
	}
	a = open(t, dir)
	after := documents(t, a)
	for i := range before {
		if before[i].Name != after[i].Name {
			t.Fatalf("order changed when the index was made again: %s, %s", before[i].Name, after[i].Name)
		}
	}
}
