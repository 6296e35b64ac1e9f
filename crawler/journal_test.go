package crawler

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func open(t *testing.T, dir string) *Journal {
	t.Helper()
	j, err := OpenJournal(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func TestJournalRemembers(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	want := Task{
		ID: "s http://x/1", Site: "s", Column: "nb", State: TaskFailed, Run: "r", At: at("2024-02-01 02:00").UTC(), Tries: 2, Kind: FailNetwork,
		Detail: "time-out\nof a host", Next: at("2024-02-03 00:00").UTC(), Hash: "ab", Agency: "a", Year: 2023, Files: []Link{{URL: "http://x/a.pdf"}}, Counts: []int{4, 5},
	}
	for _, task := range []Task{{ID: "s list:nb", Site: "s"}, {ID: want.ID, Site: "s", State: TaskLeased}, want, {ID: "t x", Site: "t"}} {
		if err := j.Set(task); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, dir)
	got, ok := j.Get(want.ID)
	if d := cmp.Diff(want, got); !ok || d != "" {
		t.Errorf("task (-set +got):\n%s", d)
	}
	var ids []string
	for task := range j.Tasks("s") {
		ids = append(ids, task.ID)
	}
	if !slices.Equal(ids, []string{"s http://x/1", "s list:nb"}) {
		t.Errorf("tasks of s: %v", ids)
	}
	if _, ok := j.Get("none"); ok {
		t.Error("found a task that is not there")
	}
}

func TestJournalTornAndDamaged(t *testing.T) {
	line := `{"id":"s x","site":"s","state":"done"}` + "\n"
	name := func(dir string) string { return filepath.Join(dir, "journal.jsonl") }
	for _, torn := range []string{`{"id":"s y","si`, `{"id":"s y","site":"s"}`, "\x00\x00", `{"id":"s y","detail":"` + strings.Repeat("x", 2000)} {
		dir := t.TempDir()
		if err := os.WriteFile(name(dir), []byte(line+torn), 0o644); err != nil {
			t.Fatal(err)
		}
		j := open(t, dir)
		if err := j.Set(Task{ID: "s z", Site: "s"}); err != nil {
			t.Fatal(err)
		}
		j.Close()
		j = open(t, dir)
		if _, ok := j.Get("s y"); ok || j.count != 2 {
			t.Errorf("torn %q: %d tasks", torn, j.count)
		}
	}
	for _, bad := range []string{"\x00\n", "{}\n", "null\n", "[]\n", "\n"} {
		dir := t.TempDir()
		if err := os.WriteFile(name(dir), []byte(line+bad+line), 0o644); err != nil {
			t.Fatal(err)
		}
		j, err := OpenJournal(dir)
		if err != nil {
			t.Fatal(err)
		}
		if d := j.Damaged(); len(d) != 1 || d[0].Line != 2 || d[0].File != "journal.jsonl" || j.count != 1 {
			t.Errorf("damaged %q: %v", bad, d)
		}
		j.Close()
		if text, _ := os.ReadFile(name(dir)); string(text) != line+bad+line {
			t.Errorf("damaged %q: the file was changed", bad)
		}
	}
}

// A journal in which a line is damaged is kept as it is, until someone has
// looked at it.
func TestDamagedJournalIsNotCompacted(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	for i := range 2000 {
		if err := j.Set(Task{ID: "s 1", Site: "s", Tries: i}); err != nil {
			t.Fatal(err)
		}
	}
	j.Close()
	text, err := os.ReadFile(JournalPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)-40] ^= 2 // the last word on the task
	if err := os.WriteFile(JournalPath(dir), text, 0o644); err != nil {
		t.Fatal(err)
	}
	j = open(t, dir)
	if task, _ := j.Get("s 1"); task.Tries != 1998 || len(j.Damaged()) != 1 || j.log.Lines() != 2000 {
		t.Errorf("%d tries, %d lines, %v", task.Tries, j.log.Lines(), j.Damaged())
	}
}

func TestJournalCompacts(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	for i := range 5000 {
		if err := j.Set(Task{ID: fmt.Sprint("s ", i%10), Site: "s", Tries: i, At: time.Unix(int64(i), 0)}); err != nil {
			t.Fatal(err)
		}
	}
	j.Close()
	j = open(t, dir)
	if err := j.Set(Task{ID: "s new", Site: "s"}); err != nil {
		t.Fatal(err)
	}
	j.Close()
	text, err := os.ReadFile(filepath.Join(dir, "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "\n"); n != 11 {
		t.Errorf("%d lines after compaction", n)
	}
	j = open(t, dir)
	if task, _ := j.Get("s 9"); task.Tries != 4999 {
		t.Errorf("task 9 has %d tries", task.Tries)
	}
}
