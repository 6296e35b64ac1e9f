package crawler

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/renameio/v2"
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
	file  *os.File
	sites map[string]map[string]*Task // site → task id → task
	count int
	lines int
}

// OpenJournal opens or makes DIR/journal.jsonl. It cuts off a last line that
// a crash left half-written; any other line that cannot be read is an error.
func OpenJournal(dir string) (*Journal, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	name := filepath.Join(dir, "journal.jsonl")
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	j := &Journal{file: f, sites: map[string]map[string]*Task{}}
	good, err := j.replay(f)
	if err == nil {
		err = f.Truncate(good)
	}
	if err == nil {
		_, err = f.Seek(good, io.SeekStart)
	}
	if err == nil && j.lines > 1000 && j.lines > 4*j.count {
		err = j.compact(name)
	}
	if err != nil {
		j.file.Close()
		return nil, fmt.Errorf("open journal %s: %w", name, err)
	}
	return j, nil
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

// replay reads all whole lines and returns where they end.
func (j *Journal) replay(f *os.File) (good int64, err error) {
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return good, nil
		}
		if err != nil {
			return good, err
		}
		t := &Task{}
		if err := json.Unmarshal(bytes.TrimSpace(line), t); err != nil || t.ID == "" {
			return good, fmt.Errorf("line %d is damaged (%v): restore it from a backup, or remove the line and its task is done again", j.lines+1, err)
		}
		good += int64(len(line))
		j.lines++
		j.keep(t)
	}
}

// compact writes one line a task to a new file and puts it in place of name.
func (j *Journal) compact(name string) error {
	p, err := renameio.NewPendingFile(name, renameio.WithPermissions(0o644))
	if err != nil {
		return err
	}
	defer p.Cleanup()
	w := bufio.NewWriter(p)
	for _, site := range slices.Sorted(maps.Keys(j.sites)) {
		for _, id := range slices.Sorted(maps.Keys(j.sites[site])) {
			b, err := json.Marshal(j.sites[site][id])
			if err != nil {
				return err
			}
			if _, err := w.Write(append(b, '\n')); err != nil {
				return err
			}
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := p.CloseAtomicallyReplace(); err != nil {
		return err
	}
	j.file.Close()
	j.lines = j.count
	j.file, err = os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0o644)
	return err
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
	if _, err := j.file.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("journal %s: %w", t.ID, err)
	}
	j.lines++
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
	return j.file.Sync()
}

// Close syncs and closes the file.
func (j *Journal) Close() error {
	return errors.Join(j.Sync(), j.file.Close())
}
