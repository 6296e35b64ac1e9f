package linelog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// names reads the names that the lines of a file give, in the order of their
// numbers, and its damage.
func names(t *testing.T, path string) (got []string, damaged []*Damage) {
	t.Helper()
	byNumber := map[int64]string{}
	damaged, err := Read(path, func(n int64, line []byte) error {
		name, err := nameOf(line)
		if err == nil {
			byNumber[n] = name
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range slices.Sorted(maps.Keys(byNumber)) {
		got = append(got, byNumber[n])
	}
	return got, damaged
}

func nameOf(line []byte) (string, error) {
	var o struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(line, &o); err != nil || o.Name == "" {
		return "", errors.New("it has no name")
	}
	return o.Name, nil
}

// write adds lines for the names to a file.
func write(t *testing.T, path string, all ...string) {
	t.Helper()
	l, err := Open(path, func(int64, []byte) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		b, err := json.Marshal(map[string]string{"name": name})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Append(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// sample writes a file of lines of different lengths.
func sample(t *testing.T) (path string, all []string, text []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "log.jsonl")
	for i := range 9 {
		all = append(all, fmt.Sprint(i, "局", strings.Repeat("x", 7*i)))
	}
	write(t, path, all[:4]...)
	write(t, path, all[4:]...)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, damaged := names(t, path)
	if !slices.Equal(got, all) || damaged != nil {
		t.Fatalf("read %q, %v", got, damaged)
	}
	return path, all, text
}

func put(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every byte, with one bit flipped: it is found, and at most two lines are lost.
func TestFlips(t *testing.T) {
	t.Parallel()
	path, all, text := sample(t)
	rnd := rand.New(rand.NewPCG(9, 1))
	for at := range text {
		flipped := bytes.Clone(text)
		flipped[at] ^= 1 << rnd.IntN(8)
		put(t, path, flipped)
		got, damaged := names(t, path)
		line := 1 + bytes.Count(text[:at], []byte("\n"))
		if len(damaged) == 0 || damaged[0].Line != line {
			t.Errorf("byte %d of line %d, %q → %q: %v", at, line, text[at], flipped[at], damaged)
		}
		if lost := len(all) - len(got); lost > 2 || !subset(got, all) {
			t.Errorf("byte %d: read %q", at, got)
		}
	}
}

func subset(some, all []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

func TestTruncatedAndDeleted(t *testing.T) {
	t.Parallel()
	path, all, text := sample(t)
	for size := range text {
		put(t, path, text[:size])
		whole := bytes.Count(text[:size], []byte("\n"))
		got, damaged := names(t, path)
		if len(damaged) != 1 || damaged[0].Line != whole+1 || !slices.Equal(got, all[:whole]) {
			t.Errorf("%d bytes: %q, %v", size, got, damaged)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, damaged := names(t, path); len(damaged) != 1 || damaged[0].Line != 0 {
		t.Errorf("deleted: %v", damaged)
	}
	// What is lost stays known when lines are added.
	write(t, path, "new")
	if got, damaged := names(t, path); len(damaged) != 1 || !slices.Equal(got, []string{"new"}) {
		t.Errorf("added to: %q, %v", got, damaged)
	}
}

// Lines that change places or go are missed; the numbers tell their order.
func TestMovedLines(t *testing.T) {
	t.Parallel()
	path, all, text := sample(t)
	lines := bytes.SplitAfter(bytes.TrimSuffix(text, nil), []byte("\n"))[:len(all)]
	for i := range lines {
		put(t, path, bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil))
		if got, damaged := names(t, path); len(damaged) == 0 || damaged[0].Line != i+1 || len(got) != len(all)-1 {
			t.Errorf("without line %d: %v", i+1, damaged)
		}
		for j := range i {
			swapped := slices.Clone(lines)
			swapped[i], swapped[j] = swapped[j], swapped[i]
			put(t, path, bytes.Join(swapped, nil))
			if got, damaged := names(t, path); len(damaged) == 0 || damaged[0].Line != j+1 || !slices.Equal(got, all) {
				t.Errorf("lines %d and %d exchanged: %q, %v", j+1, i+1, got, damaged)
			}
		}
	}
}

// A crash leaves a torn line behind lines that no head knows of: no damage.
func TestTornIsNoDamage(t *testing.T) {
	t.Parallel()
	path, all, text := sample(t)
	last := bytes.LastIndexByte(text[:len(text)-1], '\n') + 1
	if err := os.Remove(headPath(path)); err != nil {
		t.Fatal(err)
	}
	for size := last; size < len(text); size++ {
		put(t, path, text[:size])
		if got, damaged := names(t, path); damaged != nil || len(got) != len(all)-1 {
			t.Fatalf("%d bytes: %q, %v", size, got, damaged)
		}
	}
	left := filepath.Join(filepath.Dir(path), ".log.jsonl.head4711") // of a head that was not yet in its place
	put(t, left, text)
	write(t, path, "next")
	if _, err := os.Stat(left); err == nil {
		t.Error("what the crash left beside the file is still there")
	}
	if got, damaged := names(t, path); damaged != nil || got[len(got)-1] != "next" || len(got) != len(all) {
		t.Errorf("after the crash: %q, %v", got, damaged)
	}
}

// Lines of older versions have no seal.
func TestOlderVersions(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log.jsonl")
	put(t, path, []byte("{\"name\":\"a\"}\n{\"name\":\"b\",\"crc\":\"of a bell\"}\n"))
	write(t, path, "c")
	if got, damaged := names(t, path); damaged != nil || !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("%q, %v", got, damaged)
	}
	for _, bad := range []string{"\x00\n", "{}\n", "null\n", "[]\n", "\n"} {
		put(t, path, []byte("{\"name\":\"a\"}\n"+bad+"{\"name\":\"b\"}\n"))
		if got, damaged := names(t, path); len(damaged) != 1 || damaged[0].Line != 2 || len(got) != 2 {
			t.Errorf("%q: %q, %v", bad, got, damaged)
		}
	}
}

func TestRepair(t *testing.T) {
	t.Parallel()
	path, all, text := sample(t)
	visit := func(_ int64, line []byte) error { _, err := nameOf(line); return err }
	if found, err := Repair(path, visit); found != nil || err != nil {
		t.Errorf("a sound file: %v, %v", found, err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	bad := bytes.Replace(lines[2], []byte("x"), []byte("y"), 1)
	lines[2], lines[5], lines[6] = bad, lines[6], lines[5]
	put(t, path, bytes.Join(lines[:8], nil))
	found, err := Repair(path, visit)
	if err != nil || len(found) < 3 {
		t.Fatalf("%v, %v", found, err)
	}
	if got, damaged := names(t, path); damaged != nil || !slices.Equal(got, slices.Concat(all[:2], all[3:8])) {
		t.Errorf("%q, %v", got, damaged)
	}
	aside, err := os.ReadFile(Aside(path))
	if err != nil || !bytes.Contains(aside, bad) || !bytes.Contains(aside, []byte("log.jsonl, line 3")) {
		t.Errorf("set aside: %s, %v", aside, err)
	}
}
