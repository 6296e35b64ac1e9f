package archive

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"

	"gongkai/internal/linelog"
)

// The manifest says what was written: how many captures each WARC file has, how
// long it is and the digest of its last capture. It is how files are missed that
// vanish or shrink together with the index. It never says more than the WARC
// files hold, because a group is on the disk before the manifest tells of it;
// after a crash it may say less.
//
// The file begins with two lines of the same length, of which the one with the
// greater number counts. They are written in turn, in place, so that a crash
// leaves one whole. A line follows for every file that is full.
const manifestName = "manifest.jsonl"

// slotSize is the length of each of the two lines, in bytes.
const slotSize = 4096

// A written is what the manifest says of one WARC file.
type written struct {
	File     string `json:"file"`
	Size     int64  `json:"size"`     // where its last capture ends, in bytes
	Captures int    `json:"captures"` // number of captures
	Digest   string `json:"digest"`   // SHA-256 of the last group
}

// A manifestHead is one of the first two lines.
type manifestHead struct {
	Number  int64 `json:"number"`
	Total   int   `json:"total"` // captures of all files
	Index   int   `json:"index"` // lines of the index that are on the disk
	written       // of the file that is written to
}

type manifest struct {
	head  manifestHead
	full  map[string]written // the other files
	file  *os.File           // nil if it is not written
	end   int64
	dirty bool // something is not yet on the disk
}

// readManifest reads the manifest of an archive; nil if there is none. Damaged
// lines are returned.
func readManifest(dir string) (*manifest, []*linelog.Damage, error) {
	var m *manifest
	var damaged []*linelog.Damage
	for range 3 { // a writer may be at it
		b, err := os.ReadFile(filepath.Join(dir, manifestName))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if m, damaged = parseManifest(b); damaged == nil {
			break
		}
	}
	return m, damaged, nil
}

func parseManifest(b []byte) (*manifest, []*linelog.Damage) {
	m := &manifest{full: map[string]written{}, end: int64(bytes.LastIndexByte(b, '\n') + 1)}
	var damaged []*linelog.Damage
	bad := func(line int, err error) {
		damaged = append(damaged, &linelog.Damage{File: manifestName, Line: line, Detail: err.Error()})
	}
	for line := 1; line <= 2; line++ {
		h, err := parseSlot(b[:min(len(b), slotSize)])
		if err != nil {
			bad(line, err)
		} else if h.Number > m.head.Number {
			m.head = h
		}
		b = b[min(len(b), slotSize):]
	}
	lines := bytes.SplitAfter(b, []byte("\n"))
	for i, line := range lines[:len(lines)-1] { // the last was cut short by a crash, or is empty
		var w written
		sealed, err := linelog.Check(line)
		if err == nil {
			err = json.Unmarshal(line, &w)
		}
		if err == nil && (!sealed || fileNumber(w.File) == 0) {
			err = errors.New("it names no file")
		}
		if err != nil {
			bad(i+3, err)
			continue
		}
		m.full[w.File] = w
	}
	delete(m.full, m.head.File)
	total := 0
	for _, w := range m.all() {
		total += w.Captures
	}
	if damaged == nil && total < m.head.Total {
		bad(len(lines)+2, fmt.Errorf("lines are gone: it names files of %d captures, there were %d", total, m.head.Total))
	}
	return m, damaged
}

func parseSlot(slot []byte) (h manifestHead, err error) {
	line, ok := bytes.CutSuffix(slot, []byte("\n"))
	if !ok || len(slot) < slotSize {
		return h, errors.New("it is cut short")
	}
	line = bytes.TrimRight(line, " ")
	sealed, err := linelog.Check(line)
	if err == nil {
		err = json.Unmarshal(line, &h)
	}
	if err == nil && (!sealed || h.Number < 1) {
		err = errors.New("it is no line of a manifest")
	}
	return h, err
}

// slot returns a line of the head.
func (h manifestHead) slot() ([]byte, error) {
	object, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	line := bytes.Repeat([]byte(" "), slotSize)
	copy(line, bytes.TrimSuffix(linelog.Seal(object), []byte("\n")))
	line[slotSize-1] = '\n'
	return line, nil
}

// of returns what the manifest says of a file.
func (m *manifest) of(name string) written {
	if m == nil {
		return written{}
	}
	if m.head.File == name {
		return m.head.written
	}
	return m.full[name]
}

// all returns what it says of all files, in the order of writing.
func (m *manifest) all() []written {
	if m == nil {
		return nil
	}
	all := slices.Collect(maps.Values(m.full))
	if m.head.File != "" {
		all = append(all, m.head.written)
	}
	slices.SortFunc(all, func(x, y written) int { return cmp.Compare(fileNumber(x.File), fileNumber(y.File)) })
	return all
}

// replace writes the whole manifest anew and leaves it open for writing.
func (m *manifest) replace(dir string) error {
	path := filepath.Join(dir, manifestName)
	var b bytes.Buffer
	m.head.Number += m.head.Number % 2 // an odd number belongs into the first line
	for range 2 {
		m.head.Number++
		line, err := m.head.slot()
		if err != nil {
			return err
		}
		b.Write(line)
	}
	for _, w := range m.all() {
		if w.File != m.head.File {
			line, err := json.Marshal(w)
			if err != nil {
				return err
			}
			b.Write(linelog.Seal(line))
		}
	}
	if err := renameio.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return err
	}
	m.end = int64(b.Len())
	return m.openFile(dir)
}

// openFile opens the file for writing.
func (m *manifest) openFile(dir string) (err error) {
	if m.file, err = os.OpenFile(filepath.Join(dir, manifestName), os.O_WRONLY, 0); err != nil {
		return err
	}
	return m.file.Truncate(m.end) // a line that a crash cut short
}

// write brings the head into the older of its two lines.
func (m *manifest) write() error {
	m.head.Number++
	line, err := m.head.slot()
	if err == nil {
		_, err = m.file.WriteAt(line, slotSize*((m.head.Number+1)%2))
	}
	if err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	m.dirty = true
	return nil
}

// add tells of a batch that is on the disk.
func (m *manifest) add(name string, size int64, captures int, digest string) error {
	m.head.Total += captures
	m.head.written = written{name, size, m.head.Captures + captures, digest}
	return m.write()
}

// begin goes on to the next file.
func (m *manifest) begin(name string) error {
	if w := m.head.written; w.File != "" && w.File != name {
		line, err := json.Marshal(w)
		if err != nil {
			return err
		}
		line = linelog.Seal(line)
		if _, err := m.file.WriteAt(line, m.end); err != nil {
			return fmt.Errorf("manifest: %w", errors.Join(err, m.file.Truncate(m.end)))
		}
		m.end += int64(len(line))
		m.full[w.File] = w
		m.dirty = true
	}
	m.head.written = written{File: name}
	return m.sync()
}

// sync brings what was written of the manifest to the disk.
func (m *manifest) sync() error {
	if !m.dirty {
		return nil
	}
	if err := m.file.Sync(); err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	m.dirty = false
	return nil
}
