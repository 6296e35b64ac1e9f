package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/analysis"

	"github.com/spf13/cobra"
)

func newAgency(a *app) *cobra.Command {
	l := listing{}
	cmd := &cobra.Command{
		Use:   "agency NAME",
		Short: "One agency: its years side by side, findings and sources",
		Long: `Show what there is of one agency, given by its name, a part of it, or its key:
its reports with their sources, the measures of all years side by side, for each
scope by itself, and what the checks find. Formats other than text give the
measures alone.`,
		Example: examples(
			"gongkai agency 示例市样县财政局",
			"gongkai agency 样县财政局 --format csv --output years.csv",
		),
		Args: exactly("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.agency(cmd.Context(), args[0], l) },
	}
	listingFlags(cmd, &l)
	f := cmd.Flags()
	f.Lookup("format").DefValue = "text"
	f.Lookup("format").Usage = "output as `text|" + strings.Join(formats, "|") + "`"
	l.format = "text"
	return cmd
}

func (a *app) agency(ctx context.Context, name string, l listing) (err error) {
	if l.format != "text" && !slices.Contains(formats, l.format) {
		return usage("--format %q: one of text, %s", l.format, strings.Join(formats, ", "))
	}
	db, err := a.openReading(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	key, full, err := oneAgency(ctx, db.SQL(), name)
	if err != nil {
		return err
	}
	columns, rows, err := sideBySide(ctx, db.SQL(), key)
	if err != nil {
		return err
	}
	if l.format != "text" {
		return a.list(l, columns, "no figures", func(add func([]value) error) error {
			for _, row := range rows {
				if err := add(row); err != nil {
					return err
				}
			}
			return nil
		})
	}
	_, findings, err := analysis.Check(ctx, db.SQL(), analysis.CheckOptions{Agency: key})
	if err != nil {
		return err
	}
	findings = slices.DeleteFunc(findings, func(f analysis.Finding) bool { return f.AgencyKey != key })
	out, err := a.create(l.path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	p := &printer{w: out}
	p.line("%s (%s)", full, key)
	if err := p.reports(ctx, db.SQL(), key); err != nil {
		return err
	}
	p.line("\nMeasures by year; – is not known, empty is no report or not in its form:")
	p.measures(columns, rows)
	p.line("\n%d findings:", len(findings))
	for i := range findings {
		p.line("%s", strings.TrimRight(findingText(&findings[i]), "\n"))
	}
	return p.err
}

const agencyReportsSQL = `
SELECT coalesce(r.year::VARCHAR, '?'), r.scope::VARCHAR, coalesce(r.published::VARCHAR, ''), r.reader, r.revision || '/' || r.revisions, r.is_current,
	(SELECT count(*) FROM cell c WHERE c.report_id = r.report_id AND c.status NOT IN ('verified', 'disputed')), coalesce(d.url, d.name), r.document, r.report_id
FROM report r JOIN document d USING (document)
WHERE r.agency_key = ? ORDER BY r.year, r.scope, r.revision`

// reports lists all versions of all reports with their sources, and the years
// between them without one.
func (p *printer) reports(ctx context.Context, db *sql.DB, key string) error {
	rows, err := db.QueryContext(ctx, agencyReportsSQL, key)
	if err != nil {
		return fmt.Errorf("list reports: %w", err)
	}
	defer rows.Close()
	var list [][]string
	var years []int
	for rows.Next() {
		var year, scope, published, reader, revision, source, document string
		var current bool
		var doubtful, id int64
		if err := rows.Scan(&year, &scope, &published, &reader, &revision, &current, &doubtful, &source, &document, &id); err != nil {
			return fmt.Errorf("list reports: %w", err)
		}
		if !current {
			revision += " superseded"
		}
		if n, err := strconv.Atoi(year); err == nil {
			years = append(years, n)
		}
		list = append(list, []string{year, scope, published, reader, revision, strconv.FormatInt(doubtful, 10), strconv.FormatInt(id, 10), document[:12], source})
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("list reports: %w", err)
	}
	p.line("")
	p.table([]column{
		{"year", text},
		{"scope", text},
		{"published", text},
		{"read as", text},
		{"version", text},
		{"cells in doubt", integer},
		{"report", integer},
		{"document", text},
		{"source", text},
	}, list)
	if len(years) > 0 {
		for y := slices.Min(years); y < slices.Max(years); y++ {
			if !slices.Contains(years, y) {
				p.line("%d: not found by us", y)
			}
		}
	}
	return nil
}

const sideBySideSQL = `
SELECT h.scope::VARCHAR, m.measure, m.title, h.year, coalesce(rtrim(rtrim(h.value::VARCHAR, '0'), '.'), ''), h.value IS NOT NULL, m.comparable
FROM v_harmonised h JOIN measure m USING (measure)
WHERE h.agency_key = ? AND h.year IS NOT NULL
ORDER BY h.scope, m.rowid, h.year, h.report_id`

// sideBySide returns the measures of an agency with a column for each year.
func sideBySide(ctx context.Context, db *sql.DB, key string) ([]column, [][]value, error) {
	rows, err := db.QueryContext(ctx, sideBySideSQL, key)
	if err != nil {
		return nil, nil, fmt.Errorf("measures: %w", err)
	}
	defer rows.Close()
	type line struct{ scope, measure, title, comparable string }
	var lines []line
	figures := map[line]map[int]value{}
	var years []int
	for rows.Next() {
		var l line
		var year int
		var v value
		if err := rows.Scan(&l.scope, &l.measure, &l.title, &year, &v.text, &v.known, &l.comparable); err != nil {
			return nil, nil, fmt.Errorf("measures: %w", err)
		}
		if figures[l] == nil {
			figures[l] = map[int]value{}
			lines = append(lines, l)
		}
		if !v.known {
			v.text = "–"
		}
		figures[l][year] = v
		if !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, nil, fmt.Errorf("measures: %w", err)
	}
	slices.Sort(years)
	columns := []column{{"scope", text}, {"measure", text}, {"title", text}}
	for _, y := range years {
		columns = append(columns, column{strconv.Itoa(y), number})
	}
	columns = append(columns, column{"comparable", text})
	var table [][]value
	for _, l := range lines {
		row := known(l.scope, l.measure, l.title)
		for _, y := range years {
			row = append(row, figures[l][y])
		}
		table = append(table, append(row, value{l.comparable, true}))
	}
	return columns, table, nil
}

// measures prints them.
func (p *printer) measures(columns []column, rows [][]value) {
	var texts [][]string
	for _, row := range rows {
		var line []string
		for _, v := range row {
			line = append(line, v.text)
		}
		texts = append(texts, line)
	}
	p.table(columns, texts)
}
