package gongkai

import (
	"strings"
	"unicode"
)

// NameKey returns the key of an agency that is not in the register: "name:" and
// its name as printed, without spaces.
func NameKey(name string) string {
	return "name:" + strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, name)
}

// An AgencyEvent is a change of agencies. Agencies are named by their keys: the
// ID in the register, or "name:" and the name as printed.
type AgencyEvent struct {
	Type      EventType
	Date      string // YYYY-MM-DD
	FirstYear int    // fiscal year of the first reports that show it
	From, To  []string
	Source    string // where it is written
}

// EventType says what happened to agencies.
type EventType string

// The types of event. Only Rename and LevelChange leave an agency what it was:
// its figures go on. After all others they begin anew.
const (
	Rename      EventType = "rename"       // 更名: one, and the same under another name
	LevelChange EventType = "level_change" // 升格, 撤县设区: one, and the same at another level
	Merge       EventType = "merge"        // 合并: several become one
	Split       EventType = "split"        // 拆分: one becomes several
	Create      EventType = "create"       // 新设
	Abolish     EventType = "abolish"      // 撤销
	Transfer    EventType = "transfer"     // 职能划转: work goes from one to another, both stay
)

// Continues reports whether the agency is the same before and after.
func (e *AgencyEvent) Continues() bool { return e.Type == Rename || e.Type == LevelChange }

// An AgencyName is a name or code that an agency has or had.
type AgencyName struct {
	Agency             string // key
	Kind               NameKind
	Value              string
	ValidFrom, ValidTo string // YYYY-MM-DD, both included; empty if not known or still so
	Source             string
}

// NameKind says what sort of name it is.
type NameKind string

// The kinds of name.
const (
	FullName  NameKind = "name"
	Alias     NameKind = "alias"
	CreditNum NameKind = "uscc" // 统一社会信用代码
)

// An Obligation is a line of a roster: a body that had to publish a report.
type Obligation struct {
	Agency     string // key
	Year       int    // fiscal year
	Government string // key of the government whose roster it is; empty if not known
	Said       Said
	Complete   bool   // the roster names every obliged body of the government
	Basis      string // "record": kept by people; "page": a list that the government publishes
	Source     string // address or title of the roster
	Note       string // what the roster says beside it, such as 未公布
}

// A RosterProblem is a line of a roster page, or a whole page, that obliges
// nobody because it is not certain whom or for which year.
type RosterProblem struct {
	Source string // address of the page
	Unit   string // as the line names it; empty for a whole page
	Note   string // what the line says beside it
	Code   string // "year", "name", "unread"
	Detail string // the reason in words
}

// Said is what a roster says of a report.
type Said string

// What rosters say.
const (
	SaidNothing   Said = ""
	SaidPublished Said = "published"
	SaidMissing   Said = "missing" // 未公布
)

// An Excuse is a recorded exception: a finding of the rule at this place is
// excused. Empty fields and a zero year fit everything.
type Excuse struct {
	Rule               string
	Agency             string // key
	Year               int
	Scope              Scope
	Table, Row, Column string
	Reason             string // such as "合并"
	Basis              string // where that is written
}

// A Break is a year from which figures mean something else than before.
type Break struct {
	Year     int    // the first fiscal year after it
	Measures string // whose: "" all, else those whose comparability names it ("FY2024")
	Reason   string
	Basis    string
}
