package crawler

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"gongkai/internal/linelog"
)

// A Task is one list or one document of a site and what became of it.
type Task struct {
	ID     string      `json:"id"` // site, a space, then "list:" and the column, or the address
	Site   string      `json:"site"`
	Column string      `json:"column,omitempty"`
	State  TaskState   `json:"state"`
	Run    string      `json:"run"` // the run that wrote this
	At     time.Time   `json:"at"`
	Tries  int         `json:"tries,omitempty"` // failures or deaths in a row
	Kind   FailureKind `json:"kind,omitempty"`
	Detail string      `json:"detail,omitempty"`
	Next   time.Time   `json:"next_try,omitzero"`

	// of a document
	URL       string    `json:"url,omitempty"`
	Hash      string    `json:"sha256,omitempty"` // of the last capture, kept through failures
	Captured  time.Time `json:"captured,omitzero"`
	Agency    string    `json:"agency,omitempty"`
	Year      int       `json:"year,omitempty"`
	Title     string    `json:"title,omitempty"`
	Published string    `json:"published,omitempty"`
	Parent    string    `json:"parent,omitempty"` // the page that links this file
	Files     []Link    `json:"files,omitempty"`  // what the page linked, for a recheck that gets no body
	Parts     []string  `json:"parts,omitempty"`  // the further pages of a report that is split, for the same
	Name      string    `json:"name,omitempty"`   // of the document, if it has parts

	// of a list
	Counts []int  `json:"counts,omitempty"` // links found in the last complete visits without a drop, newest last
	Items  int    `json:"items,omitempty"`  // links found in the last complete visit
	Doubt  string `json:"doubt,omitempty"`  // code of the alert for which its new documents wait; empty if they need not
}

// TaskState is the state of a Task. A task that is not in the journal is pending.
type TaskState string

// The states of a task.
const (
	TaskLeased TaskState = "leased" // a run is at it, or died at it
	TaskDone   TaskState = "done"
	TaskFailed TaskState = "failed"
)

// A Journal remembers tasks across runs in one file of JSON lines. A later
// line about the same task replaces an earlier one. Every line is written
// before the method returns, so a killed run loses at most the task in hand,
// and doing a task again does no harm. One process at a time may hold it.
type Journal struct {
	mu    sync.Mutex
	log   *linelog.Log
	sites map[string]map[string]*Task // site → task id → task
	count int
}

// JournalPath returns the file of the journal in DIR.
func JournalPath(dir string) string { return filepath.Join(dir, "journal.jsonl") }

// OpenJournal opens or makes DIR/journal.jsonl. It cuts off a last line that
// a crash left half-written. Another line that cannot be read is passed over,
// see [Journal.Damaged]: its task is as an earlier line says, or is done again.
func OpenJournal(dir string) (*Journal, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	name := JournalPath(dir)
	j := &Journal{sites: map[string]map[string]*Task{}}
	numbers := map[string]int64{} // task id → number of the last line about it
	var err error
	j.log, err = linelog.Open(name, func(n int64, line []byte) error {
		t, err := parseTask(line)
		if err == nil && numbers[t.ID] < n {
			numbers[t.ID] = n
			j.keep(t)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open journal %s: %w", name, err)
	}
	if lines := j.log.Lines(); lines > 1000 && lines > 4*j.count && len(j.log.Damaged()) == 0 {
		if err := j.compact(name); err != nil {
			return nil, errors.Join(fmt.Errorf("open journal %s: %w", name, err), j.log.Close())
		}
	}
	return j, nil
}

// Damaged returns the lines that could not be read when the journal was opened.
func (j *Journal) Damaged() []*linelog.Damage { return j.log.Damaged() }

// CheckTask returns an error if a line of the journal, with a number, holds no task.
func CheckTask(_ int64, line []byte) error {
	_, err := parseTask(line)
	return err
}

func parseTask(line []byte) (*Task, error) {
	t := &Task{}
	if err := json.Unmarshal(line, t); err != nil || t.ID == "" {
		return nil, errors.New("it holds no task")
	}
	return t, nil
}

// keep puts a task into memory.
func (j *Journal) keep(t *Task) {
	site := siteOf(t.ID)
	if j.sites[site] == nil {
		j.sites[site] = map[string]*Task{}
	}
	if j.sites[site][t.ID] == nil {
		j.count++
	}
	j.sites[site][t.ID] = t
}

// siteOf returns the site that a task id begins with.
func siteOf(id string) string {
	site, _, _ := strings.Cut(id, " ")
	return site
}

// compact puts a file with one line a task in place of name.
func (j *Journal) compact(name string) error {
	err := linelog.Rewrite(name, func(yield func([]byte, error) bool) {
		for _, site := range slices.Sorted(maps.Keys(j.sites)) {
			for _, id := range slices.Sorted(maps.Keys(j.sites[site])) {
				if !yield(json.Marshal(j.sites[site][id])) {
					return
				}
			}
		}
	})
	if err != nil {
		return err
	}
	old := j.log
	if j.log, err = linelog.Open(name, CheckTask); err != nil {
		j.log = old
		return err
	}
	return old.Discard()
}

// Get returns a copy of the task, and whether there is one.
func (j *Journal) Get(id string) (Task, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	t, ok := j.sites[siteOf(id)][id]
	if !ok {
		return Task{ID: id}, false
	}
	return *t, true
}

// Set writes t.
func (j *Journal) Set(t Task) error {
	b, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("journal %s: %w", t.ID, err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.log.Append(b); err != nil {
		return fmt.Errorf("journal %s: %w", t.ID, err)
	}
	j.keep(&t)
	return nil
}

// Tasks yields copies of the tasks of a site in the order of their ids.
func (j *Journal) Tasks(site string) iter.Seq[Task] {
	j.mu.Lock()
	var all []Task
	for _, t := range j.sites[site] {
		all = append(all, *t)
	}
	j.mu.Unlock()
	slices.SortFunc(all, func(a, b Task) int { return strings.Compare(a.ID, b.ID) })
	return slices.Values(all)
}

// Sync puts what was written on the disk.
func (j *Journal) Sync() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.log.Sync()
}

// Close syncs and closes the file.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.log.Close()
}
