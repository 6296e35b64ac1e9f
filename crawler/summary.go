package crawler

import (
	"fmt"
	"slices"
	"time"
)

// An Outcome is what became of one expected thing.
type Outcome struct {
	Site, Column string
	URL, Title   string
	Agency       string
	Year         int
	Result       Result
	Failure      FailureKind // if Result is Problem
	Skip         SkipReason  // if Result is Skipped
	Detail       string
	SHA256       string
	Parent       string // the page that links this file; empty if it was in a list
	Page         int    // 2 or more for a further page of a split report, see gongkai.Document
	FirstPage    string // and the name of the first page's document
	Published    string
}

// Result is the sort of an Outcome.
type Result string

// The results. New, Revised, Unchanged and Known together are "captured".
const (
	New       Result = "new"       // first capture
	Revised   Result = "revised"   // other bytes than before
	Unchanged Result = "unchanged" // asked again, same bytes
	Known     Result = "known"     // captured in an earlier run and not due for a recheck
	Problem   Result = "problem"
	Skipped   Result = "skipped"
)

// SkipReason says why something was left out on purpose.
type SkipReason string

// The reasons to skip.
const (
	SkipNotice     SkipReason = "notice"       // a notice about reports
	SkipWebsite    SkipReason = "website"      // 政府网站工作年度报表
	SkipRoster     SkipReason = "roster"       // a list of who has published
	SkipOther      SkipReason = "other"        // another kind of page
	SkipIgnored    SkipReason = "ignored"      // a lookup says that it is none of ours
	SkipYear       SkipReason = "year"         // outside the years asked for
	SkipDuplicate  SkipReason = "duplicate"    // the same address in another column
	SkipUnlinked   SkipReason = "unlinked"     // a roster row without a link
	SkipEmptyOK    SkipReason = "empty_ok"     // an empty list that may be empty still
	SkipNotYet     SkipReason = "not_yet"      // no report yet, and none due
	SkipBackoff    SkipReason = "backoff"      // failed before, next try is later
	SkipBudget     SkipReason = "budget"       // left to the next run
	SkipHostDown   SkipReason = "host_down"    // the host failed several times in a row
	SkipCancelled  SkipReason = "cancelled"    // the run was stopped
	SkipAttachment SkipReason = "not_a_report" // a linked file that is named as something else
)

// A Notice is something about a site that people should look at.
type Notice struct {
	Code   string // see the codes below
	Column string
	URL    string
	Detail string
}

// The codes of notices. Those named Alert stand in SiteSummary.Alerts.
const (
	NoticeUnmatched   = "unmatched"    // no agency of the site has this name
	NoticeYears       = "years"        // the title names several years
	NoticeYear        = "year"         // title and folder name different years
	NoticeVersion     = "version"      // a second address for the same agency and year
	NoticeUnlisted    = "unlisted"     // captured before, no longer in the list
	NoticeUnlinked    = "unlinked"     // a roster row without a link
	AlertMinItems     = "min_items"    // fewer links than the site asserts
	AlertMinReports   = "min_reports"  // fewer reports than the site asserts or, where it asserts nothing, than it gave
	AlertDrop         = "drop"         // fewer than 70 % of what the list usually has
	AlertBlocked      = "blocked"      // the site blocks us
	AlertColumn       = "column"       // a column could not be read
	AlertConservation = "conservation" // the run lost count: a fault of ours
)

// A SiteSummary counts one site in one run.
type SiteSummary struct {
	Site     string
	Columns  int      // columns visited
	Visited  []string // their ids
	Expected int      // links, files and list failures met
	Captured map[Result]int
	Problems map[FailureKind]int
	Skips    map[SkipReason]int
	Requests int
	Bytes    int64
	Alerts   []Notice // failed assertions
	Notices  []Notice
	Missing  []Gap
	Late     []Gap
}

// Conserved reports whether everything expected has an outcome.
func (s *SiteSummary) Conserved() bool {
	return s.Expected == total(s.Captured)+total(s.Problems)+total(s.Skips)
}

func total[K comparable](m map[K]int) int {
	n := 0
	for _, v := range m {
		n += v
	}
	return n
}

// A RunSummary is what one run did.
type RunSummary struct {
	Run               string
	Started, Finished time.Time
	Sites             []*SiteSummary // in the order of their ids
	NotDue            []*SiteSummary // those left alone: of these it holds Missing and Late, no more
}

// Total adds the counts of all sites. It leaves the lists of notices empty.
func (r *RunSummary) Total() SiteSummary {
	t := newSummary("")
	for _, s := range r.Sites {
		t.Columns += s.Columns
		t.Expected += s.Expected
		t.Requests += s.Requests
		t.Bytes += s.Bytes
		add(t.Captured, s.Captured)
		add(t.Problems, s.Problems)
		add(t.Skips, s.Skips)
	}
	return *t
}

func add[K comparable](to, from map[K]int) {
	for k, v := range from {
		to[k] += v
	}
}

// Failed returns the ids of the sites with alerts. What waits for them is said
// by Journal.Waiting.
func (r *RunSummary) Failed() []string {
	var ids []string
	for _, s := range r.Sites {
		if len(s.Alerts) > 0 {
			ids = append(ids, s.Site)
		}
	}
	return ids
}

func newSummary(site string) *SiteSummary {
	return &SiteSummary{
		Site: site, Captured: map[Result]int{}, Problems: map[FailureKind]int{}, Skips: map[SkipReason]int{},
	}
}

func (s *SiteSummary) count(o Outcome) {
	switch o.Result {
	case Problem:
		s.Problems[o.Failure]++
	case Skipped:
		s.Skips[o.Skip]++
	default:
		s.Captured[o.Result]++
	}
}

func (s *SiteSummary) alert(code, column, format string, args ...any) {
	s.Alerts = append(s.Alerts, Notice{Code: code, Column: column, Detail: fmt.Sprintf(format, args...)})
}

// median returns the middle of the values, the lower one of two.
func median(values []int) int {
	v := slices.Sorted(slices.Values(values))
	if len(v) == 0 {
		return 0
	}
	return v[(len(v)-1)/2]
}
