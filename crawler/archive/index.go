package archive

import (
	"cmp"
	"hash/maphash"
	"slices"

	"gongkai/internal/linelog"
)

// An index finds captures. There may be millions, so it does not hold their
// entries: those are lines of the sidecar, read when they are asked for. In
// memory is where a line stands and what leads to it.
type index struct {
	sidecar
	slots  []slot            // all captures, in the order of their places
	newest map[uint64]uint32 // hashed key → number of the newest capture that has it
	seed   maphash.Seed
}

// A slot is what is in memory of one capture. Captures are numbered from 1 in
// the order of the slots; 0 is none.
type slot struct {
	offset, length int64 // of the group in its file, in bytes
	file           int32 // number of the WARC file
	lineLength     int32
	lineAt         int64 // see span
	older          [links]uint32
	marks          marks
}

// line returns where the capture's line stands.
func (s *slot) line() span { return span{s.lineAt, int64(s.lineLength)} }

// A link is a way from a key to the captures that have it, newest first.
type link int

const (
	byKey     link = iota // what was asked for
	byHash                // the document's bytes, of captures that store them whole
	byPayload             // the same by the stored payload, where that differs
	links
)

// keys returns the key of e for every link; the zero key where there is none.
func (e *Entry) keys() (k [links]key) {
	k[byKey] = e.key()
	if e.stored() {
		k[byHash] = sumKey(e.Hash)
		if e.Payload != e.Hash {
			k[byPayload] = sumKey(e.Payload)
		}
	}
	return k
}

// sumKey makes a key of a SHA-256.
func sumKey(sum string) key { return key{method: "sha256", url: sum} }

// marks say what is asked most often about a capture.
type marks uint8

const (
	document marks = 1 << iota // see [Entry.IsDocument]
	good                       // an answer in whole that is not quarantined
	received                   // its bytes came with it: no 304
)

func (e *Entry) marks() (m marks) {
	mark := func(x marks, has bool) {
		if has {
			m |= x
		}
	}
	mark(document, e.IsDocument())
	mark(good, e.Failure == "" && e.Quarantine == "" && e.Hash != "" && (e.Status == 200 || e.Status == 304))
	mark(received, e.Status != 304)
	return m
}

// stored reports whether e's group holds its document's bytes whole.
func (e *Entry) stored() bool {
	return e.Hash != "" && (e.Type == TypeResponse || e.Type == TypeResource)
}

// newIndex returns an empty index of the captures in a sidecar.
func newIndex(s sidecar) *index {
	return &index{sidecar: s, newest: map[uint64]uint32{}, seed: maphash.MakeSeed()}
}

// append adds a capture and its line.
func (x *index) append(e *Entry, line []byte) { x.add(e, x.sidecar.append(line)) }

// add adds a capture whose line stands in the sidecar.
func (x *index) add(e *Entry, line span) {
	s := slot{
		offset: e.Offset, length: e.Length, file: int32(fileNumber(e.File)),
		lineAt: line.at, lineLength: int32(line.length), marks: e.marks(),
	}
	number := uint32(len(x.slots) + 1)
	for by, k := range e.keys() {
		if k != (key{}) {
			h := x.hash(link(by), k)
			s.older[by] = x.newest[h]
			x.newest[h] = number
		}
	}
	x.slots = append(x.slots, s)
}

// hash is seeded, so that nobody can make keys that have the same. If two have
// it nevertheless, their entries tell them apart.
func (x *index) hash(by link, k key) uint64 {
	return maphash.Comparable(x.seed, struct {
		link
		key
	}{by, k})
}

// entry returns the capture with the given number.
func (x *index) entry(number uint32) (*Entry, error) { return x.read(x.slots[number-1].line()) }

// pick returns the newest capture with the key and all of the marks that is
// wanted, or nil.
func (x *index) pick(by link, k key, m marks, want func(*Entry) bool) (*Entry, error) {
	for n := x.newest[x.hash(by, k)]; n > 0; n = x.slots[n-1].older[by] {
		if x.slots[n-1].marks&m != m {
			continue
		}
		if e, err := x.entry(n); err != nil || e.keys()[by] == k && want(e) {
			return e, err
		}
	}
	return nil, nil
}

// inOrder reports whether the captures stand in the order of their places.
func (x *index) inOrder() bool { return slices.IsSortedFunc(x.slots, compareSlots) }

// sortInto adds the captures to an empty index in the order of their places.
func (x *index) sortInto(y *index) error {
	for _, s := range slices.SortedStableFunc(slices.Values(x.slots), compareSlots) {
		line, err := x.bytes(s.line())
		if err != nil {
			return err
		}
		e, err := parseLine(line)
		if err != nil {
			return err
		}
		if sealed, _ := linelog.Check(line); !sealed { // of an older version
			line = linelog.Seal(line[:len(line)-1])
		}
		y.append(e, line)
	}
	return nil
}

func compareSlots(x, y slot) int {
	return cmp.Or(cmp.Compare(x.file, y.file), cmp.Compare(x.offset, y.offset))
}

// byFile returns the captures of every file.
func byFile(all []slot) map[string][]slot {
	files := map[string][]slot{}
	for begin, end := 0, 0; begin < len(all); begin = end {
		for end < len(all) && all[end].file == all[begin].file {
			end++
		}
		files[fileName(int(all[begin].file))] = all[begin:end]
	}
	return files
}

// pick is [index.pick] for those who do not hold the lock.
func (a *Archive) pick(by link, k key, m marks, want func(*Entry) bool) (*Entry, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.index.pick(by, k, m, want)
}

// find returns the newest capture with the key and all of the marks, or nil.
func (a *Archive) find(by link, k key, m marks) (*Entry, error) {
	return a.pick(by, k, m, func(*Entry) bool { return true })
}

// A snapshot is the captures of the archive at one time.
type snapshot struct {
	a     *Archive
	index *index
	slots []slot // those of the index then
}

func (a *Archive) snapshot() snapshot {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return snapshot{a, a.index, a.index.slots}
}

// entry returns the i-th capture.
func (all snapshot) entry(i int) (*Entry, error) { return all.read(&all.slots[i]) }

// read returns the entry of one of the slots.
func (all snapshot) read(s *slot) (*Entry, error) {
	all.a.mu.RLock()
	defer all.a.mu.RUnlock()
	return all.index.read(s.line())
}
