package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"gongkai"
)

// ID names a finding: its rule, place and figures, and the document that it was
// compared with. With the document of the report it is the same as long as we
// read the same figures.
func (f *Finding) ID() string {
	id := f.Rule
	if f.Document == "" { // there is no report
		return id + " " + f.AgencyKey + " " + strconv.Itoa(f.Year)
	}
	if place := strings.Trim(f.Table+"."+f.Row+"."+f.Column, "."); place != "" {
		id += " " + place
	}
	if f.Left != "" || f.Right != "" {
		id += " " + f.Left + "≠" + f.Right
	}
	if f.OtherDocument != "" && f.OtherDocument != f.Document {
		id += " with " + f.OtherDocument[:min(12, len(f.OtherDocument))]
	}
	return id
}

// Adverse reports whether a finding speaks against an agency: whoever
// publishes it must have had it confirmed.
func (f *Finding) Adverse() bool {
	return f.Outcome == Fail && f.Severity != "I" && (f.Status == Disputed || f.Rule == "PB-ONTIME")
}

// decisions are what people decided, by finding and document. The last one of a
// finding counts.
type decisions map[[2]string]gongkai.Confirmation

// readConfirmations reads them, the oldest first.
func readConfirmations(ctx context.Context, db interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
},
) (decisions, error) {
	rows, err := db.QueryContext(ctx, "SELECT finding, document, verdict, role, date::VARCHAR, coalesce(note, '') FROM confirmation ORDER BY date, rowid")
	if err != nil {
		return nil, fmt.Errorf("read confirmations: %w", err)
	}
	defer rows.Close()
	all := decisions{}
	for rows.Next() {
		var c gongkai.Confirmation
		if err := rows.Scan(&c.Finding, &c.Document, &c.Verdict, &c.Role, &c.Date, &c.Note); err != nil {
			return nil, fmt.Errorf("read confirmations: %w", err)
		}
		all[[2]string{c.Finding, c.Document}] = c
	}
	return all, rows.Err()
}

// decide gives each finding what a person decided about it. One that does not
// stand breaks no rule any more; one that does is beyond doubt.
func (all decisions) decide(findings []Finding) {
	for i := range findings {
		f := &findings[i]
		c, ok := all[[2]string{f.ID(), f.Document}]
		if !ok || f.Outcome != Fail {
			continue
		}
		f.Confirmation = c
		if c.Verdict == gongkai.VerdictConfirmed {
			f.Status = Disputed
		} else {
			f.Outcome = Refuted
		}
	}
}
