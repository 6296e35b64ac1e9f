package diff

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"gongkai"
)

var hexadecimal = regexp.MustCompile(`^[0-9a-f]{8,64}$`)

const sheetSQL = `
SELECT c.report_id, c.table_id::VARCHAR, c.row_id::VARCHAR, c.column_id::VARCHAR, f.label, c.state::VARCHAR, coalesce(c.value::VARCHAR, ''), c.raw,
	coalesce(c.page, 0), coalesce(c.x0, 0), coalesce(c.y0, 0), coalesce(c.x1, 0), coalesce(c.y1, 0),
	coalesce(c.doc_table, 0), coalesce(c.doc_row, 0), coalesce(c.doc_column, 0), r.name
FROM report r
JOIN cell c USING (report_id)
JOIN form_cell f ON f.form = c.form AND f.table_id = c.table_id AND f.row_id = c.row_id AND f.column_id = c.column_id
JOIN form_table t ON t.form = c.form AND t.table_id = c.table_id
WHERE r.report_id = $id OR starts_with(r.document, $document)
ORDER BY r.report_id, t.position, f.position`

// Stored takes a report from a warehouse: by its number, or by the hash of its document
// or the beginning of that. The error of a name that means none or several is
// a *gongkai.Error.
func Stored(ctx context.Context, db *sql.DB, name string) (*Sheet, error) {
	id, err := strconv.ParseInt(name, 10, 64)
	if err != nil && !hexadecimal.MatchString(name) {
		return nil, &gongkai.Error{
			Code: gongkai.CodeInvalid, What: "report", Name: name,
			Err: errors.New("it is no file here, no hash of a document and no number of a report"),
		}
	}
	prefix := name
	if !hexadecimal.MatchString(name) {
		prefix = "no document"
	}
	rows, err := db.QueryContext(ctx, sheetSQL, sql.Named("id", id), sql.Named("document", prefix))
	if err != nil {
		return nil, fmt.Errorf("read cells: %w", err)
	}
	defer rows.Close()
	s := &Sheet{}
	var first int64
	for rows.Next() {
		var c gongkai.Cell
		var report int64
		var label, state, value, document string
		err := rows.Scan(&report, &c.Table, &c.Row, &c.Column, &label, &state, &value, &c.Raw, &c.Place.Page,
			&c.Place.Box.X0, &c.Place.Box.Y0, &c.Place.Box.X1, &c.Place.Box.Y1, &c.Place.Table, &c.Place.Row, &c.Place.Column, &document)
		if err != nil {
			return nil, fmt.Errorf("read cells: %w", err)
		}
		if c.State = gongkai.State(state); c.State == gongkai.Number {
			if c.Value, err = gongkai.ParseDecimal(value); err != nil {
				return nil, fmt.Errorf("read cells: %w", err)
			}
		}
		if first = cmp.Or(first, report); first != report {
			return nil, &gongkai.Error{Code: gongkai.CodeAmbiguous, What: "report", Name: name, Near: []string{fmt.Sprint(first), fmt.Sprint(report)}}
		}
		s.Name = document
		s.add(label, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read cells: %w", err)
	}
	if len(s.cells) == 0 {
		return nil, &gongkai.Error{Code: gongkai.CodeNotFound, What: "report", Name: name}
	}
	return s, nil
}
