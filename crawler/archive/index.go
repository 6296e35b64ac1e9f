package archive

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

const (
	indexName   = "index.jsonl"
	journalName = "journal.jsonl"
)

// An index holds all captures in memory, in the order they were written. There
// may be millions, so equal strings are kept once.
type index struct {
	entries []*Entry
	byKey   map[key][]*Entry  // oldest first
	byHash  map[string]*Entry // newest capture that stores the bytes whole
	payload map[string]*Entry // the same by the payload's digest, where that differs
	words   map[string]string // strings that many entries share
}

func (x *index) add(e *Entry) {
	if x.byKey == nil {
		x.byKey = map[key][]*Entry{}
		x.byHash = map[string]*Entry{}
		x.payload = map[string]*Entry{}
		x.words = map[string]string{}
	}
	x.share(e)
	x.entries = append(x.entries, e)
	x.byKey[e.key()] = append(x.byKey[e.key()], e)
	if e.stored() {
		x.byHash[e.Hash] = e
		if e.Payload != e.Hash {
			x.payload[e.Payload] = e
		}
	}
}

// withPayload returns the newest capture that stores the payload.
func (x *index) withPayload(sum string) *Entry {
	if e := x.payload[sum]; e != nil {
		return e
	}
	if e := x.byHash[sum]; e != nil && e.Payload == sum {
		return e
	}
	return nil
}

// share replaces strings of e by equal ones that are in memory already.
func (x *index) share(e *Entry) {
	for _, p := range []*string{&e.File, &e.Type, &e.Method, &e.Kind, &e.MediaType, &e.AgencyID, &e.Address, &e.TransferEncoding, &e.Encoding, &e.Failure, &e.Quarantine} {
		if w, ok := x.words[*p]; ok {
			*p = w
		} else {
			x.words[*p] = *p
		}
	}
	if old := x.byKey[e.key()]; len(old) > 0 {
		e.URL, e.Form, e.Name = old[0].URL, old[0].Form, cmp.Or(same(e.Name, old[0].Name), e.Name)
	}
	if old := x.byHash[e.Hash]; old != nil {
		e.Hash = old.Hash
	}
	e.Name = cmp.Or(same(e.Name, e.URL), e.Name)
	e.Payload = cmp.Or(same(e.Payload, e.Hash), e.Payload)
}

// same returns b if a equals it, else "".
func same(a, b string) string {
	if a == b {
		return b
	}
	return ""
}

// stored reports whether e's group holds its document's bytes whole.
func (e *Entry) stored() bool {
	return e.Hash != "" && (e.Type == TypeResponse || e.Type == TypeResource)
}

// sorted returns an index of the same captures in the order they stand in.
func (x *index) sorted() index {
	entries := slices.SortedStableFunc(slices.Values(x.entries), compareEntries)
	y := index{}
	for _, e := range entries {
		y.add(e)
	}
	return y
}

// readIndex reads the sidecar up to its first bad line. whole is false if there
// was one, or if there is no sidecar.
func readIndex(dir string) (x index, whole bool, err error) {
	f, err := os.Open(filepath.Join(dir, indexName))
	if errors.Is(err, fs.ErrNotExist) {
		return x, false, nil
	}
	if err != nil {
		return x, false, err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return x, len(line) == 0, nil
		}
		if err != nil {
			return x, false, err
		}
		e := &Entry{}
		if json.Unmarshal(line, e) != nil || e.File == "" || e.Length <= 0 || e.Sum == "" {
			return x, false, nil
		}
		x.add(e)
	}
}

// writeIndex replaces the sidecar.
func (a *Archive) writeIndex() error {
	var b bytes.Buffer
	for _, e := range a.index.entries {
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		b.Write(append(line, '\n'))
	}
	path := filepath.Join(a.dir, indexName)
	if err := os.WriteFile(path+".part", b.Bytes(), 0o644); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// line returns the line of e in the sidecar. meta is e in JSON without a place.
func (e *Entry) line(meta []byte) []byte {
	b := append(make([]byte, 0, len(meta)+200), `{"file":"`...) // a name that needs no escape, as the sum
	b = append(append(b, e.File...), '"')
	if e.Offset > 0 {
		b = strconv.AppendInt(append(b, `,"offset":`...), e.Offset, 10)
	}
	b = strconv.AppendInt(append(b, `,"length":`...), e.Length, 10)
	b = append(append(append(b, `,"sum":"`...), e.Sum...), `",`...)
	return append(append(b, meta[1:]...), '\n')
}

// maxLines is how much may be missing of the sidecar, in bytes. The next Open
// finds the captures in the WARC file if the process ends before.
const maxLines = 32 << 10

// appendIndex adds a line to the sidecar.
func (a *Archive) appendIndex(line []byte) {
	if a.lines = append(a.lines, line...); len(a.lines) >= maxLines {
		a.flushIndex()
	}
}

// flushIndex writes what is missing of the sidecar. It fails in silence: the
// captures are safe in the WARC file and the next Open finds them there.
func (a *Archive) flushIndex() {
	if a.side != nil && len(a.lines) > 0 {
		if _, err := a.side.Write(a.lines); err != nil {
			_ = a.side.Close()
			a.side = nil
		}
	}
	a.lines = a.lines[:0]
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
	files, err := a.files()
	if err != nil {
		return 0, nil, err
	}
	fresh := index{}
	var found []*Damage
	for _, name := range files {
		f, err := os.Open(filepath.Join(a.dir, name))
		if err != nil {
			return 0, nil, fmt.Errorf("index archive: %w", err)
		}
		_, damage, err := indexFile(&fresh, f, name, 0, nil)
		if err := errors.Join(err, f.Close()); err != nil {
			return 0, nil, fmt.Errorf("index archive: %w", err)
		}
		found = append(found, damage...)
	}
	if a.side != nil {
		_ = a.side.Close()
		a.side = nil
	}
	a.lines = a.lines[:0]
	a.index = fresh
	if err := a.writeIndex(); err != nil {
		return 0, found, fmt.Errorf("index archive: %w", err)
	}
	return len(fresh.entries), found, a.openSide()
}

// indexFile adds the captures of a file from the given offset to x, but for
// those known, and returns the end of the last whole group.
func indexFile(x *index, f *os.File, name string, from int64, known []*Entry) (end int64, found []*Damage, err error) {
	at := map[int64]bool{}
	for _, e := range known {
		at[e.Offset] = true
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
		x.add(e)
	}
	return end, found, nil
}

// openSide opens the sidecar for appending.
func (a *Archive) openSide() error {
	f, err := os.OpenFile(filepath.Join(a.dir, indexName), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	a.side = f
	return err
}
