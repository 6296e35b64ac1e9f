package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// A Lost is a document that is published and would not be any more, or that would
// give fewer reports.
type Lost struct{ Document, Name, Reason string }

// A LossError says that a new warehouse was not published because documents or
// reports would have been lost.
type LossError struct {
	Lost  []Lost // the first of them
	Count int    // of all
}

// lostNamed is how many lost documents a LossError names.
const lostNamed = 50

func (e *LossError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d documents that are published would be lost, or give fewer reports; what is published stays (--allow-loss publishes all the same)", e.Count)
	for _, l := range e.Lost {
		fmt.Fprintf(&b, "\n  %s %s: %s", l.Document[:min(16, len(l.Document))], l.Name, l.Reason)
	}
	if more := e.Count - len(e.Lost); more > 0 {
		fmt.Fprintf(&b, "\n  and %d more", more)
	}
	return b.String()
}

// losses compares the documents of the new warehouse with those of the old.
func (p *Publication) losses(ctx context.Context, old, fresh *DB) error {
	if old == nil {
		return nil
	}
	loss := &LossError{}
	err := eachLoss(ctx, old.db, fresh.db, func(was, is *published) {
		l, explained := p.lost(was, is)
		switch {
		case !explained && !p.AllowLoss:
			if loss.Count++; loss.Count <= lostNamed {
				loss.Lost = append(loss.Lost, l)
			}
		case p.Lossy != nil:
			p.Lossy(l)
		}
	})
	if err != nil && !p.AllowLoss {
		return fmt.Errorf("compare with the published documents, without which nothing may be lost (--allow-loss publishes all the same): %w", err)
	}
	if loss.Count > 0 {
		return loss
	}
	return nil
}

// lost says what is lost of a document and why. It is explained if the report is
// there all the same, as pages of another one; if people read the document anew; or
// if it was read as before and judged to be no report. That reading failed is no
// explanation: another machine, or a run with --ocr, may have read it.
func (p *Publication) lost(was, is *published) (l Lost, explained bool) {
	l = Lost{Document: was.document, Name: was.name}
	if is == nil {
		if l.Reason = "not in the archive"; p.Reason != nil {
			l.Reason = p.Reason(l.Document)
		}
		return l, false
	}
	why := "no problem says why"
	switch {
	case is.page:
		why, explained = "it is a further page of another report", true
	case is.transcript != was.transcript:
		why, explained = "people have read it anew", true
	case is.code != "":
		why, explained = fmt.Sprintf("%s (%s): %s", is.code, is.step, is.detail), is.step == "extract" && judged[is.code]
	}
	l.Reason = fmt.Sprintf("it gave %d reports, %d with tables, and gives %d, %d with tables: %s", was.reports, was.tabled, is.reports, is.tabled, why)
	return l, explained
}

// judged are the problems that are a judgement on what was read.
var judged = map[string]bool{"missing_page": true, "no_table": true, "blank_form": true, "not_report": true}

// A published is what a warehouse has of a document.
type published struct {
	document, name, transcript string
	reports, tabled            int    // reports; those with tables
	step, code, detail         string // its problem; empty for none
	page                       bool   // of the report of another document
}

const publishedSQL = `
SELECT d.document, d.name, coalesce(d.transcript, ''), coalesce(r.reports, 0), coalesce(r.tabled, 0), coalesce(p.step, ''), coalesce(p.code, ''), coalesce(p.detail, ''),
	d.document IN (SELECT document FROM report_page)
FROM document d
LEFT JOIN (SELECT document, count(*) AS reports, count(*) FILTER (tables > 0) AS tabled FROM report GROUP BY document) r USING (document)
LEFT JOIN problem p USING (document)
ORDER BY d.document`

// A publishedRows reads what a warehouse has, document by document.
type publishedRows struct {
	*sql.Rows
	at published // where it stands
}

// next goes on to the next document; false after the last or an error.
func (r *publishedRows) next() (bool, error) {
	if !r.Next() {
		return false, r.Err()
	}
	p := &r.at
	return true, r.Scan(&p.document, &p.name, &p.transcript, &p.reports, &p.tabled, &p.step, &p.code, &p.detail, &p.page)
}

// eachLoss calls lost for every document of old that is not in fresh, or of which
// there are fewer reports; is is nil for the former. Both are read in the order of
// their names, so that neither is held in memory.
func eachLoss(ctx context.Context, old, fresh *sql.DB, lost func(was, is *published)) (err error) {
	var rows [2]publishedRows
	for i, db := range []*sql.DB{old, fresh} {
		if rows[i].Rows, err = db.QueryContext(ctx, publishedSQL); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows[i].Close()) }()
	}
	was, is := &rows[0], &rows[1]
	more := true
	for {
		if some, err := was.next(); !some || err != nil {
			return err
		}
		for more && is.at.document < was.at.document {
			if more, err = is.next(); err != nil {
				return err
			}
		}
		switch {
		case !more || is.at.document != was.at.document:
			lost(&was.at, nil)
		case is.at.reports < was.at.reports || is.at.tabled < was.at.tabled:
			lost(&was.at, &is.at)
		}
	}
}
