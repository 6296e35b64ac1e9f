package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/words"

	"gongkai/analysis"
	"gongkai/crawler/archive"
	"gongkai/internal/tabular"
	"gongkai/queries"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

func newCheck(a *app) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the figures by the rules, and say what breaks which and where",
		Long: `Test the current version of every report by the rules (see gongkai query --list)
and print each place that breaks one: which table and cell, both figures, and
where they stand in the document. Then each rule with its counts of PASS, FAIL,
UNKNOWN (a figure is missing) and EXCUSED.

A finding is disputed if its figures were read without doubt, so that the error
is the agency's; else it is suspect. Severity E is false by construction of the
form, W needs an allowed reason, I is worth a look. Exit code 4 if there is a
disputed finding of severity E that is not excused.`,
		Example: examples(
			"gongkai check --year 2024 --severity E",
			"gongkai check --rule T3 --rule T4-SUM --agency 统计局",
			"gongkai check --format csv --output findings.csv",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), o) },
	}
	listingFlags(cmd, &o.listing)
	f := cmd.Flags()
	f.Lookup("format").DefValue = "text"
	f.Lookup("format").Usage = "output as `text|" + strings.Join(tabular.Formats, "|") + "`"
	o.format = "text"
	f.IntVar(&o.Year, "year", 0, "only reports on this `year`")
	f.StringArrayVar(&o.Rules, "rule", nil, "only this `rule` or family of rules, such as T3-BAL or T3; may be repeated")
	f.StringVar(&o.Agency, "agency", "", "only agencies with this `name`, or part of it")
	f.StringVar(&o.severity, "severity", "I", "only rules that are at least this severe: `E|W|I`")
	f.BoolVar(&o.summary, "summary", false, "list the rules and their counts instead of the findings")
	f.BoolVar(&o.Store, "store", false, "take in records/replies.toml and keep the findings in the warehouse, in table finding; a copy takes its place")
	lossFlag(cmd, a)
	return cmd
}

type checkOptions struct {
	listing
	analysis.CheckOptions
	severity string
	summary  bool
}

func (a *app) check(ctx context.Context, o checkOptions) (err error) {
	if o.format != "text" && !slices.Contains(tabular.Formats, o.format) {
		return usage("--format %q: one of text, %s", o.format, strings.Join(tabular.Formats, ", "))
	}
	o.Severity = queries.Severity(strings.ToUpper(o.severity))
	if !slices.Contains([]queries.Severity{queries.Error, queries.Warning, queries.Information}, o.Severity) {
		return usage("--severity %q: E, W or I", o.severity)
	}
	if err := o.Valid(); err != nil {
		return err
	}
	summary, findings, err := a.findings(ctx, o.CheckOptions)
	if err != nil {
		return err
	}
	if err := a.tell(o, &summary, findings); err != nil {
		return err
	}
	return a.judge(&summary, findings)
}

// findings checks the warehouse. If the findings are to be kept, they are kept
// in a copy that takes its place.
func (a *app) findings(ctx context.Context, o analysis.CheckOptions) (s analysis.Summary, findings []analysis.Finding, err error) {
	if o.Store {
		return a.storeFindings(ctx, o)
	}
	db, err := a.openReading(ctx)
	if err != nil {
		return s, nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return analysis.Check(ctx, db.SQL(), o)
}

func (a *app) storeFindings(ctx context.Context, o analysis.CheckOptions) (s analysis.Summary, findings []analysis.Finding, err error) {
	db, err := a.openReading(ctx) // there must be one
	if err != nil {
		return s, nil, err
	}
	if err := db.Close(); err != nil {
		return s, nil, err
	}
	ar, err := archive.Open(a.archiveDir()) // holds the lock of the data folder
	if err != nil {
		return s, nil, err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	err = a.pipeline().Change(ctx, func(db *warehouse.DB) (err error) {
		if err := a.applyReplies(ctx, db); err != nil {
			return err
		}
		s, findings, err = analysis.Check(ctx, db.SQL(), o)
		return err
	})
	return s, findings, err
}

// tell prints the findings, the rules, or both.
func (a *app) tell(o checkOptions, s *analysis.Summary, findings []analysis.Finding) error {
	switch {
	case o.format == "text" && o.summary:
		o.format = "table"
		return a.listRules(o.listing, s)
	case o.format == "text":
		return a.tellText(o.listing, s, findings)
	case o.summary:
		return a.listRules(o.listing, s)
	}
	return a.listFindings(o.listing, findings)
}

// listRules lists the rules with the counts of their outcomes.
func (a *app) listRules(l listing, s *analysis.Summary) error {
	columns := tabular.Columns(
		"rule", "severity", "pass:integer", "fail:integer", "unknown:integer", "excused:integer",
		"strict_pass:integer", "strict_fail:integer", "strict_unknown:integer", "title",
	)
	return a.list(l, columns, "no rules", func(add func([]tabular.Value) error) error {
		for _, r := range s.Rules {
			row := []string{r.Rule, string(r.Severity)}
			for _, n := range []int64{r.Pass, r.Fail, r.Unknown, r.Excused, r.StrictPass, r.StrictFail, r.StrictUnknown} {
				row = append(row, strconv.FormatInt(n, 10))
			}
			if err := add(tabular.Known(append(row, r.Title)...)); err != nil {
				return err
			}
		}
		return nil
	})
}

var findingColumns = tabular.Columns(
	"rule", "severity", "outcome", "status", "agency", "year:integer", "scope", "table", "row", "column",
	"left", "left_value:number", "right", "right_value:number", "difference:number", "detail", "where",
	"file", "document", "excuse", "reply_status", "reply_date", "reply", "reply_source", "title", "table_id",
	"row_id", "column_id", "other_agency", "other_year:integer", "other_file", "other_document",
)

// listFindings lists the findings, one a line.
func (a *app) listFindings(l listing, findings []analysis.Finding) error {
	return a.list(l, findingColumns, "no findings", func(add func([]tabular.Value) error) error {
		for i := range findings {
			f := &findings[i]
			row := tabular.Known(f.Rule, string(f.Severity), string(f.Outcome), string(f.Status), f.Agency, words.OrEmpty(f.Year), f.Scope,
				f.TableLabel, f.RowLabel, f.ColumnLabel, f.LeftLabel, f.Left, f.RightLabel, f.Right,
				f.Delta, f.Detail, words.Wheres(f), f.Name, f.Document, f.Excuse, string(f.Reply.Status), f.Reply.Date, f.Reply.Text, f.Reply.Source, f.Title, f.Table, f.Row, f.Column,
				f.OtherAgency, words.OrEmpty(f.OtherYear), f.OtherName, f.OtherDocument)
			for i := range row {
				row[i].Known = row[i].Text != ""
			}
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// ofWithdrawn says how many findings were withdrawn, if any.
func ofWithdrawn(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d withdrawn after a reply", n)
}

// judge says how it went, and sets the exit code.
func (a *app) judge(s *analysis.Summary, findings []analysis.Finding) error {
	count := map[queries.Severity]int{}
	excused, withdrawn, disputed, grave := 0, 0, 0, 0
	for i := range findings {
		f := &findings[i]
		switch f.Outcome {
		case analysis.Excused:
			excused++
			continue
		case analysis.Withdrawn:
			withdrawn++
			continue
		}
		count[f.Severity]++
		if f.Status == analysis.Disputed {
			disputed++
			if f.Severity == queries.Error {
				grave++
			}
		}
	}
	a.say.Info(fmt.Sprintf("%d reports, %d rules: %d findings of severity E, %d W, %d I; %d disputed, %d excused%s",
		s.Reports, len(s.Rules), count[queries.Error], count[queries.Warning], count[queries.Information], disputed, excused, ofWithdrawn(withdrawn)))
	if grave > 0 {
		return &exitError{code: exitFindings}
	}
	return nil
}

// tellText prints findings for people: each with its cells, then the rules.
func (a *app) tellText(l listing, s *analysis.Summary, findings []analysis.Finding) (err error) {
	out, err := a.create(l.path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	for i := range findings {
		if _, err := io.WriteString(out, words.Finding(&findings[i])); err != nil {
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
