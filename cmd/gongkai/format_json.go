package main

import (
	"encoding/json"
	"io"
)

// rowsJSON writes an array of objects, or one object per line. Numbers keep
// every digit.
type rowsJSON struct {
	w       io.Writer
	columns []column
	names   [][]byte // as JSON
	lines   bool
	n       int
	buffer  []byte
}

func newRowsJSON(w io.Writer, columns []column, lines bool) *rowsJSON {
	j := &rowsJSON{w: w, columns: columns, lines: lines}
	for _, c := range columns {
		name, _ := marshal(c.name) // a string always can be
		j.names = append(j.names, name)
	}
	return j
}

func (j *rowsJSON) row(values []value) error {
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
		b = append(b, jsonValue(v, j.columns[i].kind)...)
	}
	b = append(b, '}')
	if j.lines {
		b = append(b, '\n')
	}
	j.buffer = b
	_, err := j.w.Write(b)
	return err
}

func (j *rowsJSON) close() error {
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
func jsonValue(v value, k kind) []byte {
	if !v.known {
		return []byte("null")
	}
	switch k {
	case integer, number, boolean:
		if json.Valid([]byte(v.text)) {
			return []byte(v.text)
		}
	case text, date, datetime:
	}
	b, _ := marshal(v.text) // a string always can be
	return b
}
