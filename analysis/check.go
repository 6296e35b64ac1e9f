package analysis

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gongkai"
	"gongkai/queries"
)

// CheckOptions say what is checked. The zero value checks everything.
type CheckOptions struct {
	Rules    []string         // ids of rules, such as "T3-BAL", or families, such as "T3"; empty for all
	Severity queries.Severity // the mildest to be tested: E tests only E, W tests E and W, empty tests all
	Year     int              // 0 for all
	Agency   string           // a key of the agency, see Series, or a part of its name; empty for all
	Store    bool             // keep the findings in table finding, in place of those kept before
}

// Summary counts the outcomes of a run.
type Summary struct {
	Reports int // reports that were checked
	Rules   []RuleSummary
}

// RuleSummary counts the outcomes of one rule. The strict counts take every
// blank for unknown; the others are lenient.
type RuleSummary struct {
	Rule     string
	Title    string
	Severity queries.Severity

	Pass, Fail, Unknown, Excused          int64
	Withdrawn                             int64 // taken back after the agency's reply
	Refuted                               int64 // a person found that it is not so
	StrictPass, StrictFail, StrictUnknown int64
}

// Failed returns how many findings of severity s were neither excused nor
// withdrawn.
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
	where, args, err := o.where(ctx, db)
	if err != nil {
		return s, nil, err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM v_current_report r WHERE "+cmp.Or(where, "true"), args...).Scan(&s.Reports); err != nil {
		return s, nil, fmt.Errorf("count reports: %w", err)
	}
	findings, err := s.test(ctx, db, rules, where, args)
	if err != nil {
		return s, nil, err
	}
	if err := rest(ctx, db, findings); err != nil {
		return s, nil, fmt.Errorf("cells of findings: %w", err)
	}
	answers, err := readReplies(ctx, db)
	if err != nil {
		return s, nil, err
	}
	answers.answer(findings)
	decided, err := readConfirmations(ctx, db)
	if err != nil {
		return s, nil, err
	}
	decided.decide(findings)
	s.withdraw(findings)
	slices.SortStableFunc(findings, compareFindings)
	if o.Store {
		if err := store(ctx, db, findings, o.all()); err != nil {
			return s, nil, fmt.Errorf("store findings: %w", err)
		}
	}
	return s, findings, nil
}

// withdraw takes findings that were withdrawn or refuted out of the failures.
func (s *Summary) withdraw(findings []Finding) {
	for i := range findings {
		switch findings[i].Outcome {
		case Withdrawn:
			s.rule(findings[i].Rule).Withdrawn++
		case Refuted:
			s.rule(findings[i].Rule).Refuted++
		default:
			continue
		}
		s.rule(findings[i].Rule).Fail--
	}
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.AgencyKey, b.AgencyKey), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Scope, b.Scope),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.ReportID, b.ReportID),
		cmp.Compare(a.Table, b.Table), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Detail, b.Detail),
		cmp.Compare(a.Left, b.Left),
	)
}

// all reports whether everything is checked.
func (o *CheckOptions) all() bool {
	return len(o.Rules) == 0 && (o.Severity == "" || o.Severity == queries.Information) && o.Year == 0 && o.Agency == ""
}

// Valid returns the error of options that Check cannot follow: a *gongkai.Error for a
// rule that is not there.
func (o *CheckOptions) Valid() error {
	_, err := o.rules()
	return err
}

// rules returns the checks that were asked for.
func (o *CheckOptions) rules() ([]queries.Query, error) {
	all, err := queries.All()
	if err != nil {
		return nil, err
	}
	var known []string
	for _, q := range all {
		if q.Kind == queries.Check {
			known = append(known, q.Rule)
		}
	}
	order := map[queries.Severity]int{queries.Error: 1, queries.Warning: 2, queries.Information: 3, "": 3}
	if order[o.Severity] == 0 {
		return nil, &gongkai.Error{Code: gongkai.CodeInvalid, What: "severity", Name: string(o.Severity), Err: errors.New("not E, W or I")}
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
		switch {
		case used[r]:
		case slices.ContainsFunc(known, func(rule string) bool { return rule == r || strings.HasPrefix(rule, r+"-") }):
			return nil, &gongkai.Error{Code: gongkai.CodeInvalid, What: "rule", Name: r, Err: fmt.Errorf("it is milder than severity %q", o.Severity)}
		default:
			return nil, gongkai.NoSuch("rule", r, known)
		}
	}
	return list, nil
}

// where returns the condition on the reports (r of v_current_report) that are checked;
// empty for all.
func (o *CheckOptions) where(ctx context.Context, db *sql.DB) (string, []any, error) {
	var conditions []string
	var args []any
	if o.Year != 0 {
		conditions, args = append(conditions, "r.year = ?"), append(args, o.Year)
	}
	if o.Agency != "" {
		keys, err := Series(ctx, db, o.Agency)
		if err != nil {
			return "", nil, err
		}
		conditions, args = append(conditions, "(list_contains(?::VARCHAR[], r.agency_key) OR contains(r.agency, ?))"), append(args, keys, o.Agency)
	}
	return strings.Join(conditions, " AND "), args, nil
}

// test runs the rules on a connection of its own and gives the findings, and
// the counts to s.
func (s *Summary) test(ctx context.Context, db *sql.DB, rules []queries.Query, where string, args []any) (findings []Finding, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release(ctx, conn)) }()
	if err := share(ctx, conn); err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, testedSQL()); err != nil {
		return nil, err
	}
	for i := range rules {
		q := &rules[i]
		if _, err := conn.ExecContext(ctx, testSQL(q, where), append([]any{q.Rule}, args...)...); err != nil {
			return nil, fmt.Errorf("check %s: %w", q.Rule, err)
		}
		s.Rules = append(s.Rules, RuleSummary{Rule: q.Rule, Title: q.Title, Severity: q.Severity})
	}
	if err := s.count(ctx, conn); err != nil {
		return nil, fmt.Errorf("count outcomes: %w", err)
	}
	if findings, err = s.findings(ctx, conn, rules); err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	return findings, nil
}

// count reads the counts of the rules.
func (s *Summary) count(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, countsSQL)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c RuleSummary
		if err := rows.Scan(&c.Rule, &c.Pass, &c.Fail, &c.Unknown, &c.StrictPass, &c.StrictFail, &c.StrictUnknown); err != nil {
			return err
		}
		r := s.rule(c.Rule)
		c.Title, c.Severity = r.Title, r.Severity
		*r = c
	}
	return rows.Err()
}

// rule returns the counts of a rule that was tested.
func (s *Summary) rule(id string) *RuleSummary {
	return &s.Rules[slices.IndexFunc(s.Rules, func(r RuleSummary) bool { return r.Rule == id })]
}

// findings reads the places that fail.
func (s *Summary) findings(ctx context.Context, conn *sql.Conn, rules []queries.Query) ([]Finding, error) {
	headers := map[string]*queries.Query{}
	for i := range rules {
		headers[rules[i].Rule] = &rules[i]
	}
	rows, err := conn.QueryContext(ctx, findingsSQL)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var findings []Finding
	for rows.Next() {
		f := Finding{Outcome: Fail, Strict: Fail, Lenient: Fail}
		some, err := f.scan(rows)
		if err != nil {
			return nil, err
		}
		if !some {
			continue
		}
		f.head(headers[f.Rule])
		if f.Outcome == Excused {
			s.rule(f.Rule).Excused++
			s.rule(f.Rule).Fail--
		}
		findings = append(findings, f)
	}
	return findings, rows.Err()
}
