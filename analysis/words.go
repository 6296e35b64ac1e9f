package analysis

import (
	"context"
	"database/sql"
)

// words tells of the reports whose words were read without doubt, by id, which
// sections they have: bit n for section n. A report that is not in it was
// recognised from images, or its text may not be whole.
type words map[int64]int

const wordsSQL = `
SELECT r.report_id, coalesce(bit_or(1 << s.number) FILTER (s.present), 0)::INTEGER
FROM report r
SEMI JOIN (SELECT unnest(?::BIGINT[]) AS report_id) w USING (report_id)
LEFT JOIN section s USING (report_id)
WHERE r.reader <> 'ocr'
	AND NOT EXISTS (FROM issue i WHERE i.report_id = r.report_id AND i.code IN ('charset', 'font', 'limit', 'no_text_layer'))
GROUP BY r.report_id`

// readWords reads about the reports of those findings that rest on words.
func readWords(ctx context.Context, db *sql.DB, findings []Finding) (words, error) {
	var ids []int64
	for i := range findings {
		if f := &findings[i]; f.rests != "" {
			ids = append(ids, f.ReportID, f.OtherReportID)
		}
	}
	w := words{}
	if len(ids) == 0 {
		return w, nil
	}
	rows, err := db.QueryContext(ctx, wordsSQL, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var sections int
		if err := rows.Scan(&id, &sections); err != nil {
			return nil, err
		}
		w[id] = sections
	}
	return w, rows.Err()
}

// plain reports whether the words that f rests on were read without doubt, in
// its report and in the one it was compared with. A section that was not found
// may be there all the same.
func (w words) plain(f *Finding) bool {
	sections, ok := w[f.ReportID]
	if f.OtherReportID != 0 {
		_, other := w[f.OtherReportID]
		ok = ok && other
	}
	return ok && (f.section == 0 || sections&(1<<f.section) != 0)
}
