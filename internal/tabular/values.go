package tabular

import (
	"slices"
	"strings"
)

// A Kind says what a column holds. The names are those of Data Package v1.
type Kind string

// The columnKinds of column.
const (
	Text     Kind = "string"
	Integer  Kind = "integer"
	Number   Kind = "number"
	boolean  Kind = "boolean"
	date     Kind = "date"
	Datetime Kind = "datetime"
)

var columnKinds = []Kind{Text, Integer, Number, boolean, date, Datetime}

// A Column of a listing.
type Column struct {
	Name string
	Kind Kind
}

// Columns makes columns of their names. A kind other than text stands behind
// the name and a colon, as in "rows:integer".
func Columns(names ...string) []Column {
	columns := make([]Column, len(names))
	for i, n := range names {
		columns[i] = Column{n, Text}
		if at := strings.LastIndexByte(n, ':'); at >= 0 && slices.Contains(columnKinds, Kind(n[at+1:])) {
			columns[i] = Column{n[:at], Kind(n[at+1:])}
		}
	}
	return columns
}

// A Value is one place of a listing.
type Value struct {
	Text  string
	Known bool // false for NULL
}

// Known makes values of what is there.
func Known(texts ...string) []Value {
	values := make([]Value, len(texts))
	for i, t := range texts {
		values[i] = Value{t, true}
	}
	return values
}

// Present is a value that is there.
func Present(text string) Value { return Value{text, true} }

// OrNull is a text, or NULL if there is none.
func OrNull(text string) Value { return Given(text != "", text) }

// Given makes a value of a text, if there is something to give.
func Given(is bool, text string) Value {
	if !is {
		return Value{}
	}
	return Value{text, true}
}

// KindOf returns the kind for a DuckDB type.
func KindOf(name string) Kind {
	switch base, _, _ := strings.Cut(name, "("); base {
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT":
		return Integer
	case "DECIMAL", "FLOAT", "DOUBLE":
		if strings.HasSuffix(name, "]") {
			return Text
		}
		return Number
	case "BOOLEAN":
		return boolean
	case "DATE":
		return date
	case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS":
		return Datetime
	}
	return Text
}
