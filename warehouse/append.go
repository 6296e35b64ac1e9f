package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/duckdb/duckdb-go/v2"
)

// batchTables are the tables that a batch fills.
var batchTables = []string{"document", "problem", "report", "report_page", "report_table", "cell", "equation_sum", "measured", "extra_row", "section", "sketch", "fact", "issue"}

// append writes the rows of the tables, in that order, within the transaction of conn.
func (rs *rows) append(ctx context.Context, conn *sql.Conn, tables []string) error {
	return conn.Raw(func(raw any) error {
		dc, ok := raw.(driver.Conn)
		if !ok {
			return fmt.Errorf("connection is a %T, not a driver.Conn", raw)
		}
		for _, table := range tables {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := appendTo(dc, table, rs.of[table]); err != nil {
				return fmt.Errorf("append to %s: %w", table, err)
			}
		}
		return nil
	})
}

func appendTo(conn driver.Conn, table string, rows [][]driver.Value) (err error) {
	if len(rows) == 0 {
		return nil
	}
	a, err := duckdb.NewAppenderFromConn(conn, "", table)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	for _, row := range rows {
		if err := a.AppendRow(row...); err != nil {
			return err
		}
	}
	return nil
}

// transaction runs do between BEGIN and COMMIT. They are written out because
// the appender works on a connection and not on a sql.Tx.
func (w *DB) transaction(ctx context.Context, do func(*sql.Conn) error) error {
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN TRANSACTION"); err != nil {
		return err
	}
	if err = do(conn); err == nil {
		_, err = conn.ExecContext(ctx, "COMMIT")
	}
	if err != nil {
		_, undo := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return errors.Join(err, undo)
	}
	return nil
}
