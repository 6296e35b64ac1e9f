package reader

import (
	"bufio"
	"bytes"
	"context"
	order "encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"gongkai"
	"gongkai/extract"
)

// A question is one document that the child is to read.
type question struct {
	Name string
	Body []byte
}

// An answer is what the child made of it.
type answer struct {
	Content *extract.Content
	Error   string
	Kind    int // of the error, from 1 in kinds; 0 for none of them
}

// kinds are the errors that pass from process to process.
var kinds = []error{
	extract.ErrEncrypted, extract.ErrDamaged, extract.ErrLimit, extract.ErrUnsupported,
	extract.ErrNoTextLayer, extract.ErrNoTable, extract.ErrNotReport,
}

func newAnswer(c *extract.Content, err error) answer {
	if err == nil {
		return answer{Content: c}
	}
	a := answer{Error: err.Error()}
	for i, k := range kinds {
		if errors.Is(err, k) {
			a.Kind = i + 1
		}
	}
	return a
}

func (a *answer) content() (*extract.Content, error) {
	switch {
	case a.Error == "" && a.Content != nil:
		return a.Content, nil
	case a.Kind > 0 && a.Kind <= len(kinds):
		return nil, &passedError{text: a.Error, kind: kinds[a.Kind-1]}
	}
	return nil, errors.New(a.Error)
}

// A passedError is an error of a known kind from another process.
type passedError struct {
	text string
	kind error
}

func (e *passedError) Error() string { return e.text }
func (e *passedError) Unwrap() error { return e.kind }

// RunWorker reads documents for a Reader that started this process with
// Options.Worker: one after another, each within the limits of limits.go,
// until stdin ends.
func RunWorker(stdin io.Reader, stdout io.Writer) error {
	debug.SetGCPercent(200)
	watch, err := processLimits.Set()
	if err != nil {
		return fmt.Errorf("document worker: %w", err)
	}
	in, out := gob.NewDecoder(bufio.NewReader(stdin)), bufio.NewWriter(stdout)
	var message bytes.Buffer
	encoder := gob.NewEncoder(&message)
	for {
		var q question
		if err := in.Decode(&q); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("document worker: %w", err)
		}
		watch.Begin()
		a := newAnswer((&Reader{}).Read(context.Background(), &gongkai.Document{Name: q.Name, Body: q.Body}))
		message.Reset()
		err := encoder.Encode(&a)
		watch.End()
		if err == nil && message.Len() > maxAnswer {
			err = errors.New(tooLarge)
		}
		if err == nil {
			err = writeMessage(out, message.Bytes())
		}
		if err != nil {
			return fmt.Errorf("document worker: %w", err)
		}
	}
}

// tooLarge is what the child says when a document becomes more than maxAnswer.
const tooLarge = "what was read is too large"

func writeMessage(out *bufio.Writer, message []byte) error {
	if err := order.Write(out, order.BigEndian, uint32(len(message))); err != nil {
		return err
	}
	if _, err := out.Write(message); err != nil {
		return err
	}
	return out.Flush()
}

// A messageReader gives the messages of the child as one stream.
type messageReader struct {
	in   io.Reader
	left uint32
}

func (m *messageReader) Read(p []byte) (int, error) {
	if m.left == 0 {
		if err := order.Read(m.in, order.BigEndian, &m.left); err != nil {
			return 0, err
		}
		if m.left > maxAnswer {
			return 0, errors.New(tooLarge)
		}
	}
	n, err := m.in.Read(p[:min(len(p), int(m.left))])
	m.left -= uint32(n)
	return n, err
}
