package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// A Lost is a document that is published and would not be any more.
type Lost struct{ Document, Name, Reason string }

// A LossError says that a new warehouse was not published because documents
// would have been lost.
type LossError struct {
	Lost  []Lost // the first of them
	Count int    // of all
}

// lostNamed is how many lost documents a LossError names.
const lostNamed = 50

func (e *LossError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d documents that are published would be lost; what is published stays", e.Count)
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
	if old == nil || p.AllowLoss {
		return nil
	}
	loss := &LossError{}
	err := eachMissing(ctx, old.db, fresh.db, func(l Lost) {
		if loss.Count++; loss.Count > lostNamed {
			return
		}
		if l.Reason = "not in the archive"; p.Reason != nil {
			l.Reason = p.Reason(l.Document)
		}
		loss.Lost = append(loss.Lost, l)
	})
	if err != nil {
		return fmt.Errorf("compare with the published documents: %w", err)
	}
	if loss.Count > 0 {
		return loss
	}
	return nil
}

// eachMissing calls lost for every document of old that is not in fresh. Both
// are read in the order of their names, so that neither is held in memory.
func eachMissing(ctx context.Context, old, fresh *sql.DB, lost func(Lost)) (err error) {
	const documents = "SELECT document, name FROM document ORDER BY document"
	before, err := old.QueryContext(ctx, documents)
	if err != nil {
		return err
	}
	defer before.Close()
	after, err := fresh.QueryContext(ctx, documents)
	if err != nil {
		return err
	}
	defer after.Close()
	var is Lost
	more := true
	for before.Next() {
		var was Lost
		if err := before.Scan(&was.Document, &was.Name); err != nil {
			return err
		}
		for more && is.Document < was.Document {
			if more = after.Next(); !more {
				break
			}
			if err := after.Scan(&is.Document, &is.Name); err != nil {
				return err
			}
		}
		if is.Document != was.Document {
			lost(was)
		}
	}
	return errors.Join(before.Err(), after.Err())
}
