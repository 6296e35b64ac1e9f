package gongkai

// A Confirmation is what a person decided about one adverse finding, with the
// original before them. Nothing adverse is published without.
type Confirmation struct {
	Finding  string  // its id: rule, place and figures; or FindingFault
	Document string  // SHA-256 of the document; empty if the finding is that there is none
	Verdict  Verdict // what was decided
	Role     string  // by whom: a role, no name
	Date     string  // YYYY-MM-DD
	Note     string  // may be empty
}

// FindingFault is the id of the finding that what we did not find in a document
// (tables, rows, cells, or all of them in pictures) is not there to be read.
const FindingFault = "FAULT"

// A Verdict is how a finding was decided.
type Verdict string

// The verdicts. Only what is confirmed may be published.
const (
	VerdictConfirmed Verdict = "confirmed" // 属实: the document says so
	VerdictRefuted   Verdict = "refuted"   // 不属实: the document is right
	VerdictOurs      Verdict = "ours"      // 我方误读: we read something else than what is printed
)

// Verdicts returns all verdicts.
func Verdicts() []Verdict { return []Verdict{VerdictConfirmed, VerdictRefuted, VerdictOurs} }
