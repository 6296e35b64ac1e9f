package warehouse

import "context"

// settleSQL numbers the revisions of each report from the oldest to the one
// that counts. What decides, in this order: a version with tables before one
// without, a correction (更正) before others, the later date, more tables, the
// easier read format, the later capture (an address whose bytes were changed
// without a word, or changed back), and in the end the hash of the document. None of these
// depends on when or in what order documents were loaded. A document that says
// what the one before it said at the same address, as after every load of a page
// with a counter of visits, is the same revision once more: the last counts.
const settleSQL = `
WITH sorted AS (
	SELECT report_id, identity, name, said,
		row_number() OVER (
			PARTITION BY identity
			ORDER BY tables > 0, correction, dated NULLS FIRST, tables,
				CASE reader WHEN 'html' THEN 4 WHEN 'docx' THEN 3 WHEN 'text' THEN 2 WHEN 'pdf' THEN 1 ELSE 0 END,
				coalesce(returned, fetched) NULLS FIRST, document DESC, part DESC
		) AS place,
		count(*) OVER (PARTITION BY identity) AS places
	FROM report JOIN (SELECT document, fetched, returned FROM document) USING (document)
	WHERE identity IN (SELECT unnest(?::VARCHAR[]))
), changed AS (
	SELECT *, (lag((name, said)) OVER (PARTITION BY identity ORDER BY place) IS DISTINCT FROM (name, said))::INTEGER AS changes FROM sorted
), n AS (
	SELECT report_id, place = places AS is_current,
		sum(changes) OVER (PARTITION BY identity ORDER BY place) AS revision, sum(changes) OVER (PARTITION BY identity) AS revisions
	FROM changed
)
UPDATE report SET revision = n.revision, revisions = n.revisions, is_current = n.is_current
FROM n
WHERE report.report_id = n.report_id
	AND (report.revision <> n.revision OR report.revisions <> n.revisions OR report.is_current <> n.is_current)`

// settle numbers the revisions of the reports with the given identities anew.
func (l *loading) settle(ctx context.Context, identities []string) error {
	return l.exec(ctx, settleSQL, texts(identities))
}
