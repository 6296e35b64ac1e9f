package sqlgate

import (
	"errors"
	"fmt"
	"strings"

	"gongkai/warehouse"
)

// A Code says why a query gave no rows, or not all of them.
type Code string

// The codes, with their operands.
const (
	// Refused: the statement was not run.
	Empty     Code = "empty"
	TooLong   Code = "too_long"   // bytes allowed
	NotText   Code = "not_text"   // not UTF-8, or with a NUL
	Syntax    Code = "syntax"     //
	NotSelect Code = "not_select" //
	PivotIn   Code = "pivot_in"   // a PIVOT without IN (…)
	Several   Code = "several"    // number of statements
	TooDeep   Code = "too_deep"   // levels allowed
	Function  Code = "function"   // name
	Table     Code = "table"      // name
	Missing   Code = "missing"    // parameter that was not given
	Unknown   Code = "unknown"    // parameter that the query does not have
	File      Code = "file"       // name, what is wrong with it
	Faulty    Code = "faulty"     // names and types that do not fit: what DuckDB says

	// Broken off: a value does not fit what is done with it.
	Broken Code = "broken"

	// Ended: a limit was met.
	Memory Code = "memory"
	CPU    Code = "cpu"    // processor time allowed
	Time   Code = "time"   // time allowed
	Output Code = "output" // bytes allowed

	// Failed: the query is not to blame.
	Locked Code = "locked"
	Schema Code = "schema"
	Damage Code = "damaged" // the warehouse
	Failed Code = "failed"
)

// An Error is a query that gave no rows, or not all of them.
type Error struct {
	Code       Code
	Operands   []string `json:",omitempty"`
	Message    string   // in English
	Candidates []string `json:",omitempty"` // names that may have been meant
	// Line and Column, from 1 and in characters, say where in the text of the
	// query; 0 if that is not known. Offset is the same place in bytes, from 0.
	Line, Column, Offset int
}

func (e *Error) Error() string {
	text := e.Message
	if e.Line > 0 {
		text = fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, text)
	}
	if len(e.Candidates) > 0 && !strings.Contains(text, "Did you mean") && !strings.Contains(text, "Candidate bindings") {
		text += "; did you mean " + strings.Join(e.Candidates, ", ") + "?"
	}
	return text
}

// Unwrap gives the error of package warehouse that a failure is.
func (e *Error) Unwrap() error {
	switch e.Code {
	case Locked:
		return warehouse.ErrLocked
	case Schema:
		return warehouse.ErrSchema
	case Damage:
		return warehouse.ErrDamaged
	}
	return nil
}

// Refused reports whether the query itself is at fault.
func (e *Error) Refused() bool { return !e.Limit() && !e.failed() && e.Code != Broken }

// Limit reports whether the query met a limit.
func (e *Error) Limit() bool {
	return e.Code == Memory || e.Code == CPU || e.Code == Time || e.Code == Output
}

func (e *Error) failed() bool {
	return e.Code == Locked || e.Code == Schema || e.Code == Damage || e.Code == Failed
}

// refuse makes an Error of a code, a message and its operands.
func refuse(code Code, message string, operands ...string) *Error {
	return &Error{Code: code, Operands: operands, Message: message}
}

// at says where in text the error is: at a byte, unless that lies outside.
func (e *Error) at(text string, offset int) *Error {
	if offset < 0 || offset > len(text) {
		return e
	}
	before := text[:offset]
	e.Offset, e.Line = offset, 1+strings.Count(before, "\n")
	e.Column = 1 + len([]rune(before[strings.LastIndex(before, "\n")+1:]))
	return e
}

// asError makes an Error of any error.
func asError(err error) *Error {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, warehouse.ErrLocked):
		return refuse(Locked, err.Error())
	case errors.Is(err, warehouse.ErrSchema):
		return refuse(Schema, err.Error())
	case errors.Is(err, warehouse.ErrDamaged):
		return refuse(Damage, err.Error())
	}
	return refuse(Failed, err.Error())
}
