package gongkai

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// A Transcript is what a person has read in a document: of a scan, or where the
// machine was in doubt. It counts before what the machine reads.
type Transcript struct {
	Document string            // SHA-256, in hex
	Part     int               // 1-based place of the report in the document
	AgencyID string            // of the register; empty if not said
	Agency   string            // the name; empty if not said
	Year     int               // the fiscal year; 0 if not said
	Scope    Scope             // empty if not said
	Form     string            // of the tables, where the machine has found none; empty for that of the year
	Cells    map[string]string // the characters in the original, by address: "requests.granted.total"
	Who      string            // in which role, not by name
	Date     string            // YYYY-MM-DD
	Basis    string            // what was looked at
}

// TranscriptDigest names what transcripts say; empty if there is none.
func TranscriptDigest(list []Transcript) string {
	if len(list) == 0 {
		return ""
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
