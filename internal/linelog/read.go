package linelog

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// A Damage is a line that is not as it was written, or a place where lines are
// gone.
type Damage struct {
	File   string // base name
	Line   int    // counted from 1; 0 is the whole file
	Detail string
	text   []byte // of the line, as it is
}

func (d *Damage) Error() string {
	if d.Line == 0 {
		return fmt.Sprintf("%s: %s", d.File, d.Detail)
	}
	return fmt.Sprintf("%s, line %d: %s", d.File, d.Line, d.Detail)
}

// A Visit is called for every line that is as it was written, with its number
// and its text. An error says that the text is not what the file holds, which is
// a damage too. The text may be used only until it returns.
type Visit func(n int64, line []byte) error

// Read reads all lines of a file and returns what is damaged. There are none in
// a file that is not there, unless there once were. An error means that the file
// cannot be read.
func Read(path string, visit Visit) ([]*Damage, error) {
	s, err := read(path, visit)
	if err != nil {
		return nil, err
	}
	return s.damaged, nil
}

// A state is what is known of a file after reading it.
type state struct {
	name    string
	damaged []*Damage
	lines   int   // whole lines
	last    int64 // the greatest number of a line
	head    int64 // the greatest number of the lines there once were
	end     int64 // where the whole lines end, in bytes
	endless bool  // the last of them has something else in place of its line end
	unsure  int64 // damaged lines since the last good one: their numbers are not known
}

func read(path string, visit Visit) (*state, error) {
	s := &state{name: filepath.Base(path)}
	f, err := os.Open(path)
	absent := errors.Is(err, fs.ErrNotExist)
	if err == nil {
		err = errors.Join(s.readLines(f, visit), f.Close())
	}
	if err != nil && !absent {
		return nil, err
	}
	var broken *Damage
	if s.head, broken, err = readHead(path); err != nil {
		return nil, err
	}
	switch {
	case broken != nil:
		s.damaged = append(s.damaged, broken)
	case absent && s.head > 0:
		s.report(0, nil, "the file is gone; it had %d lines", s.head)
	case s.head > s.last+s.unsure:
		s.report(s.lines+1, nil, "the last %d lines are gone", s.head-s.last-s.unsure)
	}
	return s, nil
}

func (s *state) report(line int, text []byte, format string, args ...any) {
	s.damaged = append(s.damaged, &Damage{s.name, line, fmt.Sprintf(format, args...), bytes.Clone(text)})
}

func (s *state) readLines(f io.Reader, visit Visit) error {
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		switch {
		case errors.Is(err, io.EOF):
			s.readTail(line, visit)
			return nil
		case err != nil:
			return err
		}
		s.lines++
		s.end += int64(len(line))
		s.readLine(line, visit)
	}
}

// readTail reads what follows the last line end. It was cut short by a crash,
// unless all of a line is there but its end.
func (s *state) readTail(tail []byte, visit Visit) {
	if len(tail) == 0 {
		return
	}
	line := tail[:len(tail)-1]
	if sealed, err := Check(line); !sealed || err != nil {
		return
	}
	s.lines++
	s.end += int64(len(tail))
	s.endless = true
	s.report(s.lines, tail, "its line end is damaged; it could be read nevertheless")
	s.readLine(line, visit)
}

func (s *state) readLine(line []byte, visit Visit) {
	text := bytes.TrimSuffix(line, []byte("\n"))
	sealed, err := Check(text)
	n := s.last + s.unsure + 1 // of a line of an older version
	if err == nil && sealed {
		n, err = number(text)
	}
	if err == nil {
		err = visit(n, text)
	}
	if err != nil {
		s.report(s.lines, text, "%v", err)
		s.unsure++
		return
	}
	switch {
	case n <= s.last:
		s.report(s.lines, nil, "it was written before the lines above it: they were exchanged")
	case n > s.last+1+s.unsure:
		s.report(s.lines, nil, "%d lines before it are gone or stand further down", n-s.last-1-s.unsure)
	}
	s.last, s.unsure = max(s.last, n), 0
}

// number returns the number that stands before the seal of a line.
func number(line []byte) (int64, error) {
	body := line[:len(line)-sealSize]
	_, digits, ok := bytes.Cut(body[max(0, bytes.LastIndexByte(body, ',')):], []byte(`,"n":`))
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if !ok || err != nil || n < 1 {
		return 0, errors.New("it has no number")
	}
	return n, nil
}

// A head says how many lines there were.
type head struct {
	Lines int64 `json:"lines"`
}

func headPath(path string) string { return path + ".head" }

// readHead returns the number of lines that there were when the file was last
// closed; 0 if that is not known.
func readHead(path string) (int64, *Damage, error) {
	b, err := os.ReadFile(headPath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	var h head
	sealed, err := Check(b)
	if err == nil {
		err = json.Unmarshal(b, &h)
	}
	if err != nil || !sealed {
		return 0, &Damage{File: filepath.Base(headPath(path)), Line: 1, Detail: "it does not say any more how many lines there were", text: b}, nil
	}
	return h.Lines, nil, nil
}
