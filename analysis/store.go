package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// store keeps the findings in the warehouse in place of those kept before, and
// if they are all with the name of what they rest on: see Fresh.
func store(ctx context.Context, db *sql.DB, findings []Finding, all bool) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DELETE FROM finding"); err != nil {
		return err
	}
	if err := insertFindings(ctx, tx, "finding", findings); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM warehouse WHERE name = 'findings'"); err != nil {
		return err
	}
	if all {
		basis, err := basisOf(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO warehouse VALUES ('findings', ?)", basis); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// insertFindings adds findings to a table, in one statement for many rows.
func insertFindings(ctx context.Context, conn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}, table string, findings []Finding,
) error {
	for batch := range slices.Chunk(findings, 10_000) {
		n := len(batch)
		reports, others, years := make([]int64, n), make([]int64, n), make([]int32, n)
		texts := make([][]string, 13)
		for i := range batch {
			f := &batch[i]
			reports[i], others[i], years[i] = f.ReportID, f.OtherReportID, int32(f.Year)
			for j, s := range []string{
				f.Rule, string(f.Severity), f.AgencyKey, f.Scope, f.Table, f.Row, f.Column, f.Left, f.Right,
				string(f.Outcome), string(f.Strict), string(f.Lenient), string(f.Status),
			} {
				texts[j] = append(texts[j], s)
			}
		}
		details := make([]string, n)
		for i := range batch {
			details[i] = batch[i].Detail
		}
		args := []any{reports, others, years}
		for _, t := range texts {
			args = append(args, t)
		}
		if _, err := conn.ExecContext(ctx, "INSERT INTO "+table+insertFindingsSQL, append(args, details)...); err != nil {
			return fmt.Errorf("keep findings: %w", err)
		}
	}
	return nil
}

const insertFindingsSQL = ` BY NAME
SELECT rule, severity, nullif(report_id, 0) AS report_id, nullif(other_report_id, 0) AS other_report_id, agency_key, nullif(year, 0) AS year, nullif(scope, '') AS scope,
	nullif(table_id, '') AS table_id, nullif(row_id, '') AS row_id, nullif(column_id, '') AS column_id,
	TRY_CAST(left_value AS DECIMAL(18, 6)) AS left_value, TRY_CAST(right_value AS DECIMAL(18, 6)) AS right_value,
	outcome, strict, lenient, status, nullif(detail, '') AS detail
FROM (SELECT unnest($1::BIGINT[]) AS report_id, unnest($2::BIGINT[]) AS other_report_id, unnest($3::INTEGER[]) AS year,
	unnest($4::VARCHAR[]) AS rule, unnest($5::VARCHAR[]) AS severity, unnest($6::VARCHAR[]) AS agency_key, unnest($7::VARCHAR[]) AS scope,
	unnest($8::VARCHAR[]) AS table_id, unnest($9::VARCHAR[]) AS row_id, unnest($10::VARCHAR[]) AS column_id,
	unnest($11::VARCHAR[]) AS left_value, unnest($12::VARCHAR[]) AS right_value, unnest($13::VARCHAR[]) AS outcome,
	unnest($14::VARCHAR[]) AS strict, unnest($15::VARCHAR[]) AS lenient, unnest($16::VARCHAR[]) AS status, unnest($17::VARCHAR[]) AS detail)`
