package pdftable

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"

	"gongkai/extract"
)

// A request is what a pool sends its worker: once a setup, then documents.
type request struct {
	CacheDir string
	Limits   Limits
	OCR      bool
	Body     []byte
	View     *showing // the page to draw; nil reads the document
}

// A reply is what a worker answers.
type reply struct {
	Content *extract.Content
	Picture *Picture
	Kind    int    // 1-based index in kinds of the error; 0 for none, -1 for one of no kind
	Error   string // empty if there is a Content or a Picture
	Spoilt  bool   // a parser still runs in the worker: replace it
}

// kinds are the errors that keep their identity between processes.
func kinds() []error {
	return []error{extract.ErrEncrypted, extract.ErrDamaged, extract.ErrNoTextLayer, extract.ErrLimit, ErrNoPage}
}

func newReply(c *extract.Content, p *Picture, err error) reply {
	if err == nil {
		return reply{Content: c, Picture: p}
	}
	r := reply{Kind: -1, Error: err.Error()}
	for i, kind := range kinds() {
		if errors.Is(err, kind) {
			r.Kind = i + 1
		}
	}
	return r
}

// err returns the error that the reply carries.
func (r *reply) err() error {
	switch {
	case r.Error == "" && r.Content == nil && r.Picture == nil:
		return errors.New("the worker answered nothing")
	case r.Error == "":
		return nil
	case r.Kind > 0 && r.Kind <= len(kinds()):
		return &remoteError{text: r.Error, kind: kinds()[r.Kind-1]}
	}
	return errors.New(r.Error)
}

// A remoteError is an error of a known kind from another process.
type remoteError struct {
	text string
	kind error
}

func (e *remoteError) Error() string { return e.text }
func (e *remoteError) Unwrap() error { return e.kind }

// maxFrame bounds a message: a document with its cells, or the file itself.
const maxFrame = 256 << 20

// send writes v behind its length.
func send(w io.Writer, v any) error {
	var b bytes.Buffer
	b.Write(make([]byte, 8))
	if err := gob.NewEncoder(&b).Encode(v); err != nil {
		return fmt.Errorf("encode message: %w", err)
	}
	binary.BigEndian.PutUint64(b.Bytes(), uint64(b.Len()-8))
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("send message: %w", err)
	}
	return nil
}

// receive reads what send wrote. io.EOF means that there is no more.
func receive(r io.Reader, v any) error {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	size := binary.BigEndian.Uint64(head[:])
	if size > maxFrame {
		return fmt.Errorf("receive message: %d bytes are too many", size)
	}
	body, err := io.ReadAll(io.LimitReader(r, int64(size)))
	if err == nil && uint64(len(body)) < size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("receive message: %w", err)
	}
	if err := gob.NewDecoder(bytes.NewReader(body)).Decode(v); err != nil {
		return fmt.Errorf("decode message: %w", err)
	}
	return nil
}
