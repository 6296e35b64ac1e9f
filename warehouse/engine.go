package warehouse

import "context"

// Engine asks DuckDB for its version; what is wrong with it stands in place of it.
func Engine(ctx context.Context) string {
	db, err := Scratch()
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	version := ""
	if err := db.QueryRowContext(ctx, "SELECT version()").Scan(&version); err != nil {
		return err.Error()
	}
	return version
}
