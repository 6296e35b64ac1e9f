package linelog

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/google/renameio/v2"
)

// A Log is a file to which lines are added. One process at a time may hold it.
type Log struct {
	path    string
	file    *os.File
	size    int64
	last    int64 // number of the last line
	head    int64 // what the head says
	lines   int
	damaged []*Damage
}

// Open opens or makes a file to add lines, after visiting those it has. What a
// crash left of a last line is cut off; damaged lines stay.
func Open(path string, visit Visit) (*Log, error) {
	s, err := read(path, visit)
	if err != nil {
		return nil, err
	}
	if err := Sweep(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	l := &Log{path: path, file: f, size: s.end, last: max(s.last+s.unsure, s.head), head: s.head, lines: s.lines, damaged: s.damaged}
	err = f.Truncate(s.end)
	if err == nil && s.endless {
		_, err = f.WriteAt([]byte("\n"), s.end-1)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

// Damaged returns what was damaged when the file was opened.
func (l *Log) Damaged() []*Damage { return l.damaged }

// Lines returns how many lines there are, damaged ones too.
func (l *Log) Lines() int { return l.lines }

// Append adds a JSON object, which has at least one field, as a line. After an
// error the file is as it was.
func (l *Log) Append(object []byte) error {
	line := numbered(object, l.last+1)
	if _, err := l.file.WriteAt(line, l.size); err != nil {
		return errors.Join(err, l.file.Truncate(l.size))
	}
	l.size += int64(len(line))
	l.last++
	l.lines++
	return nil
}

// numbered makes the n-th line of an object.
func numbered(object []byte, n int64) []byte {
	b := append(make([]byte, 0, len(object)+30), object[:len(object)-1]...)
	return Seal(append(strconv.AppendInt(append(b, `,"n":`...), n, 10), '}'))
}

// Sync puts what was added on the disk.
func (l *Log) Sync() error { return l.file.Sync() }

// Close puts what was added on the disk and keeps the number of lines.
func (l *Log) Close() error {
	err := l.Sync()
	if err == nil && l.last > l.head {
		err = writeHead(l.path, l.last)
	}
	return errors.Join(err, l.file.Close())
}

// Sweep removes what a crash left of a file that was to take the place of path,
// or of its head.
func Sweep(path string) error {
	dir := filepath.Dir(path)
	left, err := fs.Glob(os.DirFS(dir), "."+filepath.Base(path)+"*")
	for _, name := range left {
		err = errors.Join(err, os.Remove(filepath.Join(dir, name)))
	}
	return err
}

func writeHead(path string, lines int64) error {
	b, err := json.Marshal(head{lines})
	if err != nil {
		return err
	}
	return renameio.WriteFile(headPath(path), Seal(b), 0o644)
}

// Discard closes a file that another was put in the place of.
func (l *Log) Discard() error { return l.file.Close() }
