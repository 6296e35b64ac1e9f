package gongkai

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// A Document is one file as it was served or found on disk: bytes, never
// changed, and their provenance.
type Document struct {
	Name      string    // the path or, if fetched, the URL: how people find it again
	URL       string    // where it was fetched from; empty for a local file
	MediaType string    // as declared by the server; may be wrong or empty
	Fetched   time.Time // when the bytes were received first; zero if unknown
	Returned  time.Time // when an address gave them again last, after it had given others; zero if none ever did
	Body      []byte    // the bytes as served
	AgencyID  string    // the agency the registry expects here; empty if unknown
	Year      int       // the fiscal year the crawler expects; 0 if unknown
	LinkTitle string    // the text of the link that led here; empty if none
	Published string    // publication date given by the list page, YYYY-MM-DD; empty if none

	Stated      *Stated      // what the person who gave the file says of it; nil if nothing
	Transcripts []Transcript // what people have read in it

	// A report may be split over several pages (t1.html, t1_1.html, …), each a
	// document. The first has Pages; the others say which page they are.
	Pages     int    // number of pages, this one included; 0 if the document is whole
	Page      int    // 2 or more; 0 for the first page and a whole document
	FirstPage string // Name of the first page's document; empty if this is not a further page
}

// Stated is what a person says of a document. It wins over what the document
// says; AgencyID and Year of the document are the person's where it says so.
type Stated struct {
	By       string `json:"by"`               // FromManifest
	Agency   string `json:"agency,omitempty"` // name; empty if not said
	Scope    Scope  `json:"scope,omitempty"`
	AgencyID bool   `json:"agency_id,omitempty"`
	Year     bool   `json:"year,omitempty"`
}

// String returns s as JSON, and nothing for nil.
func (s *Stated) String() string {
	if s == nil {
		return ""
	}
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // plain data
	}
	return string(b)
}

// Seen is when the bytes were last seen to take the place of others, or were
// seen first: of two versions the one that counts has the later. Zero if unknown.
func (d *Document) Seen() time.Time {
	if d.Returned.IsZero() {
		return d.Fetched
	}
	return d.Returned
}

// Hash returns the SHA-256 of the body in lower-case hex. It names the
// document everywhere: in the archive, in the warehouse, in findings.
func (d *Document) Hash() string {
	sum := sha256.Sum256(d.Body)
	return hex.EncodeToString(sum[:])
}
