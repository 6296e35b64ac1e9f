package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Totals counts what [Archive.Verify] read.
type Totals struct {
	Files, Captures, Documents int
	Bytes                      int64 // of the WARC files
	Settled                    int   // damaged places that were healed, or accepted as lost
}

// Verify reads every record of every file and compares it with its digests, its
// metadata and the index. It returns all damage found, by file and offset; an
// error means that it could not finish.
func (a *Archive) Verify(ctx context.Context) (Totals, []*Damage, error) {
	all := a.snapshot()
	known := byFile(all.slots)
	var t Totals
	documents, err := all.distinct()
	if err != nil {
		return t, nil, fmt.Errorf("verify archive: %w", err)
	}
	t.Documents = len(documents)
	names, err := a.files()
	if err != nil {
		return t, nil, fmt.Errorf("verify archive: %w", err)
	}
	noticed := a.noticed()
	found := missing(names, known)
	for i, d := range found {
		if at := slices.IndexFunc(noticed, func(o *Damage) bool { return o.File == d.File && o.end > d.end }); at >= 0 {
			found[i] = noticed[at] // the manifest knows of more
		}
	}
	for _, name := range names {
		damage, err := all.verifyFile(ctx, name, known[name], &t)
		if err != nil {
			return t, nil, fmt.Errorf("verify archive: %w", err)
		}
		found = append(found, damage...)
	}
	for _, l := range a.lines {
		if !a.readOnly {
			break // they were made again
		}
		found = append(found, &Damage{File: l.File, Detail: fmt.Sprintf("line %d: %s", l.Line, l.Detail)})
	}
	for _, d := range noticed { // what only the manifest tells
		if !slices.ContainsFunc(found, func(o *Damage) bool { return o.File == d.File }) {
			found = append(found, d)
		}
	}
	slices.SortFunc(found, compareDamage)
	left := a.unsettled(found)
	t.Settled = len(found) - len(left)
	return t, left, nil
}

// missing lists the files that the index or the numbering calls for.
func missing(names []string, known map[string][]slot) []*Damage {
	want := map[string]bool{}
	for name := range known {
		want[name] = true
	}
	if len(names) > 0 {
		for n := 1; n < fileNumber(names[len(names)-1]); n++ {
			want[fileName(n)] = true
		}
	}
	for _, name := range names {
		delete(want, name)
	}
	var found []*Damage
	for name := range want {
		_, end := coverage(known[name])
		found = append(found, &Damage{File: name, Detail: fmt.Sprintf("the file is missing, it had %d captures", len(known[name])), end: end})
	}
	return found
}

func (all snapshot) verifyFile(ctx context.Context, name string, known []slot, t *Totals) ([]*Damage, error) {
	f, err := os.Open(filepath.Join(all.a.dir, name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	t.Files++
	t.Bytes += info.Size()
	pending := map[int64]*slot{}
	for i := range known {
		pending[known[i].offset] = &known[i]
	}
	_, covered := coverage(known)
	var found []*Damage
	for g, d := range scan(f, name, 0) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if d != nil {
			if !d.torn || d.Offset < covered { // the rest is being written, or was never acknowledged
				found = append(found, d)
			}
			continue
		}
		t.Captures++
		var e *Entry
		if s := pending[g.offset]; s != nil {
			if e, err = all.read(s); err != nil {
				return nil, err
			}
			delete(pending, g.offset)
		}
		detail, err := all.a.compare(f, g, e)
		if err != nil {
			return nil, err
		}
		if detail != "" {
			found = append(found, &Damage{File: name, Offset: g.offset, Detail: detail})
		}
	}
	for _, s := range pending {
		e, err := all.read(s)
		if err != nil {
			return nil, err
		}
		found = append(found, &Damage{File: name, Offset: s.offset, end: s.offset + s.length, Detail: "the capture of " + e.Name + " cannot be read here"})
	}
	return found, nil
}

// compare holds a group against its digests and its line in the index, and says
// what is wrong.
func (a *Archive) compare(f *os.File, g *group, known *Entry) (string, error) {
	var wrong []string
	if g.entry.stored() {
		if _, err := g.entry.bytes(g.principal()); err != nil {
			wrong = append(wrong, err.Error())
		}
	} else if g.entry.Hash != "" {
		e, err := a.find(byHash, sumKey(g.entry.Hash), 0)
		if err != nil {
			return "", err
		}
		if e == nil {
			wrong = append(wrong, "the capture refers to bytes that are gone")
		}
	}
	sum, err := sumOf(f, g.offset, g.length)
	switch {
	case err != nil:
		wrong = append(wrong, err.Error())
	case known == nil:
		wrong = append(wrong, "the capture is not in the index")
	case known.Length != g.length || known.Sum != sum:
		wrong = append(wrong, "the bytes differ from those written")
	case !sameEntry(known, g.entry):
		wrong = append(wrong, "the index says something else than the metadata")
	}
	return strings.Join(wrong, "; "), nil
}

// sameEntry compares an index line with a metadata record, which has no place.
func sameEntry(known, stored *Entry) bool {
	k := *known
	k.File, k.Offset, k.Length, k.Sum = "", 0, 0, ""
	x, err1 := json.Marshal(&k)
	y, err2 := json.Marshal(stored)
	return errors.Join(err1, err2) == nil && string(x) == string(y)
}

func compareDamage(x, y *Damage) int {
	if n := strings.Compare(x.File, y.File); n != 0 {
		return n
	}
	return int(x.Offset - y.Offset)
}
