package pipeline

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"gongkai"
	"gongkai/warehouse"
)

// holdings are the documents that are in a warehouse.
type holdings struct {
	byHash map[string]holding
	said   map[string][]string // by name: what the last document gave that gave reports, see warehouse.Said
}

// A holding is a document in a warehouse.
type holding struct {
	good, report bool // loaded without a problem; gave a report
	returned     time.Time
	provenance   [sha256.Size]byte
}

// has reports whether the warehouse holds the document as the archive gives it
// now. What the archive knows of it changes: it is put again under another
// agency, or an address gives it again.
func (hs *holdings) has(hash string, d *gongkai.Document) bool {
	h, ok := hs.byHash[hash]
	return ok && h.provenance == provenance(d.Name, d.URL, d.MediaType, d.AgencyID, d.Year, d.LinkTitle, dateOrNone(d.Published)+d.Stated.String(), gongkai.TranscriptDigest(d.Transcripts), d.Fetched, d.Returned)
}

// provenance names what is known of a document beside its bytes, as far as the
// warehouse keeps it.
func provenance(name, url, mediaType, agency string, year int, title, published, transcript string, fetched, returned time.Time) [sha256.Size]byte {
	times := [2]int64{}
	for i, t := range []time.Time{fetched, returned} {
		if !t.IsZero() {
			times[i] = t.UnixMicro()
		}
	}
	return sha256.Sum256(fmt.Appendf(nil, "%q %d %d", []string{name, url, mediaType, agency, title, published, transcript}, year, times))
}

// dateOrNone returns a date, or nothing for what is none.
func dateOrNone(s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return ""
	}
	return s
}

// heldDocuments returns what a warehouse holds of an archive. A split report
// that was read with other pages than it has now is not held.
func heldDocuments(ctx context.Context, db *warehouse.DB, split *splitReports) (*holdings, error) {
	held := &holdings{byHash: map[string]holding{}, said: map[string][]string{}}
	err := warehouse.EachRow(ctx, db.SQL(), `
		SELECT document, document NOT IN (SELECT document FROM problem), document IN (SELECT document FROM report), name, coalesce(url, ''), coalesce(media_type, ''), coalesce(agency_id, ''),
			coalesce(year, 0), coalesce(link_title, ''), coalesce(CAST(published AS VARCHAR), '') || coalesce(stated, ''), coalesce(transcript, ''), fetched, returned
		FROM document`,
		func(scan func(...any) error) error {
			var hash, name, url, mediaType, agency, title, published, transcript string
			var year int
			var fetched, returned *time.Time
			var h holding
			if err := scan(&hash, &h.good, &h.report, &name, &url, &mediaType, &agency, &year, &title, &published, &transcript, &fetched, &returned); err != nil {
				return err
			}
			h.returned = orZero(returned)
			h.provenance = provenance(name, url, mediaType, agency, year, title, published, transcript, orZero(fetched), h.returned)
			held.byHash[hash] = h
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("documents of the warehouse: %w", err)
	}
	err = warehouse.EachRow(ctx, db.SQL(), `
		SELECT name, arg_max(said, coalesce(returned, fetched, TIMESTAMP '-infinity')) FROM (
			SELECT d.name, d.returned, d.fetched, list(r.said ORDER BY r.part) AS said FROM document d JOIN report r USING (document) GROUP BY d.document, d.name, d.returned, d.fetched)
		GROUP BY name`,
		func(scan func(...any) error) error {
			var name string
			var said []any
			if err := scan(&name, &said); err != nil {
				return err
			}
			for _, s := range said {
				held.said[name] = append(held.said[name], fmt.Sprint(s))
			}
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("reports of the warehouse: %w", err)
	}
	read, err := readPages(ctx, db)
	if err != nil {
		return nil, err
	}
	for first, further := range split.further {
		if !slices.EqualFunc(read[first], further, func(hash string, p furtherPage) bool { return hash == p.hash }) {
			delete(held.byHash, first)
		}
	}
	return held, nil
}

func (r *run) hold(ctx context.Context) (err error) {
	r.held, err = heldDocuments(ctx, r.db, r.split)
	return err
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
