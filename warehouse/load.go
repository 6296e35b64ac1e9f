package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"
)

// Loaded counts what one Load did.
type Loaded struct {
	Added     int // documents that were not there
	Replaced  int // documents that were there with another content or times
	Unchanged int // documents that were there as they are
	Reports   int // reports in the added and replaced documents
	Problems  int // added and replaced documents with a problem
}

// Load stores items in one transaction: after an error or a crash nothing of
// it is there. A document that is there with the same content and times stays
// as it is; any other that is there is replaced with all its reports.
func (w *DB) Load(ctx context.Context, items []Item) (Loaded, error) {
	l := loading{w: w, started: time.Now().UTC(), balance: balance{}}
	for i := range items {
		if err := items[i].check(); err != nil {
			return Loaded{}, fmt.Errorf("load: %w", err)
		}
	}
	err := w.transaction(ctx, func(conn *sql.Conn) error {
		l.conn = conn
		return l.load(ctx, items)
	})
	if err != nil {
		return Loaded{}, fmt.Errorf("load %d documents: %w", len(items), err)
	}
	for table, n := range l.balance {
		w.loaded[table] += n
	}
	return l.done, nil
}

// loading is one Load under way.
type loading struct {
	w       *DB
	conn    *sql.Conn
	started time.Time
	done    Loaded
	balance balance
}

// delete removes rows of a table and counts them.
func (l *loading) delete(ctx context.Context, table, where string, args ...any) error {
	result, err := l.conn.ExecContext(ctx, "DELETE FROM "+table+" WHERE "+where, args...)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	l.balance[table] -= n
	return err
}

func (l *loading) exec(ctx context.Context, query string, args ...any) error {
	_, err := l.conn.ExecContext(ctx, query, args...)
	return err
}

func (l *loading) load(ctx context.Context, items []Item) error {
	fresh, err := l.changed(ctx, items)
	if err != nil {
		return err
	}
	touched, err := l.remove(ctx, fresh)
	if err != nil {
		return fmt.Errorf("replace: %w", err)
	}
	rows, err := l.w.rows(fresh)
	if err != nil {
		return err
	}
	if err := rows.append(ctx, l.conn, batchTables); err != nil {
		return err
	}
	for _, table := range batchTables {
		l.balance[table] += int64(len(rows.of[table]))
	}
	if err := l.unique(ctx, rows.ids); err != nil {
		return err
	}
	if err := l.settle(ctx, append(touched, rows.identities...)); err != nil {
		return fmt.Errorf("settle revisions: %w", err)
	}
	l.done.Reports, l.done.Problems = len(rows.ids), len(rows.of["problem"])
	return l.exec(ctx, "INSERT INTO load_run VALUES (?, ?, ?, ?, ?, ?, ?)", l.started,
		len(items), l.done.Added, l.done.Replaced, l.done.Unchanged, l.done.Reports, l.done.Problems)
}

// A stored is an item to be stored, with the names of its document and content.
type stored struct {
	Item
	document, content string
	replaces          bool
}

// changed returns the items that are not there yet as they are. Of several
// items for one document the last counts.
func (l *loading) changed(ctx context.Context, items []Item) ([]stored, error) {
	byHash := map[string]*stored{}
	var order []string
	for i := range items {
		s := &stored{Item: items[i], document: items[i].Document.Hash(), content: items[i].content()}
		if byHash[s.document] == nil {
			order = append(order, s.document)
		} else {
			l.done.Unchanged++
		}
		byHash[s.document] = s
	}
	held, err := l.held(ctx, order)
	if err != nil {
		return nil, err
	}
	var fresh []stored
	for _, document := range order {
		s := byHash[document]
		switch row, ok := held[document]; {
		case !ok:
			l.done.Added++
			fresh = append(fresh, *s)
		case row != s.row():
			l.done.Replaced++
			s.replaces = true
			fresh = append(fresh, *s)
		default:
			l.done.Unchanged++
		}
	}
	return fresh, nil
}

// A row is what must be equal for a document to stay as it is. Times are in
// microseconds, as they are stored; those of fetching are no content.
type row struct {
	content           string
	fetched, returned int64
}

func (s *stored) row() row {
	return row{s.content, microseconds(s.Document.Fetched), microseconds(s.Document.Returned)}
}

func microseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func (l *loading) held(ctx context.Context, documents []string) (map[string]row, error) {
	rows, err := l.conn.QueryContext(ctx, "SELECT document, content, coalesce(epoch_us(fetched), 0), coalesce(epoch_us(returned), 0) FROM document WHERE document IN (SELECT unnest(?::VARCHAR[]))", texts(documents))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	held := map[string]row{}
	for rows.Next() {
		var document string
		var r row
		if err := rows.Scan(&document, &r.content, &r.fetched, &r.returned); err != nil {
			return nil, err
		}
		held[document] = r
	}
	return held, rows.Err()
}

// ofReports are the tables whose rows belong to one report.
var ofReports = []string{"report_page", "report_table", "cell", "equation_sum", "measured", "extra_row", "section", "sketch", "fact", "issue", "finding"}

// remove deletes all rows of the documents that are replaced and returns the
// identities that lose a report.
func (l *loading) remove(ctx context.Context, fresh []stored) ([]string, error) {
	var documents []string
	for i := range fresh {
		if fresh[i].replaces {
			documents = append(documents, fresh[i].document)
		}
	}
	if len(documents) == 0 {
		return nil, nil
	}
	const these = " IN (SELECT unnest(?::VARCHAR[]))"
	rows, err := l.conn.QueryContext(ctx, "SELECT identity FROM report WHERE document"+these, documents)
	if err != nil {
		return nil, err
	}
	identities, err := scanTexts(rows)
	if err != nil {
		return nil, err
	}
	for _, table := range ofReports {
		if err := l.delete(ctx, table, "report_id IN (SELECT report_id FROM report WHERE document"+these+")", documents); err != nil {
			return nil, err
		}
	}
	for _, table := range []string{"report", "problem", "document"} {
		if err := l.delete(ctx, table, "document"+these, documents); err != nil {
			return nil, err
		}
	}
	return identities, nil
}

func scanTexts(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// unique makes sure that no two reports share an id: ids are cut from hashes.
func (l *loading) unique(ctx context.Context, ids []int64) error {
	sorted := slices.Sorted(slices.Values(ids))
	var n int
	err := l.conn.QueryRowContext(ctx, "SELECT count(*) FROM report WHERE report_id IN (SELECT unnest(?::BIGINT[]))", sorted).Scan(&n)
	if err == nil && n != len(ids) {
		err = fmt.Errorf("two reports have the same report_id: %d reports, %d rows", len(ids), n)
	}
	return err
}
