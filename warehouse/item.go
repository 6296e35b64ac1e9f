package warehouse

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gongkai"
)

// An Item is one document with what was read from it.
type Item struct {
	Document *gongkai.Document
	Reports  []*gongkai.Report
	Problem  *Problem // why there is no report, or not all of one; nil if all went well
}

// A Problem says why a document gave no report.
type Problem struct {
	Step   string // "open", "read" or "extract"
	Code   string // "no_text_layer", "encrypted", "damaged", …
	Detail string // the cause in words
	Next   string // what to do about it
}

// content names everything that the item would store, except the time of
// fetching. Two items with the same content are the same rows.
func (it *Item) content() string {
	d := it.Document
	b, err := json.Marshal(struct {
		Document [10]string
		Reports  []*gongkai.Report
		Problem  *Problem
	}{
		[10]string{d.Hash(), d.Name, d.URL, d.MediaType, d.AgencyID, strconv.Itoa(d.Year), d.LinkTitle, d.Published, d.Stated.String(), gongkai.TranscriptDigest(d.Transcripts)},
		it.Reports, it.Problem,
	})
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// check refuses what would break the warehouse: a report of another document,
// or a cell twice.
func (it *Item) check() error {
	hash := it.Document.Hash()
	parts := map[int]bool{}
	for _, r := range it.Reports {
		if r.Document != hash {
			return fmt.Errorf("%s: report says that it is from document %s, not %s", it.Document.Name, r.Document, hash)
		}
		if parts[r.Part] {
			return fmt.Errorf("%s: two reports are part %d", it.Document.Name, r.Part)
		}
		parts[r.Part] = true
		seen := make(map[[3]string]bool, len(r.Cells))
		for i := range r.Cells {
			c := &r.Cells[i]
			key := [3]string{c.Table, c.Row, c.Column}
			if seen[key] {
				return fmt.Errorf("%s: cell %s.%s.%s comes twice", it.Document.Name, c.Table, c.Row, c.Column)
			}
			seen[key] = true
		}
	}
	return nil
}

// reportID returns the id of a report. It depends on the bytes of the document
// and the report's place in it alone, so that every build gives the same ids.
// It has 53 bits: R, JavaScript and spreadsheets hold it exactly.
func reportID(document string, part int) int64 {
	sum := sha256.Sum256([]byte(document + "/" + strconv.Itoa(part)))
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 11)
}

// agencyKey returns what reports of one agency share: the registry's id, or
// else the name as printed. An agency without a name is like no other.
func agencyKey(r *gongkai.Report) string {
	switch {
	case r.AgencyID != "":
		return r.AgencyID
	case strings.TrimSpace(r.Agency) != "" && r.AgencyFrom != gongkai.FromContact && r.AgencyFrom != gongkai.FromUnsure:
		return gongkai.NameKey(r.Agency)
	}
	return "document:" + r.Document + "/" + strconv.Itoa(r.Part)
}

// identityOf returns what revisions of one report share. Where agency or year is
// not known the document stands for itself: it is never taken for a revision of
// another; nor where the scope is not known, but for an agency of the register
// under the same title.
func identityOf(r *gongkai.Report) string {
	scope := scopeOf(r)
	key := agencyKey(r)
	title := strings.Join(strings.Fields(r.Title), "")
	if strings.HasPrefix(key, "document:") || r.Year == 0 || scope == gongkai.ScopeUnknown && (title == "" || r.AgencyID == "") {
		return "document:" + r.Document + "/" + strconv.Itoa(r.Part)
	}
	if scope == gongkai.ScopeUnknown {
		return fmt.Sprintf("%s|%d|%s|%s", key, r.Year, scope, title)
	}
	return fmt.Sprintf("%s|%d|%s", key, r.Year, scope)
}

func scopeOf(r *gongkai.Report) gongkai.Scope {
	if r.Scope == "" {
		return gongkai.ScopeUnknown
	}
	return r.Scope
}

var correction = regexp.MustCompile(`更正|勘误|修正版|修订版|订正`)

// isCorrection reports whether title or link say that this replaces an earlier version.
func isCorrection(d *gongkai.Document, r *gongkai.Report) bool {
	return correction.MatchString(r.Title) || correction.MatchString(d.LinkTitle)
}
