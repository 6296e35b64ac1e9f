package tabular

import (
	"bytes"
	"encoding/json"
	"io"
)

// rowsJSON writes an array of objects, or one object per line. Numbers keep
// every digit.
type rowsJSON struct {
	w       io.Writer
	columns []Column
	names   [][]byte // as JSON
	lines   bool
	n       int
	buffer  []byte
}

func newRowsJSON(w io.Writer, columns []Column, lines bool) *rowsJSON {
	j := &rowsJSON{w: w, columns: columns, lines: lines}
	for _, c := range columns {
		name, _ := JSON(c.Name) // a string always can be
		j.names = append(j.names, name)
	}
	return j
}

func (j *rowsJSON) Row(values []Value) error {
	b := j.buffer[:0]
	switch {
	case j.lines:
	case j.n == 0:
		b = append(b, "[\n"...)
	default:
		b = append(b, ",\n"...)
	}
	j.n++
	b = append(b, '{')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, j.names[i]...)
		b = append(b, ':')
		b = append(b, jsonValue(v, j.columns[i].Kind)...)
	}
	b = append(b, '}')
	if j.lines {
		b = append(b, '\n')
	}
	j.buffer = b
	_, err := j.w.Write(b)
	return err
}

func (j *rowsJSON) Close() error {
	end := "\n]\n"
	switch {
	case j.lines:
		return nil
	case j.n == 0:
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// jsonValue returns a value as JSON. What is no JSON number, such as NaN,
// stays text.
func jsonValue(v Value, k Kind) []byte {
	if !v.Known {
		return []byte("null")
	}
	switch k {
	case Integer, Number, boolean:
		if json.Valid([]byte(v.Text)) {
			return []byte(v.Text)
		}
	case Text, date, Datetime:
	}
	b, _ := JSON(v.Text) // a string always can be
	return b
}

// JSON is json.Marshal without the escapes meant for web pages.
func JSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
