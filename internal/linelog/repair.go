package linelog

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
	"time"

	"github.com/google/renameio/v2"
)

// Rewrite puts a file with a line for each JSON object in the place of another.
func Rewrite(path string, objects iter.Seq2[[]byte, error]) error {
	p, err := renameio.NewPendingFile(path, renameio.WithPermissions(0o644))
	if err != nil {
		return err
	}
	defer p.Cleanup()
	w := bufio.NewWriter(p)
	n := int64(0)
	for object, err := range objects {
		if err != nil {
			return err
		}
		n++
		if _, err := w.Write(numbered(object, n)); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	// The old head is wrong of the new file. Without one nothing is missed.
	if err := os.Remove(headPath(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := p.CloseAtomicallyReplace(); err != nil {
		return err
	}
	return writeHead(path, n)
}

// Aside returns the name of the file that keeps the damaged lines of another.
func Aside(path string) string { return path + ".damaged" }

// Repair sets the damaged lines of a file aside, into FILE.damaged, brings the
// others into the order in which they were written and numbers them anew. It
// returns what it found; nothing is changed if that is nothing.
func Repair(path string, visit Visit) ([]*Damage, error) {
	type numberedLine struct {
		n    int64
		text []byte
	}
	var good []numberedLine
	s, err := read(path, func(n int64, line []byte) error {
		err := visit(n, line)
		if err == nil {
			good = append(good, numberedLine{n, unsealed(line)})
		}
		return err
	})
	if err != nil || len(s.damaged) == 0 {
		return nil, err
	}
	if err := setAside(path, s.damaged); err != nil {
		return nil, err
	}
	slices.SortStableFunc(good, func(x, y numberedLine) int { return cmp.Compare(x.n, y.n) })
	return s.damaged, Rewrite(path, func(yield func([]byte, error) bool) {
		for _, l := range good {
			if !yield(l.text, nil) {
				return
			}
		}
	})
}

// unsealed returns the object of a line without number and seal.
func unsealed(line []byte) []byte {
	if sealed, _ := Check(line); !sealed {
		return bytes.Clone(line)
	}
	body := line[:len(line)-sealSize]
	return append(bytes.Clone(body[:bytes.LastIndexByte(body, ',')]), '}')
}

// setAside adds damaged lines, as they are, to the file for them.
func setAside(path string, damaged []*Damage) error {
	f, err := os.OpenFile(Aside(path), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, d := range damaged {
		fmt.Fprintf(&b, "# %s %v\n", time.Now().UTC().Format(time.RFC3339), d)
		if d.text != nil {
			b.Write(append(d.text, '\n'))
		}
	}
	_, err = f.Write(b.Bytes())
	return errors.Join(err, f.Sync(), f.Close())
}
