package sqlgate

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"gongkai/internal/child"
)

// A Column of the answer.
type Column struct {
	Name string
	Type string // as DuckDB calls it: INTEGER, DECIMAL(18,2), VARCHAR[] …
}

// A Value is one value as text that keeps every digit; the type of its column
// says what the text means.
type Value struct {
	Text  string
	Known bool // false for NULL
}

// Rows are the rows of an answer, read as they come. Close them.
type Rows struct {
	Columns []Column
	ctx     context.Context // of the caller
	limited context.Context // it and the limit on time
	cancel  func()
	limits  Limits
	process *child.Process
	dir     string
	in      *bufio.Reader
	buffer  []byte
	values  []Value
	err     error
	done    bool
}

// Next reads the next row and says whether there is one.
func (r *Rows) Next() bool {
	if r.done || r.err != nil {
		return false
	}
	kind, payload, err := readFrame(r.in, &r.buffer)
	switch {
	case err != nil:
		r.err = r.died(err)
	case kind == rowFrame:
		err := readValues(payload, r.values)
		if err == nil {
			return true
		}
		r.err = refuse(Failed, err.Error())
	case kind == errorFrame:
		r.err = r.told(payload)
	case kind == endFrame:
		r.done = true
	default:
		r.err = refuse(Failed, fmt.Sprintf("the query's process sent %q", kind))
	}
	return false
}

// Values returns the row at hand, until the next call of Next.
func (r *Rows) Values() []Value { return r.values }

// Err says why there are no more rows: an *Error, or that of the context; nil
// if all were given.
func (r *Rows) Err() error { return r.err }

// Close ends the query, whether it was read to its end or not.
func (r *Rows) Close() error {
	r.cancel()
	r.process.Kill()
	r.process.End()
	return os.RemoveAll(r.dir)
}

// told reads the error that the child sent.
func (r *Rows) told(payload []byte) error {
	e := &Error{}
	if err := json.Unmarshal(payload, e); err != nil {
		return refuse(Failed, err.Error())
	}
	if e.Code == Memory {
		e.Message = r.limits.memoryMessage() + ": " + e.Message
	}
	return e
}

// died says why the child ended without a word.
func (r *Rows) died(err error) error {
	ending := r.process.End()
	switch {
	case r.ctx.Err() != nil:
		return r.ctx.Err()
	case r.limited.Err() != nil:
		return refuse(Time, fmt.Sprintf("the query took longer than %v", r.limits.Time), r.limits.Time.String())
	case ending.OverCPU:
		return refuse(CPU, fmt.Sprintf("the query took more than %v of processor time", r.limits.CPU), r.limits.CPU.String())
	case ending.OverSize:
		return refuse(Memory, r.limits.memoryMessage())
	case ending.Said != "":
		err = errors.New(ending.Said)
	}
	return refuse(Failed, fmt.Sprintf("the query's process broke off after %v: %v", ending.CPU.Round(time.Millisecond), err))
}

func (l Limits) memoryMessage() string {
	return strings.TrimSpace("the query needs more memory than " + l.withDefaults().Memory)
}
