package main

import "strings"

// kindOf returns the kind for a DuckDB type.
func kindOf(name string) kind {
	switch base, _, _ := strings.Cut(name, "("); base {
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT":
		return integer
	case "DECIMAL", "FLOAT", "DOUBLE":
		if strings.HasSuffix(name, "]") {
			return text
		}
		return number
	case "BOOLEAN":
		return boolean
	case "DATE":
		return date
	case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS":
		return datetime
	}
	return text
}
