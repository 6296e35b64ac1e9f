package words

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"gongkai"

	"gongkai/analysis"
	"gongkai/internal/tabular"
)

// Finding lays out one finding.
func Finding(f *analysis.Finding) string {
	var b strings.Builder
	line := func(format string, args ...any) { b.WriteString(tabular.OneLine(fmt.Sprintf(format, args...)) + "\n") }
	line("%s %s %s %s: %s", f.Rule, f.Severity, f.Outcome, f.Status, f.Title)
	scope := " (" + f.Scope + ")"
	if f.ReportID == 0 {
		scope = "" // there is no report
	}
	line("  %s %s%s", cmp.Or(f.Agency, "agency not known"), cmp.Or(OrEmpty(f.Year), "year not known"), scope)
	if cell := Joined(" · ", f.TableLabel, f.RowLabel, f.ColumnLabel); cell != "" {
		line("  %s", cell)
	}
	if f.Left != "" || f.Right != "" {
		line("  %s = %s, %s = %s%s", cmp.Or(f.LeftLabel, "left"), cmp.Or(f.Left, "?"), cmp.Or(f.RightLabel, "right"), cmp.Or(f.Right, "?"),
			prefixed(", difference ", f.Delta))
	}
	if f.Detail != "" {
		line("  “%s”", f.Detail)
	}
	for i := range f.Operands {
		op := &f.Operands[i]
		line("    %s: %s%s%s", cmp.Or(op.Label, op.Cell), cmp.Or(op.Raw, op.State),
			Place(" at ", OperandPlace(op), ""), otherFile(f, op))
	}
	if f.Name != "" {
		line("  in %s", f.Name)
	}
	if f.OtherReportID != 0 {
		line("  compared with %s %s in %s", cmp.Or(f.OtherAgency, "agency not known"), cmp.Or(OrEmpty(f.OtherYear), "year not known"), f.OtherName)
	}
	if f.Excuse != "" {
		line("  excused: %s", f.Excuse)
	}
	if r := f.Reply; r.Status != "" {
		line("  reply: %s on %s: %s (%s)", r.Status, r.Date, r.Text, r.Source)
	}
	b.WriteByte('\n')
	return b.String()
}

// otherFile names the file of a cell that does not stand in that of the
// report: in a further page of it, or in a report that it was compared with,
// and whose that is if it is another agency's.
func otherFile(f *analysis.Finding, op *analysis.Operand) string {
	if op.Name == f.Name {
		return ""
	}
	return " in " + op.Name + OtherAgency(f, op, " (", ")")
}

// OtherAgency names the agency of a cell, if it is not that of the finding.
func OtherAgency(f *analysis.Finding, op *analysis.Operand, before, after string) string {
	if op.ReportID == f.ReportID || op.Agency == f.Agency || op.Agency == "" {
		return ""
	}
	return before + op.Agency + after
}

// Joined joins what is not empty.
func Joined(between string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, between)
}

// prefixed returns nothing for nothing.
func prefixed(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

// OperandPlace returns where the cell stands in its document.
func OperandPlace(op *analysis.Operand) gongkai.Place {
	return gongkai.Place{
		Page: op.Page, Box: gongkai.Box{X0: op.X0, Y0: op.Y0, X1: op.X1, Y1: op.Y1},
		Table: op.DocTable, Row: op.DocRow, Column: op.DocCol,
	}
}

// Wheres lists the cells that a finding rests on, with their places.
func Wheres(f *analysis.Finding) string {
	var all []string
	for i := range f.Operands {
		op := &f.Operands[i]
		all = append(all, OtherAgency(f, op, "", " ")+op.Cell+"="+op.Raw+Place(" (", OperandPlace(op), ")"))
	}
	return strings.Join(all, "; ")
}

// OrEmpty writes a number that is unknown if it is zero.
func OrEmpty(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
