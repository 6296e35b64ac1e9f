package archive_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gongkai/crawler/archive"
)

// refill puts and records again what fill did.
func refill(t *testing.T, a *archive.Archive) {
	t.Helper()
	for i := range 8 {
		record(t, a, exchange(t, fmt.Sprintf("https://www.example.gov.cn/%d.html", i), 200, 100+i, fmt.Sprintf("report %d", i)))
		if err := a.Put(t.Context(), sample(fmt.Sprintf("local-%d.html", i), fmt.Sprintf("<p>local %d</p>", i))); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHealing: what is damaged, cut or gone is written again when it comes again,
// and nothing else; the archive says what and when.
func TestHealing(t *testing.T) {
	t.Parallel()
	for what, do := range map[string]func(path string) error{
		"flipped": func(path string) error {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			b[len(b)/2] ^= 8
			return os.WriteFile(path, b, 0o644)
		},
		"cut":  func(path string) error { return os.Truncate(path, 700) },
		"gone": os.Remove,
	} {
		for i := range warcs(t, fill(t)) {
			dir := fill(t)
			path := warcs(t, dir)[i]
			if err := do(path); err != nil {
				t.Fatal(err)
			}
			name := fmt.Sprint(filepath.Base(path), " ", what)
			before := len(damage(t, dir))
			if before == 0 {
				t.Fatalf("%s: no damage", name)
			}
			a := open(t, dir)
			refill(t, a)
			healed := 0
			for _, n := range a.Fresh() {
				if n.Event == archive.EventHealed {
					healed++
					if n.File != filepath.Base(path) || n.Hash == "" || n.Name == "" || n.Time.IsZero() {
						t.Errorf("%s: note %+v", name, n)
					}
				}
			}
			if healed == 0 || len(a.Damage()) > 0 {
				t.Errorf("%s: %d healed, left %v", name, healed, a.Damage())
			}
			if len(documents(t, a)) != 16 {
				t.Errorf("%s: documents are missing", name)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			if found := damage(t, dir); len(found) > 0 {
				t.Errorf("%s: not healed: %v", name, found)
			}
			a = open(t, dir)
			captures := len(a.Notes())
			if err := a.Put(t.Context(), sample("local-1.html", "<p>local 1</p>")); err != nil || len(a.Notes()) != captures {
				t.Errorf("%s: healed again: %v", name, err)
			}
		}
	}
}

// A file that is gone is healed when all of its captures are, not when one is.
func TestHalfHealedIsDamaged(t *testing.T) {
	t.Parallel()
	dir := fill(t)
	if err := os.Remove(warcs(t, dir)[0]); err != nil {
		t.Fatal(err)
	}
	a := open(t, dir)
	if err := a.Put(t.Context(), sample("local-0.html", "<p>local 0</p>")); err != nil {
		t.Fatal(err)
	}
	if len(a.Fresh()) == 0 || len(a.Damage()) != 1 {
		t.Errorf("one of several captures was healed: %v, left %v", a.Fresh(), a.Damage())
	}
	if err := a.Accept(a.Damage()); err != nil || len(a.Damage()) > 0 {
		t.Errorf("accepted: %v, left %v", err, a.Damage())
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, dir)
	if _, found, err := a.Verify(t.Context()); len(found) > 0 || err != nil {
		t.Errorf("after acceptance: %v, %v", found, err)
	}
}
