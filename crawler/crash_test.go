package crawler_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai"
	"gongkai/crawler"
)

// TestKilledAnywhere kills a run before each of its requests and right after
// each of its documents was put, in the middle of a journal line. Another run
// must end with what an undisturbed one has.
func TestKilledAnywhere(t *testing.T) {
	whole := newWorld(t)
	whole.standard()
	whole.crawl(example(t, ""))
	type snapshot struct {
		journal []byte
		kept    map[string]string
	}
	var shots []snapshot
	w := newWorld(t)
	w.standard()
	shoot := func() {
		b, err := os.ReadFile(filepath.Join(w.dir, "journal.jsonl"))
		if err != nil {
			t.Error(err)
		}
		shots = append(shots, snapshot{b, maps.Clone(w.kept)})
	}
	w.onGet = func(int, crawler.Request) { shoot() }
	w.onPut = func(d *gongkai.Document) error {
		shoot()
		w.kept[d.URL] = "put, but the journal does not know"
		shoot()
		return nil
	}
	w.crawl(example(t, ""))
	if len(shots) < 12 {
		t.Fatalf("%d snapshots", len(shots))
	}
	for i, shot := range shots {
		for _, torn := range []string{"", `{"id":"example ht`} {
			again := newWorld(t)
			again.standard()
			again.now = again.now.Add(time.Hour)
			again.kept = maps.Clone(shot.kept)
			if err := os.WriteFile(filepath.Join(again.dir, "journal.jsonl"), append(slices.Clone(shot.journal), torn...), 0o644); err != nil {
				t.Fatal(err)
			}
			again.crawl(example(t, ""))
			if d := cmp.Diff(whole.kept, again.kept); d != "" {
				t.Errorf("killed at %d, torn %q (-undisturbed +rerun):\n%s", i, torn, d)
			}
		}
	}
}

func TestPoisonIsLeftAlone(t *testing.T) {
	w := newWorld(t)
	w.standard()
	line := `{"id":"example ` + home + `/show/2.html","site":"example","state":"leased","run":"x","at":"2024-01-31T20:00:00+08:00","tries":3}` + "\n"
	if err := os.WriteFile(filepath.Join(w.dir, "journal.jsonl"), []byte(line), 0o644); err != nil {
		t.Fatal(err)
	}
	s := w.crawl(example(t, "")).Sites[0]
	if s.Problems[crawler.FailCrash] != 1 || slices.Contains(w.documents(), "2.html") {
		t.Errorf("%s, requests %v", counts(s), w.documents())
	}
}

type panicky struct{}

func (panicky) Dissect(p *crawler.Page) crawler.Anatomy {
	if strings.Contains(string(p.UTF8), "二") {
		panic("boom")
	}
	return crawler.Anatomy{}
}

func TestPanicIsAProblem(t *testing.T) {
	w := newWorld(t)
	w.standard()
	r, err := w.try(t.Context(), func(o *crawler.Options) { o.Anatomist = panicky{} }, example(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Sites[0]; s.Problems[crawler.FailCrash] != 1 || s.Captured[crawler.New] != 3 {
		t.Errorf("%s", counts(s))
	}
}

func TestCancelled(t *testing.T) {
	w := newWorld(t)
	w.standard()
	ctx, cancel := context.WithCancel(t.Context())
	w.onGet = func(n int, _ crawler.Request) {
		if n == 3 {
			cancel()
		}
	}
	r, err := w.try(ctx, nil, example(t, ""))
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	if s := r.Sites[0]; s.Skips[crawler.SkipCancelled] == 0 || s.Captured[crawler.New] != 1 {
		t.Errorf("%s", counts(s))
	}
	w.onGet = nil
	if s := w.crawl(example(t, "")).Sites[0]; s.Captured[crawler.New] != 4 || s.Captured[crawler.Known] != 1 {
		t.Errorf("again: %s", counts(s))
	}
}

func TestFullDiskStopsTheRun(t *testing.T) {
	w := newWorld(t)
	w.standard()
	full := errors.New("no space left on device")
	w.onPut = func(d *gongkai.Document) error {
		if strings.HasSuffix(d.URL, "2.html") {
			return full
		}
		return nil
	}
	r, err := w.try(t.Context(), nil, example(t, ""))
	if !errors.Is(err, full) {
		t.Fatalf("error %v", err)
	}
	if s := r.Sites[0]; s.Problems[crawler.FailStore] != 1 {
		t.Errorf("%s", counts(s))
	}
	w.onPut = nil
	if s := w.crawl(example(t, "")).Sites[0]; s.Captured[crawler.New] != 3 || s.Captured[crawler.Known] != 2 {
		t.Errorf("again: %s", counts(s))
	}
}
