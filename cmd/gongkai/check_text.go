package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/tabular"
)

// tellText prints findings for people: each with its cells, then the rules.
func (a *app) tellText(l listing, s *analysis.Summary, findings []analysis.Finding) (err error) {
	out, err := a.create(l.path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	for i := range findings {
		if _, err := io.WriteString(out, findingText(&findings[i])); err != nil {
			return err
		}
	}
	switch {
	case s.Reports == 0:
		a.say.Info("there are no reports to check")
		return nil
	case len(findings) == 0:
		a.say.Info("no findings")
	}
	t := tabular.NewTable(out, tabular.Columns("rule", "severity", "PASS:integer", "FAIL:integer", "UNKNOWN:integer", "EXCUSED:integer", "title"), false)
	for _, r := range s.Rules {
		row := tabular.Known(r.Rule, string(r.Severity), fmt.Sprint(r.Pass), fmt.Sprint(r.Fail), fmt.Sprint(r.Unknown), fmt.Sprint(r.Excused), r.Title)
		if err := t.Row(row); err != nil {
			return err
		}
	}
	return t.Close()
}

// findingText lays out one finding.
func findingText(f *analysis.Finding) string {
	var b strings.Builder
	line := func(format string, args ...any) { b.WriteString(tabular.OneLine(fmt.Sprintf(format, args...)) + "\n") }
	line("%s %s %s %s: %s", f.Rule, f.Severity, f.Outcome, f.Status, f.Title)
	scope := " (" + f.Scope + ")"
	if f.ReportID == 0 {
		scope = "" // there is no report
	}
	line("  %s %s%s", cmp.Or(f.Agency, "agency not known"), cmp.Or(orEmpty(f.Year), "year not known"), scope)
	if cell := joined(" · ", f.TableLabel, f.RowLabel, f.ColumnLabel); cell != "" {
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
			placeText(" at ", operandPlace(op), ""), otherFile(f, op))
	}
	if f.Name != "" {
		line("  in %s", f.Name)
	}
	if f.OtherReportID != 0 {
		line("  compared with %s %s in %s", cmp.Or(f.OtherAgency, "agency not known"), cmp.Or(orEmpty(f.OtherYear), "year not known"), f.OtherName)
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
	return " in " + op.Name + otherAgency(f, op, " (", ")")
}

// otherAgency names the agency of a cell, if it is not that of the finding.
func otherAgency(f *analysis.Finding, op *analysis.Operand, before, after string) string {
	if op.ReportID == f.ReportID || op.Agency == f.Agency || op.Agency == "" {
		return ""
	}
	return before + op.Agency + after
}

// joined joins what is not empty.
func joined(between string, parts ...string) string {
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
