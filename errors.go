package gongkai

import (
	"fmt"
	"strings"
)

// A Code says what kind of trouble an Error is. Exit codes and HTTP statuses
// are made of it where the program meets its users, and nowhere else.
type Code string

// The codes.
const (
	CodeUnknown   Code = "unknown"   // the program has nothing of that name: no such rule, table, trend
	CodeNotFound  Code = "not_found" // the data holds nothing of that name: no such agency, report
	CodeAmbiguous Code = "ambiguous" // the name stands for several
	CodeInvalid   Code = "invalid"   // a value that cannot be
)

// An Error says in code and operands what was wrong with what was asked for. A run
// that failed for other reasons ends in other errors; oddities of a
// document are Issues.
type Error struct {
	Code Code
	What string   // what was named, such as "agency" or "rule"
	Name string   // the name as it was given
	Near []string // names that may be meant, the likeliest first; of CodeAmbiguous all that fit
	Err  error    // what is wrong with it, if the code does not say all
}

// Error returns the trouble as a sentence, without advice.
func (e *Error) Error() string {
	text := ""
	switch e.Code {
	case CodeUnknown:
		text = fmt.Sprintf("there is no %s %q", e.What, e.Name)
	case CodeNotFound:
		text = fmt.Sprintf("no %s is called %q", e.What, e.Name)
	case CodeAmbiguous:
		text = fmt.Sprintf("%q may be %s", e.Name, strings.Join(e.Near, ", "))
	case CodeInvalid:
		text = fmt.Sprintf("%s %q", e.What, e.Name)
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns what lies below the error.
func (e *Error) Unwrap() error { return e.Err }

// NoSuch makes the error of a name that is none of those known. It names
// the one that may have been meant.
func NoSuch(what, name string, known []string) *Error {
	return &Error{Code: CodeUnknown, What: what, Name: name, Near: nearest(name, known)}
}
