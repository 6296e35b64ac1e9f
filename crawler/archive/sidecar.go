package archive

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"gongkai/internal/linelog"
)

const (
	indexName   = "index.jsonl"
	journalName = "journal.jsonl"
)

// A sidecar is the file index.jsonl: an entry per line. Its last lines may be
// in memory only.
type sidecar struct {
	file     *os.File // nil if there is none
	readOnly bool     // what the file does not have stays in memory
	size     int64    // bytes of the lines in the file
	tail     []byte   // the lines that follow
}

// A span is where a line stands, counted over file and tail, in bytes.
type span struct {
	at     int64
	length int64
}

// maxTail is how much is kept back from the file, in bytes. The next Open finds
// the captures in the WARC file if the process ends before.
const maxTail = 32 << 10

// append adds a line. A failed write is made up for by the next: the captures
// are safe in the WARC file.
func (s *sidecar) append(line []byte) span {
	at := span{s.size + int64(len(s.tail)), int64(len(line))}
	if s.tail = append(s.tail, line...); len(s.tail) >= maxTail {
		_ = s.flush()
	}
	return at
}

// flush writes the tail to the file.
func (s *sidecar) flush() error {
	if s.readOnly || len(s.tail) == 0 {
		return nil
	}
	if _, err := s.file.WriteAt(s.tail, s.size); err != nil {
		return err
	}
	s.size += int64(len(s.tail))
	s.tail = s.tail[:0]
	return nil
}

func (s *sidecar) close() error {
	if s.file == nil {
		return nil
	}
	defer func() { s.file = nil }()
	return s.file.Close()
}

// bytes returns a line. It is valid until the next append.
func (s *sidecar) bytes(l span) ([]byte, error) {
	if at := l.at - s.size; at >= 0 {
		return s.tail[at : at+l.length], nil
	}
	line := make([]byte, l.length)
	if _, err := s.file.ReadAt(line, l.at); err != nil {
		return nil, fmt.Errorf("read the archive's index: %w", err)
	}
	return line, nil
}

// read returns the entry in a line.
func (s *sidecar) read(l span) (*Entry, error) {
	line, err := s.bytes(l)
	if err != nil {
		return nil, err
	}
	return parseLine(line)
}

func parseLine(line []byte) (*Entry, error) {
	e := &Entry{}
	_, err := linelog.Check(line)
	if err == nil {
		err = json.Unmarshal(line, e)
	}
	if err == nil && len(line) > maxBlock {
		err = errors.New("the line is longer than any metadata record")
	}
	if err == nil && (fileNumber(e.File) == 0 || e.Length <= 0 || e.Sum == "") {
		err = errors.New("the line has no place")
	}
	if err != nil {
		return nil, fmt.Errorf("the line of the index cannot be read: %w", err)
	}
	return e, nil
}

// openIndex reads the sidecar. Damaged lines are passed over and returned; a
// last line that a crash cut short is cut off if the file may be written.
func openIndex(dir string, readOnly bool) (*index, []*linelog.Damage, error) {
	mode := os.O_RDWR | os.O_CREATE
	if readOnly {
		mode = os.O_RDONLY
	}
	f, err := os.OpenFile(filepath.Join(dir, indexName), mode, 0o644)
	if errors.Is(err, fs.ErrNotExist) && readOnly {
		return newIndex(sidecar{readOnly: true}), nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	x := newIndex(sidecar{file: f, readOnly: readOnly})
	var damaged []*linelog.Damage
	r := bufio.NewReader(f)
	for number := 1; ; number++ {
		line, err := r.ReadBytes('\n')
		switch {
		case errors.Is(err, io.EOF) && !readOnly && len(line) > 0:
			err = f.Truncate(x.size)
		case errors.Is(err, io.EOF):
			err = nil
		case err == nil:
			if e, bad := parseLine(line); bad == nil {
				x.add(e, span{x.size, int64(len(line))})
			} else {
				damaged = append(damaged, &linelog.Damage{File: indexName, Line: number, Detail: bad.Error()})
			}
			x.size += int64(len(line))
			continue
		}
		if err != nil {
			return nil, nil, errors.Join(err, f.Close())
		}
		return x, damaged, nil
	}
}

// replaceIndex makes the index again, by fill, with another sidecar.
func (a *Archive) replaceIndex(fill func(*index) error) error {
	path := filepath.Join(a.dir, indexName)
	f, err := os.OpenFile(path+".part", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	fresh := newIndex(sidecar{file: f})
	err = fill(fresh)
	if err == nil {
		err = fresh.flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	old := a.index
	a.index = fresh
	return old.close()
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
	return linelog.Seal(append(b, meta[1:]...))
}
