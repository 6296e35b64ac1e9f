package tabular

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// The limits of a spreadsheet.
const (
	sheetRows = 1_048_576 // with the header
	CellUnits = 32_767    // UTF-16 units of one cell
)

// A Workbook writes tables to sheets of one xlsx file, each with a frozen
// header. A table too long for one sheet goes on in the next, with a notice.
type Workbook struct {
	w     io.Writer
	file  *excelize.File
	bold  int
	plain int // the text format
	names map[string]bool
	rows  int // most rows of a sheet
}

// NewWorkbook begins a workbook, which Close writes to w.
func NewWorkbook(w io.Writer) (*Workbook, error) {
	b := &Workbook{w: w, file: excelize.NewFile(), names: map[string]bool{}, rows: sheetRows}
	var err, err2 error
	b.bold, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	b.plain, err2 = b.file.NewStyle(&excelize.Style{NumFmt: 49}) // 49 is "@", text
	return b, errors.Join(err, err2)
}

// Close writes the file.
func (b *Workbook) Close() error {
	defer b.file.Close()
	if !b.names["Sheet1"] {
		if err := b.file.DeleteSheet("Sheet1"); err != nil { // made by excelize
			return err
		}
	}
	b.file.SetActiveSheet(0)
	_, err := b.file.WriteTo(b.w)
	return err
}

// A Sheet writes one table to one or more sheets.
type Sheet struct {
	book    *Workbook
	name    string
	columns []Column
	stream  *excelize.StreamWriter
	row1    int // rows written to the sheet
	parts   int
	cut     int // texts too long for a cell
}

// Sheet begins a table.
func (b *Workbook) Sheet(name string, columns []Column) (*Sheet, error) {
	s := &Sheet{book: b, name: name, columns: columns}
	return s, s.next()
}

// next begins a sheet.
func (s *Sheet) next() error {
	s.parts++
	name := SheetName(s.name, s.parts)
	if s.book.names[name] {
		return fmt.Errorf("sheet %s: twice", name)
	}
	s.book.names[name] = true
	if _, err := s.book.file.NewSheet(name); err != nil {
		return fmt.Errorf("sheet %s: %w", name, err)
	}
	stream, err := s.book.file.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("sheet %s: %w", name, err)
	}
	s.stream, s.row1 = stream, 1
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	header := make([]any, len(s.columns))
	for i, c := range s.columns {
		header[i] = excelize.Cell{StyleID: s.book.bold, Value: c.Name}
	}
	return stream.SetRow("A1", header)
}

// SheetName returns a name that a spreadsheet allows: at most 31 characters.
func SheetName(name string, part int) string {
	suffix := ""
	if part > 1 {
		suffix = " " + strconv.Itoa(part)
	}
	runes := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '_'
		}
		return r
	}, name))
	return string(runes[:min(len(runes), 31-len(suffix))]) + suffix
}

// Row adds a row.
func (s *Sheet) Row(values []Value) error {
	if s.row1 == s.book.rows {
		if err := s.stream.Flush(); err != nil {
			return err
		}
		if err := s.next(); err != nil {
			return err
		}
	}
	s.row1++
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = s.cell(v, s.columns[i].Kind)
	}
	return s.stream.SetRow("A"+strconv.Itoa(s.row1), cells)
}

// cell returns what to store. Text is stored as text, never as a formula, and
// a number that a spreadsheet would round is stored as text too.
func (s *Sheet) cell(v Value, k Kind) any {
	if !v.Known {
		return nil
	}
	switch k {
	case Integer, Number:
		if n, err := strconv.ParseFloat(v.Text, 64); err == nil && exactFloat(v.Text) {
			return n
		}
	case boolean:
		return v.Text == "true"
	case Text, date, Datetime:
	}
	t := v.Text
	if len(t) > CellUnits {
		if units := utf16.Encode([]rune(t)); len(units) > CellUnits {
			s.cut++
			t = string(utf16.Decode(units[:CellUnits-1]))
		}
	}
	return excelize.Cell{StyleID: s.book.plain, Value: t}
}

// exactFloat reports whether a plain decimal has at most 15 digits, which a
// spreadsheet keeps.
func exactFloat(s string) bool {
	digits := 0
	for _, r := range strings.TrimLeft(s, "-0.") {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != '.':
			return false
		}
	}
	return digits <= 15
}

// Close ends the table.
func (s *Sheet) Close() error { return s.stream.Flush() }

// Notices says what a spreadsheet could not take as it is.
func (s *Sheet) Notices() []string {
	var out []string
	if s.parts > 1 {
		out = append(out, fmt.Sprintf("%s: more rows than a sheet holds: split over %d sheets", s.name, s.parts))
	}
	if s.cut > 0 {
		out = append(out, fmt.Sprintf("%s: %d texts are longer than a cell holds (%d) and were cut; csv and parquet have them whole", s.name, s.cut, CellUnits))
	}
	return out
}

// A CutError says what a spreadsheet could not take as it is. The file is
// whole but for that, and says so itself.
type CutError struct{ notices []string }

func (e *CutError) Error() string { return strings.Join(e.notices, "; ") }

// rowsXLSX writes one listing as a workbook of its own.
type rowsXLSX struct {
	book  *Workbook
	sheet *Sheet
}

func newRowsXLSX(w io.Writer, columns []Column) (*rowsXLSX, error) {
	book, err := NewWorkbook(w)
	if err != nil {
		return nil, err
	}
	sheet, err := book.Sheet("rows", columns)
	return &rowsXLSX{book, sheet}, err
}

func (x *rowsXLSX) Row(values []Value) error { return x.sheet.Row(values) }

func (x *rowsXLSX) Close() error {
	if err := x.sheet.Close(); err != nil {
		return err
	}
	if err := x.book.Notices(x.sheet.Notices()); err != nil {
		return err
	}
	if err := x.book.Close(); err != nil {
		return err
	}
	if x.sheet.cut > 0 {
		return &CutError{x.sheet.Notices()}
	}
	return nil
}

// Notices adds a sheet that says what is not as it was, if there is anything.
func (b *Workbook) Notices(lines []string) error {
	if len(lines) == 0 {
		return nil
	}
	sheet, err := b.Sheet("notices", Columns("notice"))
	if err != nil {
		return err
	}
	for _, l := range lines {
		if err := sheet.Row(Known(l)); err != nil {
			return err
		}
	}
	return sheet.Close()
}
