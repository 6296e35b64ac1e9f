package gongkai

import "slices"

// A Reply is where the talk with an agency about one adverse statement stands:
// the right of reply (申辩). Several replies about one statement are its
// history; the last one counts.
type Reply struct {
	AgencyKey          string // agency_key of the report
	Year               int    // fiscal year
	Rule               string // of the finding, or a dimension of the index, or RuleFound
	Scope              Scope  // empty for every scope
	Table, Row, Column string // ids of the place; all empty for every place
	Status             ReplyStatus
	Date               string // YYYY-MM-DD, of the reply
	Text               string // what was said, in one sentence
	Source             string // where that is written: a letter, a page
}

// RuleFound is the rule that a report was found at all.
const RuleFound = "PB-FOUND"

// A ReplyStatus says where the talk about a statement stands.
type ReplyStatus string

// The statuses of replies. A statement that is withdrawn no longer counts; all
// others do.
const (
	ReplyOpen      ReplyStatus = "open"                // 待复核: the agency was asked, or asks
	ReplyConfirmed ReplyStatus = "confirmed"           // 已核实: a person has looked at the original, it stands
	ReplyDisputed  ReplyStatus = "disputed_by_agency"  // 申辩: the agency says that it is not so
	ReplyCorrected ReplyStatus = "corrected_by_agency" // 更正: the agency has published another figure
	ReplyWithdrawn ReplyStatus = "withdrawn"           // 撤回: we were wrong
)

// ReplyStatuses returns the statuses in the order of a talk.
func ReplyStatuses() []ReplyStatus {
	return []ReplyStatus{ReplyOpen, ReplyConfirmed, ReplyDisputed, ReplyCorrected, ReplyWithdrawn}
}

// Known reports whether s is one of ReplyStatuses.
func (s ReplyStatus) Known() bool { return slices.Contains(ReplyStatuses(), s) }
