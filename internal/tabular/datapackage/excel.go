package datapackage

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// forExcel copies CSV for spreadsheets: with a byte order mark, and with an
// apostrophe before text that they would take for a formula.
func forExcel(w io.Writer, r io.Reader) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	in, out := csv.NewReader(bufio.NewReader(r)), csv.NewWriter(w)
	in.ReuseRecord = true
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			out.Flush()
			return out.Error()
		}
		if err != nil {
			return err
		}
		for i, field := range record {
			record[i] = harmless(field)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
}

// harmless returns text that no spreadsheet takes for a formula. Numbers stay
// as they are.
func harmless(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) || plainNumber(s) {
		return s
	}
	return "'" + s
}

// plainNumber reports whether s is a decimal number and nothing else.
func plainNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(s, ".")
	for _, part := range []string{whole, fraction} {
		if strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return whole != "" && (!point || fraction != "")
}
