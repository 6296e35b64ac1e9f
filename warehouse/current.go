package warehouse

import "context"

// settleSQL numbers the revisions of each report from the oldest to the one
// that counts. What decides, in this order: a version with tables before one
// without, a correction (更正) before others, the later date, more tables, the
// easier read format, the later capture (an address whose bytes were changed
// without a word, or changed back), and in the end the hash of the document. None of these
// depends on when or in what order documents were loaded.
const settleSQL = `
UPDATE report SET revision = n.revision, revisions = n.revisions, is_current = n.revision = n.revisions
FROM (
	SELECT report_id,
		row_number() OVER (
			PARTITION BY identity
			ORDER BY tables > 0, correction, dated NULLS FIRST, tables,
				CASE reader WHEN 'html' THEN 4 WHEN 'docx' THEN 3 WHEN 'text' THEN 2 WHEN 'pdf' THEN 1 ELSE 0 END,
				coalesce(returned, fetched) NULLS FIRST, document DESC, part DESC
		) AS revision,
		count(*) OVER (PARTITION BY identity) AS revisions
	FROM report JOIN (SELECT document, fetched, returned FROM document) USING (document)
	WHERE identity IN (SELECT unnest(?::VARCHAR[]))
) n
WHERE report.report_id = n.report_id
	AND (report.revision <> n.revision OR report.revisions <> n.revisions OR report.is_current <> (n.revision = n.revisions))`

// settle numbers the revisions of the reports with the given identities anew.
func (l *loading) settle(ctx context.Context, identities []string) error {
	return l.exec(ctx, settleSQL, texts(identities))
}
