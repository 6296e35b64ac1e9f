package main

import (
	"bytes"
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"gongkai/crawler"
	"gongkai/internal/console"
	"gongkai/internal/doctor"
	"gongkai/internal/pipeline"
)

// TestDamagedLines: whatever byte of journal or run log is flipped, wherever they
// are cut, gone or exchanged, doctor names a line of the right file, and --repair
// makes the file whole again.
func TestDamagedLines(t *testing.T) {
	t.Parallel()
	s := newChangingSite(t)
	for i := range 4 {
		s.show(edition(i))
		if _, err := s.app.pipeline().Nightly(t.Context(), s.gathering(t, "990100-czj"), pipeline.Reading{Jobs: 1, Batch: 16}); err != nil {
			t.Fatal(err)
		}
	}
	files := s.app.patient().LineFiles()[:2]
	texts := map[string][]byte{}
	for _, f := range files {
		var err error
		if texts[f.Path], err = os.ReadFile(f.Path); err != nil {
			t.Fatal(err)
		}
	}
	found := func(what string, f doctor.LineFile) {
		t.Helper()
		all := examineLines(s.app, false)
		named := false
		for _, d := range all {
			named = named || d.Part == f.Part && d.Result == doctor.Damaged
			if d.Part != f.Part && d.Result == doctor.Damaged {
				t.Errorf("%s: another file is blamed: %v", what, d)
			}
		}
		if !named || codeOf(verdict(all)) != exitCorrupt {
			t.Errorf("%s: %v", what, all)
		}
	}
	rnd := rand.New(rand.NewPCG(60, 1))
	for i, f := range files {
		text, other := texts[f.Path], files[1-i]
		write := func(b []byte) {
			if err := os.WriteFile(f.Path, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for range 60 {
			b := bytes.Clone(text)
			b[rnd.IntN(len(b))] ^= 1 << rnd.IntN(8)
			write(b)
			found("flip", f)
		}
		for range 10 {
			write(text[:rnd.IntN(len(text))])
			found("truncated", f)
		}
		lines := bytes.SplitAfter(text, []byte("\n"))
		lines[0], lines[2] = lines[2], lines[0]
		write(bytes.Join(lines, nil))
		found("lines exchanged", f)
		write(texts[other.Path])
		found("another file in its place", f)
		if err := os.Remove(f.Path); err != nil {
			t.Fatal(err)
		}
		found("deleted", f)
		b := bytes.Clone(text)
		b[5] ^= 1
		write(b)
		if all := examineLines(s.app, true); codeOf(verdict(all)) != exitOK || !strings.Contains(all[i].Detail, "line 1") {
			t.Errorf("repaired: %v", all)
		}
		if all := examineLines(s.app, false); all[i].Result != doctor.Note || !strings.Contains(all[i].Detail, ".damaged") {
			t.Errorf("after the repair: %v", all)
		}
		if err := os.Remove(f.Path + ".damaged"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDamagedLinesStopNoNight: a night after damage of journal and run log says so
// and publishes.
func TestDamagedLinesStopNoNight(t *testing.T) {
	t.Parallel()
	s := newChangingSite(t)
	var said bytes.Buffer
	s.app.say = console.NewLogger(&said, "text", slog.LevelWarn, false)
	night := func(number int) *pipeline.Night {
		t.Helper()
		s.show(edition(number))
		n, err := s.app.pipeline().Nightly(t.Context(), s.gathering(t, "990100-czj"), pipeline.Reading{Jobs: 1, Batch: 16})
		if err != nil {
			t.Fatalf("night: %v", err)
		}
		return n
	}
	night(0)
	if said.Len() > 0 {
		t.Errorf("a night without damage: %s", said.String())
	}
	for _, path := range []string{crawler.JournalPath(s.app.folder().Journal()), s.app.folder().RunLog()} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/2] ^= 4
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if code := codeOf(newRuns(s.app).RunE(nil, nil)); code != exitCorrupt {
		t.Errorf("runs, of which the only line is damaged: exit code %d", code)
	}
	said.Reset()
	if n := night(1); len(n.Bulletin.Revised) != 1 {
		t.Errorf("the night brought %v, %v", n.Bulletin.New, n.Bulletin.Revised)
	}
	for _, want := range []string{"warning: journal.jsonl, line ", "warning: runs.jsonl, line 1: ", "hint: "} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("%q is not said: %s", want, said.String())
		}
	}
}

func examineLines(a *app, repair bool) []doctor.Diagnosis {
	p := a.patient()
	p.Repair = repair
	return p.ExamineLines(context.Background())
}
