package analysis

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gongkai"
	"gongkai/queries"
)

// A standing is a Standing with what is needed to make it.
type standing struct {
	Standing
	group   string // id of its peer group
	scope   int    // place of its scope in scopesOf
	handled int64  // requests that came or were carried in
	counted bool   // handled is known
}

// A variant is the value of a dimension under other assumptions.
type variant struct {
	known bool
	value float64
}

// forgetOn drops the temporary tables of a connection that goes back to others.
// They are made anew before they are used, so that one left behind is no error.
func forgetOn(ctx context.Context, conn *sql.Conn) {
	_, _ = conn.ExecContext(context.WithoutCancel(ctx), forget)
}

const forget = "DROP TABLE IF EXISTS temp.finding; DROP TABLE IF EXISTS temp.report"

// judged puts the findings of the year where the dimensions look for them: in
// a temporary table that hides the stored one, which is left alone. What was
// withdrawn or refuted is not among them: it is as if it had never been found.
func judged(ctx context.Context, conn *sql.Conn, o RankOptions, findings []Finding) error {
	if o.Stored {
		var n int
		if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM finding").Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("%w: no findings are stored; check with Store first", ErrRank)
		}
		_, err := conn.ExecContext(ctx, fmt.Sprintf("CREATE TEMP TABLE finding AS FROM finding WHERE outcome NOT IN ('WITHDRAWN', 'REFUTED') AND year = %d", o.Year))
		return err
	}
	if _, err := conn.ExecContext(ctx, "CREATE TEMP TABLE finding AS FROM finding LIMIT 0"); err != nil {
		return fmt.Errorf("keep findings: %w", err)
	}
	return insertFindings(ctx, conn, "temp.finding", slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return f.Outcome == Withdrawn || f.Outcome == Refuted }))
}

// read gathers what the ranking is made of, in the order of the agencies' keys.
func (r *Ranking) read(ctx context.Context, conn *sql.Conn, dimensions []queries.Query) ([]standing, error) {
	list, err := r.readReports(ctx, conn)
	if err != nil {
		return nil, fmt.Errorf("read reports: %w", err)
	}
	if err := r.readAbsent(ctx, conn); err != nil {
		return nil, fmt.Errorf("read who had to publish: %w", err)
	}
	keys := make([]string, len(list))
	for i := range list {
		keys[i] = list[i].AgencyKey
	}
	if err := hideOthers(ctx, conn, keys); err != nil {
		return nil, err
	}
	if err := r.assess(ctx, conn, dimensions, list); err != nil {
		return nil, err
	}
	return list, r.answer(ctx, conn, list)
}

// hideSQL keeps the reports of agencies, also those under other names.
const hideSQL = `
CREATE TEMP TABLE report AS SELECT r.* FROM report r
LEFT JOIN agency_series s USING (agency_key)
WHERE coalesce(s.series, r.agency_key) IN (
	SELECT coalesce(s.series, k.agency_key) FROM (SELECT unnest($1::VARCHAR[]) AS agency_key) k LEFT JOIN agency_series s USING (agency_key))`

// hideOthers hides the reports of all other agencies from the dimensions, which
// then need not go through them. No dimension looks at another agency: findings
// of rules that do so are there already.
func hideOthers(ctx context.Context, conn *sql.Conn, keys []string) error {
	if _, err := conn.ExecContext(ctx, hideSQL, keys); err != nil {
		return fmt.Errorf("reports of the agencies: %w", err)
	}
	return nil
}

// assess gives each report its value in each dimension.
func (r *Ranking) assess(ctx context.Context, conn *sql.Conn, dimensions []queries.Query, list []standing) error {
	place := map[int64]int{}
	for i := range list {
		place[list[i].ReportID] = i
		list[i].Values = make([]Value, len(dimensions))
	}
	for d := range dimensions {
		err := eachValue(ctx, conn, &dimensions[d], r.Year, func(report int64, v Value) {
			if i, ok := place[report]; ok {
				list[i].Values[d] = v
			}
		})
		if err != nil {
			return fmt.Errorf("%s: %w", dimensions[d].Name, err)
		}
	}
	return nil
}

// answer gives dimensions and absences the last reply about them. Points that
// were withdrawn are given back.
func (r *Ranking) answer(ctx context.Context, conn *sql.Conn, list []standing) error {
	all, err := readReplies(ctx, conn)
	if err != nil {
		return err
	}
	for i := range list {
		for d := range list[i].Values {
			v := &list[i].Values[d]
			v.Reply = all.last(list[i].AgencyKey, r.Year, list[i].Scope, r.Dimensions[d].Name, "", "", "")
			if v.Reply.Status == gongkai.ReplyWithdrawn {
				v.giveBack()
			}
		}
	}
	decided, err := readConfirmations(ctx, conn)
	if err != nil {
		return err
	}
	for i := range r.Absent {
		a := &r.Absent[i]
		missing := Finding{Rule: gongkai.RuleFound, AgencyKey: a.AgencyKey, Year: r.Year}
		a.Confirmed = decided[[2]string{missing.ID(), ""}].Verdict == gongkai.VerdictConfirmed
		r.Absent[i].Reply = all.last(r.Absent[i].AgencyKey, r.Year, "", gongkai.RuleFound, "", "", "")
	}
	return nil
}

// giveBack makes a dimension as good as it can be, as far as it is known.
func (v *Value) giveBack() {
	for b := range v.variants {
		for w := range v.variants[b] {
			if v.variants[b][w].known {
				v.variants[b][w].value = 1
			}
		}
	}
	if v.Known {
		v.Value, v.Low = 1, 1
	}
	if v.State != NotApplicable {
		v.High = 1
	}
	v.cap = false
}

const rankReportsSQL = `
WITH requests AS (
	SELECT report_id, sum(value) AS handled, count(value) = 2 AS counted
	FROM measured SEMI JOIN (FROM report WHERE is_current AND year = $1) USING (report_id)
	WHERE measure IN ('requests_received'::measure_code, 'requests_carried_in'::measure_code) GROUP BY report_id
), errors AS (
	SELECT report_id, count(*) AS n FROM finding WHERE severity = 'E' AND outcome = 'FAIL' AND status = 'disputed' GROUP BY report_id
)
SELECT r.agency_key, coalesce(r.agency, ''), r.report_id, r.scope::VARCHAR, r.document, coalesce(r.url, r.name), coalesce(r.level, ''), coalesce(r.type, ''),
	coalesce(q.handled, 0)::BIGINT, coalesce(q.counted, false), coalesce(e.n, 0)
FROM v_current_report r LEFT JOIN requests q USING (report_id) LEFT JOIN errors e USING (report_id)
WHERE r.year = $1
ORDER BY r.agency_key, r.document, r.part`

// eachReport gives the reports of a year that are not hidden, by the keys of
// their agencies.
func eachReport(ctx context.Context, conn *sql.Conn, year int, add func(standing)) error {
	rows, err := conn.QueryContext(ctx, rankReportsSQL, year)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var s standing
		var level, kind string
		if err := rows.Scan(&s.AgencyKey, &s.Agency, &s.ReportID, &s.Scope, &s.Document, &s.Source, &level, &kind, &s.handled, &s.counted, &s.Errors); err != nil {
			return err
		}
		s.group, s.scope = peersOf(level, kind), slices.Index(scopesOf(kind), gongkai.Scope(s.Scope))
		add(s)
	}
	return rows.Err()
}

// foremost adds a report to those of other agencies, or lets it or the one
// that is there stand for its agency, as their scopes say.
func foremost(list []standing, s standing) []standing {
	last := len(list) - 1
	if last < 0 || list[last].AgencyKey != s.AgencyKey {
		return append(list, s)
	}
	s.Others = list[last].Others + 1
	if s.scope < list[last].scope {
		list[last] = s
	}
	list[last].Others = s.Others
	return list
}

// readReports returns the report that stands for each agency of the group.
func (r *Ranking) readReports(ctx context.Context, conn *sql.Conn) ([]standing, error) {
	var list []standing
	err := eachReport(ctx, conn, r.Year, func(s standing) {
		if s.group == Unregistered {
			r.Unregistered++
		}
		if s.group == r.Group.ID {
			list = foremost(list, s)
		}
	})
	r.Reports = len(list)
	return list, err
}

const absentSQL = `
SELECT o.agency_key, o.agency, coalesce(o.level, ''), coalesce(o.type, ''),
	EXISTS (FROM report r JOIN v_agency_key k USING (agency_key) WHERE k.series = o.series AND r.year = $1 AND r.is_current),
	EXISTS (FROM document d JOIN v_agency_key k ON k.agency_key = d.agency_id WHERE k.series = o.series AND d.year = $1),
	o.said = 'not_published', true
FROM v_obliged o WHERE o.year = $1
UNION ALL
SELECT a.agency_id, a.agency, coalesce(a.level, ''), coalesce(a.type, ''), false, false, false, false
FROM agency a JOIN v_agency_key k ON k.agency_key = a.agency_id
WHERE a.first_year IS NULL AND NOT EXISTS (FROM v_obliged o WHERE o.series = k.series AND o.year = $1)
ORDER BY ALL`

// readAbsent finds the agencies that had to publish and have no report.
func (r *Ranking) readAbsent(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, absentSQL, r.Year)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a Absent
		var level, kind string
		var reported, obliged bool
		if err := rows.Scan(&a.AgencyKey, &a.Agency, &level, &kind, &reported, &a.Unread, &a.Unpublished, &obliged); err != nil {
			return err
		}
		switch {
		case peersOf(level, kind) != r.Group.ID:
		case !obliged:
			r.Undated++
		default:
			if !r.Group.Open() {
				r.Expected++
			}
			if !reported {
				r.Absent = append(r.Absent, a)
			}
		}
	}
	return rows.Err()
}

// variantColumns are the columns of a dimension, by how blanks are taken
// (as failing, as zero) and by how failures are weighed (as written, equally,
// more steeply). A column that is not there is as the one before its last "_",
// or else as value.
var variantColumns = [2][3][]string{
	{{"value"}, {"flat", "value"}, {"steep", "value"}},
	{{"lenient", "value"}, {"lenient_flat", "lenient", "flat", "value"}, {"lenient_steep", "lenient", "steep", "value"}},
}

// eachValue runs a dimension and gives its value for each report.
func eachValue(ctx context.Context, conn *sql.Conn, q *queries.Query, year int, add func(int64, Value)) error {
	var names []string
	for _, c := range q.Columns {
		names = append(names, c.Name)
	}
	rows, err := conn.QueryContext(ctx, q.SQL, sql.Named("year", fmt.Sprint(year)))
	if err != nil {
		return err
	}
	defer rows.Close()
	got, err := rows.Columns()
	if err != nil {
		return err
	}
	if !slices.Equal(got, names) {
		return fmt.Errorf("columns %q, the header says %q", got, names)
	}
	var report int64
	var assessed sql.NullInt64
	var detail, state sql.NullString
	var capped sql.NullBool
	low, high := variant{}, variant{}
	numbers := make([]any, len(names))
	targets := make([]any, len(names))
	for i, name := range names {
		switch name {
		case "report_id":
			targets[i] = &report
		case "assessed":
			targets[i] = &assessed
		case "detail":
			targets[i] = &detail
		case "state":
			targets[i] = &state
		case "cap":
			targets[i] = &capped
		default:
			targets[i] = &numbers[i]
		}
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		v := Value{State: State(state.String), Assessed: assessed.Int64, Detail: detail.String, cap: capped.Bool}
		for b := range variantColumns {
			for w, columns := range variantColumns[b] {
				i := slices.IndexFunc(columns, func(c string) bool { return slices.Contains(names, c) })
				if i < 0 {
					return fmt.Errorf("there is no column value")
				}
				if v.variants[b][w], err = variantOf(numbers[slices.Index(names, columns[i])]); err != nil {
					return err
				}
			}
		}
		v.Known, v.Value = v.variants[0][0].known, v.variants[0][0].value
		for at, to := range map[string]*variant{"low": &low, "high": &high} {
			if *to, err = variantOf(numbers[slices.Index(names, at)]); err != nil {
				return err
			}
		}
		v.Low, v.High = low.value, high.value
		if err := v.sound(low.known && high.known); err != nil {
			return fmt.Errorf("report %d: %w", report, err)
		}
		add(report, v)
	}
	return rows.Err()
}

// sound reports whether state, value and bounds agree.
func (v *Value) sound(bounded bool) error {
	ok := false
	switch v.State {
	case Known, Fault:
		ok = v.Known && bounded && v.Low == v.Value && v.High == v.Value
	case Open:
		ok = !v.Known && bounded && v.Low <= v.High
	case NotApplicable:
		ok = !v.Known && !bounded
	}
	if !ok {
		return fmt.Errorf("state %q does not fit the value (%v) between %g and %g", v.State, v.Known, v.Low, v.High)
	}
	return nil
}

// variantOf reads one number; a NULL is not known.
func variantOf(v any) (variant, error) {
	if v == nil {
		return variant{}, nil
	}
	f, ok := v.(interface{ Float64() float64 })
	if !ok {
		return variant{}, fmt.Errorf("value %v (%T) is no decimal", v, v)
	}
	n := f.Float64()
	if n < 0 || n > 1 {
		return variant{}, fmt.Errorf("value %g is not between 0 and 1", n)
	}
	return variant{known: true, value: n}, nil
}

// byKey orders standings by their agency.
func byKey(a, b standing) int {
	return cmp.Or(cmp.Compare(a.AgencyKey, b.AgencyKey), cmp.Compare(a.ReportID, b.ReportID))
}
