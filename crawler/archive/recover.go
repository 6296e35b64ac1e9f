package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fileName returns the base name of the n-th WARC file. The names sort in the
// order of writing.
func fileName(n int) string { return fmt.Sprintf("gongkai-%06d.warc.gz", n) }

// fileNumber returns the n of a file's name; 0 for another name.
func fileNumber(name string) int {
	digits := strings.TrimSuffix(strings.TrimPrefix(name, "gongkai-"), ".warc.gz")
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil || n < 0 || fileName(int(n)) != name {
		return 0
	}
	return int(n)
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
	var err error
	if a.index, err = openIndex(a.dir, a.readOnly); err != nil {
		return err
	}
	if err := a.sortIndex(); err != nil {
		return err
	}
	known := byFile(a.index.slots)
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
	if err := a.sortIndex(); err != nil {
		return err
	}
	return a.index.flush()
}

// sortIndex brings the captures into the order of their places. They are in
// another one after the WARC files told of some that the sidecar did not have.
func (a *Archive) sortIndex() error {
	old := a.index
	switch {
	case old.inOrder():
		return nil
	case a.readOnly:
		a.index = newIndex(sidecar{readOnly: true})
		return errors.Join(old.sortInto(a.index), old.close())
	default:
		return a.replaceIndex(old.sortInto)
	}
}

// recoverFile indexes what the sidecar does not have of one file. The last file
// is made ready for appending if it is sound.
func (a *Archive) recoverFile(name string, known []slot, last bool) error {
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
	end, found, err := indexFile(a.index, f, name, from, known)
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
// and where the last known one ends. A gap is left where a crash kept lines out
// of the sidecar.
func coverage(known []slot) (from, end int64) {
	for _, s := range known {
		if s.offset == from {
			from += s.length
		}
		end = max(end, s.offset+s.length)
	}
	return from, end
}

// Index makes the sidecar again from the WARC files and returns the number of
// captures. Damage met on the way is returned too; what is whole is indexed.
func (a *Archive) Index() (int, []*Damage, error) {
	if a.readOnly {
		return 0, nil, ErrReadOnly
	}
	a.commitMu.Lock() // or what is being written would be indexed twice
	defer a.commitMu.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	names, err := a.files()
	if err != nil {
		return 0, nil, fmt.Errorf("index archive: %w", err)
	}
	var found []*Damage
	err = a.replaceIndex(func(fresh *index) error {
		for _, name := range names {
			f, err := os.Open(filepath.Join(a.dir, name))
			if err != nil {
				return err
			}
			_, damage, err := indexFile(fresh, f, name, 0, nil)
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
			found = append(found, damage...)
		}
		return nil
	})
	if err != nil {
		return 0, found, fmt.Errorf("index archive: %w", err)
	}
	return len(a.index.slots), found, nil
}

// indexFile adds the captures of a file from the given offset to x, but for
// those known, and returns the end of the last whole group.
func indexFile(x *index, f *os.File, name string, from int64, known []slot) (end int64, found []*Damage, err error) {
	at := map[int64]bool{}
	for _, s := range known {
		at[s.offset] = true
	}
	end = from
	for g, d := range scan(f, name, from) {
		if d != nil {
			found = append(found, d)
			continue
		}
		end = g.offset + g.length
		if at[g.offset] {
			continue
		}
		e := g.entry
		e.File, e.Offset, e.Length = name, g.offset, g.length
		if e.Sum, err = sumOf(f, g.offset, g.length); err != nil {
			return end, found, err
		}
		line, err := json.Marshal(e)
		if err != nil {
			return end, found, err
		}
		x.append(e, append(line, '\n'))
	}
	return end, found, nil
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
