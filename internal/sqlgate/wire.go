package sqlgate

import (
	"bufio"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// The child answers in frames: a byte for the kind, the length, the payload.
// First columns or an error; then rows; then an end or an error.
const (
	columnsFrame = 'C' // []Column as JSON
	rowFrame     = 'R' // each value as its length + 1 and its bytes; 0 is NULL
	errorFrame   = 'E' // Error as JSON
	endFrame     = 'Z' // nothing
)

// maxFrame bounds one row.
const maxFrame = 64 << 20

func writeFrame(w *bufio.Writer, kind byte, payload []byte) error {
	var head [1 + binary.MaxVarintLen64]byte
	head[0] = kind
	n := binary.PutUvarint(head[1:], uint64(len(payload)))
	if _, err := w.Write(head[:1+n]); err != nil {
		return err
	}
	_, err := w.Write(payload)
	return err
}

func writeJSON(w *bufio.Writer, kind byte, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeFrame(w, kind, b)
}

// readFrame returns the next frame. The payload lies in buffer, which may
// grow, until the next call.
func readFrame(r *bufio.Reader, buffer *[]byte) (kind byte, payload []byte, err error) {
	if kind, err = r.ReadByte(); err != nil {
		return 0, nil, err
	}
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return 0, nil, err
	}
	if n > maxFrame {
		return 0, nil, fmt.Errorf("a frame of %d bytes", n)
	}
	if uint64(cap(*buffer)) < n {
		*buffer = make([]byte, n)
	}
	payload = (*buffer)[:n]
	_, err = io.ReadFull(r, payload)
	return kind, payload, err
}

// appendValue adds a value to the payload of a row.
func appendValue(b []byte, v sql.NullString) []byte {
	if !v.Valid {
		return append(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(v.String))+1)
	return append(b, v.String...)
}

// readValues takes a row apart.
func readValues(b []byte, values []Value) error {
	for i := range values {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size)+1 {
			return fmt.Errorf("a row is cut")
		}
		b = b[size:]
		if n == 0 {
			values[i] = Value{}
			continue
		}
		values[i] = Value{Text: string(b[:n-1]), Known: true}
		b = b[n-1:]
	}
	return nil
}
