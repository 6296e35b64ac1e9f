package analysis

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"gongkai/queries"
)

// CheckOptions say what is checked. The zero value checks everything.
type CheckOptions struct {
	Rules    []string         // ids of rules, such as "T3-BAL", or families, such as "T3"; empty for all
	Severity queries.Severity // the mildest to be tested: E tests only E, W tests E and W, empty tests all
	Year     int              // 0 for all
	Agency   string           // agency_key, or part of the agency's name; empty for all
	Store    bool             // keep the findings in table finding, in place of those kept before
}

// Summary counts the outcomes of a run.
type Summary struct {
	Reports int // reports that were checked
	Rules   []RuleSummary
}

// RuleSummary counts the outcomes of one rule. The strict counts take every
// blank for unknown; Pass, Fail, Unknown and Excused are lenient.
type RuleSummary struct {
	Rule     string
	Title    string
	Severity queries.Severity

	Pass, Fail, Unknown, Excused          int64
	StrictPass, StrictFail, StrictUnknown int64
}

// Failed returns how many findings of severity s were not excused.
func (s *Summary) Failed(severity queries.Severity) int64 {
	var n int64
	for _, r := range s.Rules {
		if r.Severity == severity {
			n += r.Fail
		}
	}
	return n
}

// Check tests the current version of every report by the rules and returns the
// counts and the findings, by rule, agency, year and place. It never changes a
// figure. Its errors are ours; an agency's errors are findings.
func Check(ctx context.Context, db *sql.DB, o CheckOptions) (Summary, []Finding, error) {
	var s Summary
	rules, err := o.rules()
	if err != nil {
		return s, nil, err
	}
	where, args := o.where()
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM v_current_report r WHERE "+where, args...).Scan(&s.Reports); err != nil {
		return s, nil, fmt.Errorf("count reports: %w", err)
	}
	var findings []Finding
	for _, q := range rules {
		sum, found, err := test(ctx, db, &q, where, args)
		if err != nil {
			return s, nil, fmt.Errorf("check %s: %w", q.Rule, err)
		}
		s.Rules = append(s.Rules, sum)
		findings = append(findings, found...)
	}
	if err := rest(ctx, db, findings); err != nil {
		return s, nil, fmt.Errorf("cells of findings: %w", err)
	}
	slices.SortStableFunc(findings, compareFindings)
	if o.Store {
		if err := store(ctx, db, findings); err != nil {
			return s, nil, fmt.Errorf("store findings: %w", err)
		}
	}
	return s, findings, nil
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.AgencyKey, b.AgencyKey), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Scope, b.Scope),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.ReportID, b.ReportID),
		cmp.Compare(a.Table, b.Table), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Detail, b.Detail),
		cmp.Compare(a.Left, b.Left),
	)
}

// rules returns the checks that were asked for.
func (o *CheckOptions) rules() ([]queries.Query, error) {
	all, err := queries.All()
	if err != nil {
		return nil, err
	}
	order := map[queries.Severity]int{queries.Error: 1, queries.Warning: 2, queries.Information: 3, "": 3}
	if order[o.Severity] == 0 {
		return nil, fmt.Errorf("severity %q: E, W or I", o.Severity)
	}
	used := map[string]bool{}
	var list []queries.Query
	for _, q := range all {
		if q.Kind != queries.Check || order[q.Severity] > order[o.Severity] {
			continue
		}
		asked := len(o.Rules) == 0
		for _, r := range o.Rules {
			if q.Rule == r || strings.HasPrefix(q.Rule, r+"-") {
				asked, used[r] = true, true
			}
		}
		if asked {
			list = append(list, q)
		}
	}
	for _, r := range o.Rules {
		if !used[r] {
			return nil, fmt.Errorf("rule %q: unknown, or milder than severity %q", r, o.Severity)
		}
	}
	return list, nil
}

// where returns the condition on the reports (r of v_current_report) that are checked.
func (o *CheckOptions) where() (string, []any) {
	conditions, args := []string{"true"}, []any{}
	if o.Year != 0 {
		conditions, args = append(conditions, "r.year = ?"), append(args, o.Year)
	}
	if o.Agency != "" {
		conditions, args = append(conditions, "(r.agency_key = ? OR contains(r.agency, ?))"), append(args, o.Agency, o.Agency)
	}
	return strings.Join(conditions, " AND "), args
}

// shape lists the columns that a check may leave out, with their types.
const shape = `SELECT NULL::BIGINT AS report_id, NULL::VARCHAR AS strict, NULL::VARCHAR AS lenient, NULL::BIGINT AS other_report_id,
	NULL::VARCHAR AS table_id, NULL::VARCHAR AS row_id, NULL::VARCHAR AS column_id, NULL::DECIMAL(38, 6) AS left_value, NULL::DECIMAL(38, 6) AS right_value,
	NULL::VARCHAR[] AS left_cells, NULL::VARCHAR[] AS right_cells, NULL::VARCHAR AS detail WHERE false`

// testSQL runs a check once, over all its places. Places that do not fail are
// only counted, so that millions of them cost no memory.
const testSQL = `
WITH tested AS (
	SELECT * FROM (
%s
	) UNION ALL BY NAME %s
), kept AS (
	SELECT CASE WHEN t.lenient = 'FAIL' THEN t END AS f, t.strict, t.lenient, x.reason, count(*) AS places
	FROM tested t
	JOIN v_current_report r ON r.report_id = t.report_id
	LEFT JOIN excuse x ON t.lenient = 'FAIL' AND x.rule = ? AND coalesce(x.agency_key = r.agency_key, true)
		AND coalesce(x.year = r.year, true) AND coalesce(x.scope = r.scope, true) AND coalesce(x.table_id::VARCHAR = t.table_id, true)
		AND coalesce(x.row_id = t.row_id, true) AND coalesce(x.column_id = t.column_id, true)
	WHERE %s
	GROUP BY ALL
)
SELECT k.strict, k.lenient, k.places, k.reason,
	k.f.report_id, r.agency_key, r.agency, r.year, r.scope::VARCHAR, r.title, r.document, r.name,
	k.f.table_id, k.f.row_id, k.f.column_id, ft.title, array_to_string(fr.groups || [fr.label], ' '), fc.label,
	k.f.left_value::VARCHAR, k.f.right_value::VARCHAR, (k.f.left_value - k.f.right_value)::VARCHAR,
	k.f.detail, k.f.other_report_id, o.name,
	array_to_string(k.f.left_cells, ' '), array_to_string(k.f.right_cells, ' ')
FROM kept k
LEFT JOIN v_current_report r ON r.report_id = k.f.report_id
LEFT JOIN report o ON o.report_id = k.f.other_report_id
LEFT JOIN report_table rt ON rt.report_id = k.f.report_id AND rt.table_id::VARCHAR = k.f.table_id
LEFT JOIN form_table ft ON ft.form = rt.form AND ft.table_id = rt.table_id
LEFT JOIN form_row fr ON fr.form = rt.form AND fr.table_id = rt.table_id AND fr.row_id::VARCHAR = k.f.row_id
LEFT JOIN form_column fc ON fc.form = rt.form AND fc.table_id = rt.table_id AND fc.column_id::VARCHAR = k.f.column_id`

// test runs one rule.
func test(ctx context.Context, db *sql.DB, q *queries.Query, where string, args []any) (RuleSummary, []Finding, error) {
	sum := RuleSummary{Rule: q.Rule, Title: q.Title, Severity: q.Severity}
	query := fmt.Sprintf(testSQL, q.Select(), shape, where)
	all := append([]any{q.Rule}, args...)
	rows, err := db.QueryContext(ctx, query, all...)
	if err != nil {
		return sum, nil, err
	}
	defer rows.Close()
	var findings []Finding
	for rows.Next() {
		f := Finding{
			Rule: q.Rule, Title: q.Title, Severity: q.Severity, Basis: q.Basis, LeftLabel: q.Left, RightLabel: q.Right, Outcome: Fail,
		}
		places, err := f.scan(rows)
		if err != nil {
			return sum, nil, err
		}
		sum.count(&f, places)
		if f.Lenient == Fail {
			findings = append(findings, f)
		}
	}
	return sum, findings, rows.Err()
}

// count adds places with the outcome of f.
func (s *RuleSummary) count(f *Finding, places int64) {
	switch f.Strict {
	case Pass:
		s.StrictPass += places
	case Fail:
		s.StrictFail += places
	case Unknown, Excused:
		s.StrictUnknown += places
	}
	switch {
	case f.Outcome == Excused:
		s.Excused += places
	case f.Lenient == Fail:
		s.Fail += places
	case f.Lenient == Pass:
		s.Pass += places
	default:
		s.Unknown += places
	}
}
