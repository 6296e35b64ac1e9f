// Package reportfile writes reports as they were read, cell by cell as CSV or whole as
// JSON. Other programs depend on both.
package reportfile

import (
	"io"

	"gongkai"
)

// Formats are the names of the formats.
var Formats = []string{"csv", "json"}

// A Writer writes reports. What was given to Report is safe when Close has returned.
type Writer interface {
	Report(r *gongkai.Report) error
	Close() error
}

// New returns a Writer of one of Formats.
func New(w io.Writer, format string) Writer {
	if format == "json" {
		return &reportJSON{w: w}
	}
	return newReportCSV(w)
}
