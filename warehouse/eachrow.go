package warehouse

import (
	"context"
	"database/sql"
)

// EachRow runs a query and calls each for every row, with the function that
// reads it. The first error ends it.
func EachRow(ctx context.Context, db *sql.DB, query string, each func(scan func(...any) error) error) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
