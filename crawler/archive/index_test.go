package archive

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// testCapture returns a capture of a page and its line.
func testCapture(t *testing.T, i int) (*Entry, []byte) {
	t.Helper()
	url := fmt.Sprintf("https://www.example.gov.cn/%d.html", i)
	line := fmt.Appendf(nil, `{"file":%q,"offset":%d,"length":10,"sum":"s","type":"response","method":"GET","url":%q,"status":200,"payload":%q,"hash":%[4]q,"kind":"document","time":%q}`+"\n",
		fileName(1), i*10, url, hexSum([]byte(url)), time.Unix(int64(i), 0).UTC().Format(time.RFC3339))
	e, err := parseLine(line)
	if err != nil {
		t.Fatal(err)
	}
	return e, line
}

// Captures whose keys have one hash are told apart by their entries.
func TestIndexTellsCollidingKeysApart(t *testing.T) {
	x := newIndex(sidecar{readOnly: true})
	all := make([]*Entry, 3)
	for i := range all {
		var line []byte
		all[i], line = testCapture(t, i)
		x.append(all[i], line)
	}
	for by := range links {
		if by == byPayload {
			continue // is that of the document here
		}
		for _, e := range all {
			x.newest[x.hash(by, e.keys()[by])] = 3
		}
		x.slots[1].older[by], x.slots[2].older[by] = 1, 2
		for i, want := range all {
			got, err := x.pick(by, want.keys()[by], 0, func(*Entry) bool { return true })
			if err != nil || got == nil || got.URL != want.URL {
				t.Errorf("link %d, capture %d: %v, %v", by, i, got, err)
			}
		}
		absent, _ := testCapture(t, 3)
		x.newest[x.hash(by, absent.keys()[by])] = 3
		if got, err := x.pick(by, absent.keys()[by], 0, func(*Entry) bool { return true }); got != nil || err != nil {
			t.Errorf("link %d: a key without captures gives %v, %v", by, got, err)
		}
	}
}

// Lines that could not be written are found in memory and written later.
func TestIndexOutlivesFailedWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), indexName)
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	unwritable, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	writable, err := os.OpenFile(path, os.O_RDWR, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	x := newIndex(sidecar{file: writable})
	var want bytes.Buffer
	add := func(from, to int) {
		for i := from; i < to; i++ {
			e, line := testCapture(t, i)
			want.Write(line)
			x.append(e, line)
		}
	}
	check := func(when string) {
		t.Helper()
		for i := range x.slots {
			if e, err := x.entry(uint32(i + 1)); err != nil || e.Offset != int64(i*10) {
				t.Fatalf("%s: capture %d: %v, %v", when, i, e, err)
			}
		}
	}
	add(0, 200)
	check("written")
	written := x.size
	x.file = unwritable
	add(200, 500)
	check("failed")
	if x.size != written || len(x.tail) < maxTail {
		t.Fatalf("%d bytes in the file and %d in memory, want %d and more than %d", x.size, len(x.tail), written, maxTail)
	}
	x.file = writable
	if err := x.flush(); err != nil {
		t.Fatal(err)
	}
	check("made up for")
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("the sidecar has %d bytes, want %d (%v)", len(got), want.Len(), err)
	}
	for _, f := range []*os.File{unwritable, writable} {
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
