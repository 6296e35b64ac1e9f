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

	"gongkai/internal/linelog"
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

// recover loads the index, brings it up to date with the WARC files, cuts off
// what a crash left unfinished at the end of the last one, and holds all against
// the manifest. The manifest is read first: a writer may be at work.
func (a *Archive) recover() error {
	m, lines, err := readManifest(a.dir)
	if err != nil {
		return err
	}
	if a.notes, err = readNotes(a.dir); err != nil {
		return err
	}
	a.oldNotes, a.lines = len(a.notes), lines
	if err := a.loadIndex(m); err != nil {
		return err
	}
	known := byFile(a.index.slots)
	names, err := a.files()
	if err != nil {
		return err
	}
	for i, name := range names {
		if err := a.recoverFile(name, known[name], m.of(name), i == len(names)-1); err != nil {
			return err
		}
		a.next = fileNumber(name)
	}
	a.lostFiles(names, known, m)
	a.next++
	if err := a.sortIndex(); err != nil {
		return err
	}
	if err := a.compareManifest(m); err != nil {
		return err
	}
	slices.SortFunc(a.found, compareDamage)
	if a.readOnly {
		return nil
	}
	if err := a.index.flush(); err != nil {
		return err
	}
	return a.renewManifest(m, names, len(lines) > 0)
}

// loadIndex reads the index. If lines are damaged or gone a writer notes that
// and makes it again of the others; the WARC files give the rest.
func (a *Archive) loadIndex(m *manifest) error {
	var bad []*linelog.Damage
	var err error
	if a.index, bad, err = openIndex(a.dir, a.readOnly); err != nil {
		return err
	}
	lines := len(a.index.slots) + len(bad)
	if m != nil && lines < m.head.Index {
		bad = append(bad, &linelog.Damage{File: indexName, Line: lines + 1, Detail: fmt.Sprintf("the last %d lines are gone", m.head.Index-lines)})
	}
	a.lines = append(a.lines, bad...)
	if len(bad) == 0 || a.readOnly {
		return a.sortIndex()
	}
	if err := a.replaceIndex(a.index.sortInto); err != nil {
		return err
	}
	return a.note(Note{Event: EventRenewed, File: indexName, Detail: fmt.Sprintf("%d places, the first: %v", len(bad), bad[0])})
}

// lostFiles finds the files that index or manifest know of and that are gone.
func (a *Archive) lostFiles(names []string, known map[string][]slot, m *manifest) {
	lost := map[string]*Damage{}
	for name, slots := range known {
		_, end := coverage(slots)
		lost[name] = &Damage{File: name, Detail: fmt.Sprintf("the file is missing, it had %d captures", len(slots)), end: end}
	}
	for _, w := range m.all() {
		if w.Captures > 0 && (lost[w.File] == nil || lost[w.File].end < w.Size) {
			lost[w.File] = &Damage{File: w.File, Detail: fmt.Sprintf("the file is missing, it had %d captures", w.Captures), end: w.Size}
		}
	}
	for _, name := range names {
		delete(lost, name)
	}
	for name, d := range lost {
		a.found = append(a.found, d)
		a.next = max(a.next, fileNumber(name))
	}
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
func (a *Archive) recoverFile(name string, known []slot, told written, last bool) error {
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
	covered = max(covered, told.Size)
	short := size < covered
	if short {
		a.found = append(a.found, &Damage{
			File: name, Offset: size, end: covered,
			Detail: fmt.Sprintf("the file ends here, but captures up to byte %d were stored", covered),
		})
	}
	end, found, err := indexFile(a.index, f, name, from, known)
	if err != nil {
		return err
	}
	end = max(end, covered)
	sound := !short
	for _, d := range found {
		if !(d.torn && (last && d.Offset >= covered || short)) {
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
		if err := a.note(Note{Event: EventTruncated, File: name, Offset: end, Length: size - end}); err != nil {
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
	a.manifest.head.Index = 0 // what is damaged now is not in the new one
	if err := a.manifest.write(); err != nil {
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
		x.append(e, linelog.Seal(line))
	}
	return end, found, nil
}
