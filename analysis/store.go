package analysis

import (
	"context"
	"database/sql"
)

// store keeps the findings in the warehouse in place of those kept before.
func store(ctx context.Context, db *sql.DB, findings []Finding) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "DELETE FROM finding"); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
		TRY_CAST(? AS DECIMAL(18, 6)), TRY_CAST(? AS DECIMAL(18, 6)), ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range findings {
		f := &findings[i]
		_, err := insert.ExecContext(ctx, f.Rule, string(f.Severity), orNull(f.ReportID), orNull(f.OtherReportID), f.AgencyKey, orNull(f.Year), orNull(f.Scope),
			orNull(f.Table), orNull(f.Row), orNull(f.Column), orNull(f.Left), orNull(f.Right),
			string(f.Outcome), string(f.Strict), string(f.Lenient), string(f.Status), orNull(f.Detail))
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}

// orNull turns the zero value into NULL.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}
