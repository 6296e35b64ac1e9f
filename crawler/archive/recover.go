package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// fileName returns the base name of the n-th WARC file. The names sort in the
// order of writing.
func fileName(n int) string { return fmt.Sprintf("gongkai-%06d.warc.gz", n) }

func fileNumber(name string) int {
	var n int
	if _, err := fmt.Sscanf(name, "gongkai-%06d.warc.gz", &n); err != nil || fileName(n) != name {
		return 0
	}
	return n
}

// files lists the WARC files in the order of writing.
func (a *Archive) files() ([]string, error) {
	all, err := os.ReadDir(a.dir)
	if errors.Is(err, fs.ErrNotExist) && a.readOnly {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range all {
		if fileNumber(e.Name()) > 0 {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(x, y string) int { return fileNumber(x) - fileNumber(y) })
	return names, nil
}

// recover loads the index, brings it up to date with the WARC files, and cuts
// off what a crash left unfinished at the end of the last one.
func (a *Archive) recover() error {
	x, whole, err := readIndex(a.dir)
	if err != nil {
		return err
	}
	a.index = x
	known := map[string][]*Entry{}
	for _, e := range x.entries {
		known[e.File] = append(known[e.File], e)
	}
	names, err := a.files()
	if err != nil {
		return err
	}
	for i, name := range names {
		if err := a.recoverFile(name, known[name], i == len(names)-1); err != nil {
			return err
		}
		delete(known, name)
		a.next = fileNumber(name)
	}
	for name := range known {
		a.found = append(a.found, &Damage{File: name, Detail: "the file is missing"})
		a.next = max(a.next, fileNumber(name))
	}
	slices.SortFunc(a.found, compareDamage)
	a.next++
	if len(x.entries) != len(a.index.entries) {
		whole = false
		a.index = a.index.sorted()
	}
	if a.readOnly {
		return nil
	}
	if !whole {
		if err := a.writeIndex(); err != nil {
			return err
		}
	}
	return a.openSide()
}

// recoverFile indexes what the sidecar does not have of one file. The last file
// is made ready for appending if it is sound.
func (a *Archive) recoverFile(name string, known []*Entry, last bool) error {
	path := filepath.Join(a.dir, name)
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	size := info.Size()
	from, covered := coverage(known)
	if size < covered {
		a.found = append(a.found, &Damage{
			File: name, Offset: size,
			Detail: fmt.Sprintf("the file ends here, but captures up to byte %d were stored", covered),
		})
		return nil
	}
	end, found, err := indexFile(&a.index, f, name, from, known)
	if err != nil {
		return err
	}
	end = max(end, covered)
	sound := true
	for _, d := range found {
		if !(d.torn && last && d.Offset >= covered) {
			a.found = append(a.found, d)
			sound = false
		}
	}
	if !last || !sound || a.readOnly {
		return nil
	}
	if end < size {
		if err := os.Truncate(path, end); err != nil {
			return err
		}
		if err := a.journal("truncated", name, end, size-end); err != nil {
			return err
		}
	}
	if end < a.maxSize {
		a.out, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o644)
		a.name, a.size = name, end
	}
	return err
}

// coverage returns up to where the captures of a file are known without a gap,
// and where the last known one ends. A gap is left where two captures were
// written at the same time and a crash kept the first out of the sidecar.
func coverage(known []*Entry) (from, end int64) {
	slices.SortFunc(known, compareEntries)
	for _, e := range known {
		if e.Offset == from {
			from += e.Length
		}
		end = max(end, e.Offset+e.Length)
	}
	return from, end
}

// journal notes a repair: what was done to which stretch of which file.
func (a *Archive) journal(event, file string, offset, length int64) error {
	line, err := json.Marshal(struct {
		Time   time.Time `json:"time"`
		Event  string    `json:"event"`
		File   string    `json:"file"`
		Offset int64     `json:"offset"`
		Length int64     `json:"length"`
	}{a.now().UTC(), event, file, offset, length})
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(a.dir, journalName), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}
