package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"gongkai"
)

// SetAgencies replaces the register of agencies.
func (w *DB) SetAgencies(ctx context.Context, agencies []gongkai.Agency) error {
	return w.replace(ctx, "agency", len(agencies), func(i int) []any {
		a := &agencies[i]
		return []any{a.ID, a.Name, null(string(a.Level)), null(string(a.Type)), null(a.Region), null(a.Parent), number(a.FirstYear), null(a.Visited)}
	})
}

// SetRegions replaces the divisions of the country.
func (w *DB) SetRegions(ctx context.Context, regions []gongkai.Region) error {
	return w.replace(ctx, "region", len(regions), func(i int) []any {
		r := &regions[i]
		return []any{r.Code, null(r.Name), r.Province, null(r.Prefecture)}
	})
}

// SetExcuses replaces the recorded exceptions.
func (w *DB) SetExcuses(ctx context.Context, excuses []gongkai.Excuse) error {
	return w.replace(ctx, "excuse", len(excuses), func(i int) []any {
		e := &excuses[i]
		return []any{
			e.Rule, null(e.Agency), number(e.Year), null(string(e.Scope)),
			null(e.Table), null(e.Row), null(e.Column), e.Reason, e.Basis,
		}
	})
}

// replace fills a small table anew, in one transaction.
func (w *DB) replace(ctx context.Context, table string, n int, row func(int) []any) error {
	err := w.transaction(ctx, func(conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, "DELETE FROM "+QuoteName(table)); err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(row(0))), ", ")
		insert, err := conn.PrepareContext(ctx, "INSERT INTO "+QuoteName(table)+" VALUES ("+marks+")")
		if err != nil {
			return err
		}
		defer insert.Close()
		for i := range n {
			if _, err := insert.ExecContext(ctx, row(i)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("replace %s: %w", table, err)
	}
	return nil
}
