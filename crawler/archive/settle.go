package archive

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"gongkai/internal/linelog"
)

// held returns what a file holds by the index: up to the given byte, or all of it
// if that is 0.
func (a *Archive) held(name string, slots []slot, until int64) (written, error) {
	w := written{File: name}
	for i := range slots {
		s := &slots[i]
		if end := s.offset + s.length; until == 0 || end <= until {
			w.Captures, w.Size = w.Captures+1, end
			if i+1 < len(slots) && (until == 0 || slots[i+1].offset+slots[i+1].length <= until) {
				continue
			}
			e, err := a.index.read(s.line())
			if err != nil {
				return w, err
			}
			w.Digest = e.Sum
		}
	}
	return w, nil
}

// compareManifest finds files that hold less or something else than the manifest
// says, though no place in them is damaged.
func (a *Archive) compareManifest(m *manifest) error {
	slots := byFile(a.index.slots)
	for _, told := range m.all() {
		if told.Captures == 0 || a.unsound(told.File) {
			continue
		}
		now, err := a.held(told.File, slots[told.File], told.Size)
		if err != nil {
			return err
		}
		switch {
		case now.Captures < told.Captures:
			a.found = append(a.found, &Damage{
				File: told.File, end: told.Size,
				Detail: fmt.Sprintf("the file holds %d captures up to byte %d, %d were stored", now.Captures, told.Size, told.Captures),
			})
		case now.Size != told.Size || now.Digest != told.Digest:
			a.found = append(a.found, &Damage{File: told.File, end: told.Size, Detail: "another capture stands at its end than was stored last"})
		}
	}
	return nil
}

// unsound reports whether damage of a file was found.
func (a *Archive) unsound(name string) bool {
	return slices.ContainsFunc(a.found, func(d *Damage) bool { return d.File == name })
}

// renewManifest brings the manifest up to date with the files: after a crash it
// tells of less, and an archive of an older version has none. Of a file that is
// damaged it goes on to say what was written.
func (a *Archive) renewManifest(old *manifest, names []string, damaged bool) error {
	if err := linelog.Sweep(filepath.Join(a.dir, manifestName)); err != nil {
		return err
	}
	m := &manifest{full: map[string]written{}}
	if old != nil {
		m.head, m.end = old.head, old.end
		maps.Copy(m.full, old.full)
	}
	slots := byFile(a.index.slots)
	for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.AppendSeq(slices.Clone(names), maps.Keys(slots))))) {
		if old.of(name).Captures > 0 && a.unsound(name) {
			continue
		}
		w, err := a.held(name, slots[name], 0)
		if err != nil {
			return err
		}
		m.set(w)
	}
	m.lead(a.name)
	m.head.Total = 0
	for _, w := range m.all() {
		m.head.Total += w.Captures
	}
	m.head.Index = min(m.head.Index, len(a.index.slots))
	a.manifest = m
	if old != nil && !damaged && m.head == old.head && maps.Equal(m.full, old.full) {
		return m.openFile(a.dir)
	}
	if err := m.replace(a.dir); err != nil {
		return err
	}
	switch {
	case damaged:
		return a.note(Note{Event: EventRenewed, File: manifestName, Detail: fmt.Sprint(a.lines[0])})
	case old == nil && m.head.Total > 0:
		return a.note(Note{Event: EventAdopted, File: manifestName, Detail: fmt.Sprintf("%d captures in %d files", m.head.Total, len(names))})
	}
	return nil
}

// set says what was written of a file.
func (m *manifest) set(w written) {
	if m.head.File == w.File {
		m.head.written = w
	} else {
		m.full[w.File] = w
	}
}

// lead makes the file to which is written the head's; none if the next write
// begins another.
func (m *manifest) lead(name string) {
	if m.head.File == name {
		return
	}
	if w := m.head.written; w.File != "" {
		m.full[w.File] = w
	}
	m.head.written = m.full[name]
	delete(m.full, name)
}
