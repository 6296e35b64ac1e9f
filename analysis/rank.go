package analysis

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gongkai"
	"gongkai/queries"
)

// MinDraws is the least number of draws that an interval may rest on.
const MinDraws = 1000

// ErrRank is returned by Rank for options that make no sense.
var ErrRank = errors.New("cannot rank")

// RankOptions say what is ranked and how. Year and PeerGroup must be given.
type RankOptions struct {
	Year      int
	PeerGroup string  // id or name, see PeerGroups
	Seed      uint64  // of the draws; the same seed gives the same ranking
	Draws     int     // at least MinDraws; 0 for MinDraws
	Coverage  float64 // the least share of the weights that must be assessable; 0 for that of the method
	Fewest    int     // agencies that a stratum needs; 0 for those of the method
	Stored    bool    // use the findings in the warehouse instead of checking anew
}

// A Ranking is the Report Compliance Index of a peer group for a year. It is
// about documents, not about how open an agency is.
type Ranking struct {
	Year       int
	Group      PeerGroup
	Seed       uint64
	Draws      int
	Coverage   float64 // below it an agency is not ranked
	Fewest     int     // agencies that a stratum needs to be ranked
	RuleSet    string  // SHA-256 over all checks and dimensions, in hex
	Method     string  // SHA-256 of method.toml, in hex
	Dimensions []Dimension

	Expected     int // agencies of the group that had to publish, see view v_obliged; 0 if the group is open: it is not known
	Undated      int // agencies of the group in the register without a report or a first year: nobody says whether they had to
	Reports      int // agencies with a report
	Unregistered int // reports for the year of agencies whose level is not in the register: in no other group than Unregistered

	Strata    []Stratum
	NotRanked []Standing // reports of which too little could be assessed
	Absent    []Absent   // agencies that had to publish, as far as they are known, without a report

	// Findings are what counts against the ranked reports: disputed and neither
	// excused nor withdrawn, in the order of Check. Withdrawn are those that no
	// longer count, Refuted those that a person found not to be so. All are nil
	// with RankOptions.Stored.
	Findings  []Finding
	Withdrawn []Finding
	Refuted   []Finding

	// Undecided are the adverse findings that nobody has confirmed or refuted:
	// those that count, and dates in an address, which do not until they are confirmed.
	Undecided []Finding
}

// Unconfirmed returns how many findings count against the ranked reports though
// no person has confirmed them.
func (r *Ranking) Unconfirmed() int {
	n := 0
	for i := range r.Undecided {
		if r.Undecided[i].Status == Disputed {
			n++
		}
	}
	return n
}

// Found returns how many of the agencies that had to publish have a report, and
// whether that is known.
func (r *Ranking) Found() (int, bool) {
	if r.Group.Open() {
		return 0, false
	}
	return r.Expected - len(r.Absent), true
}

// A Dimension is a part of the index.
type Dimension struct {
	Name   string // of the query: "d1_timeliness"
	Title  string
	Basis  string
	Weight float64
}

// A Stratum is a part of the group that is ranked by itself: agencies that
// handled about as many requests. Who handles more can get more wrong.
type Stratum struct {
	Name        string // "1-9 requests", or AllSizes
	Standings   []Standing
	Sensitivity []Sensitivity // one for each dimension
	Effective   []float64     // share of the variance of the scores that each dimension has
	WeightSets  []WeightSet   // the ranking under other weights
}

// A Standing is one agency in a ranking.
type Standing struct {
	AgencyKey string
	Agency    string
	ReportID  int64
	Scope     string
	Document  string // SHA-256
	Source    string // URL or path of the document
	Others    int    // further reports of the agency for the year, of other scopes

	Values     []Value // one for each dimension
	Score      float64 // S, 0 to 100, over the dimensions that are known
	Least      float64 // L: open dimensions at their lowest
	Most       float64 // U: open dimensions at their highest
	WithoutD4  float64 // the score without d4_arithmetic
	Coverage   float64 // C, share of the weights of what applies that is known
	Band       string  // A to E, or a range as A-C if L and U are in different bands
	CappedBand string  // the same, but C at best with an error that no strength makes up for
	Capped     bool    // there is such an error: see the dimensions' column cap
	Errors     int     // disputed findings of severity E

	Rank, Last int     // the places that its score shares with equal ones, from the first to the last
	Median     int     // the middle: Rank, under nominal weights and without any draw
	Low, High  int     // lowest 5 % and highest 95 % of the places drawn, over all scenarios
	TopDecile  float64 // share of draws in which it is in the first tenth
	Above      float64 // share of draws in which the one before it in the list is above it
	Ties       int     // agencies whose interval overlaps with its own
	Tied       bool    // it cannot be told from that before it in the list

	Reason string // why it is not ranked; empty if it is
	Few    bool   // it could be, but not among so few agencies
}

// A State says what is known of a dimension of a report.
type State string

// The states.
const (
	Known         State = "known"
	NotApplicable State = "not_applicable" // it asks nothing of this report
	Fault         State = "fault"          // what cannot be assessed is missing, a person says: it has its lowest value
	Open          State = "open"           // we cannot tell
)

// A Value is what a dimension gave for a report.
type Value struct {
	State    State
	Known    bool          // it has a value: known or fault
	Low      float64       // the least that it may be
	High     float64       // the most that it may be
	Value    float64       // 0 to 1
	Assessed int64         // what was looked at: cells, identities, comparisons
	Detail   string        // what is wrong (哪里不好), or why it was not assessed
	Reply    gongkai.Reply // the last one about it; if withdrawn, Value is 1 or not known

	variants [2][3]variant
	cap      bool
}

// An Absent is an agency without a report. Not found is not the same as not
// published.
type Absent struct {
	AgencyKey   string
	Agency      string
	Unread      bool          // a document for the year was found, but no report could be read from it
	Unpublished bool          // a roster says 未公布
	Confirmed   bool          // a person has confirmed it: score 0, band E, last without order
	Reply       gongkai.Reply // the last one about this
}

// A Sensitivity says what happens to the ranking without one dimension.
type Sensitivity struct {
	Dimension string
	Known     bool    // false if all ranks are equal on one side
	Spearman  float64 // rank correlation with the whole index
	MaxShift  int     // the largest change of a rank
	Agency    string  // whose rank changes most
}

// Rank ranks the reports of a peer group. Unless o.Stored is set the reports
// are checked first; only findings of status disputed count. The same
// warehouse and options give the same ranking.
func Rank(ctx context.Context, db *sql.DB, o RankOptions) (*Ranking, error) {
	r, err := o.ranking()
	if err != nil {
		return nil, err
	}
	dimensions, err := r.dimensions()
	if err != nil {
		return nil, err
	}
	var findings []Finding
	if !o.Stored {
		if _, findings, err = Check(ctx, db, CheckOptions{Year: o.Year}); err != nil {
			return nil, fmt.Errorf("rank: %w", err)
		}
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("rank: %w", err)
	}
	defer conn.Close()
	defer forgetOn(ctx, conn)
	if err := judged(ctx, conn, o, findings); err != nil {
		return nil, fmt.Errorf("rank: %w", err)
	}
	standings, err := r.read(ctx, conn, dimensions)
	if err != nil {
		return nil, fmt.Errorf("rank: %w", err)
	}
	if len(standings)+len(r.Absent) == 0 {
		_, err := conn.ExecContext(ctx, forget) // what hides the other reports
		return nil, cmp.Or(err, r.empty(ctx, conn))
	}
	r.settle(standings)
	r.adverse(findings)
	return r, nil
}

// ranking checks the options and fills in the presets.
func (o *RankOptions) ranking() (*Ranking, error) {
	group, ok := FindPeerGroup(o.PeerGroup)
	if !ok {
		return nil, fmt.Errorf("%w: there is no peer group %q", ErrRank, o.PeerGroup)
	}
	if o.Year < 2000 || o.Year > 9998 {
		return nil, fmt.Errorf("%w: year %d", ErrRank, o.Year)
	}
	m := TheMethod()
	r := &Ranking{Year: o.Year, Group: group, Seed: o.Seed, Draws: cmp.Or(o.Draws, MinDraws), Coverage: o.Coverage, Fewest: cmp.Or(o.Fewest, m.Rank.Fewest), Method: m.Hash()}
	if r.Draws < MinDraws || r.Draws > 1_000_000 {
		return nil, fmt.Errorf("%w: %d draws, want %d to 1000000", ErrRank, r.Draws, MinDraws)
	}
	if r.Coverage == 0 {
		r.Coverage = m.Rank.Coverage
	}
	if r.Fewest < 1 {
		return nil, fmt.Errorf("%w: a stratum needs at least 1 agency, not %d", ErrRank, r.Fewest)
	}
	if !(r.Coverage > 0 && r.Coverage <= 1) {
		return nil, fmt.Errorf("%w: coverage %g, want more than 0 and at most 1", ErrRank, r.Coverage)
	}
	return r, nil
}

// dimensions returns the queries of the index, and notes them and the hash of
// all rules in r.
func (r *Ranking) dimensions() ([]queries.Query, error) {
	all, err := queries.All()
	if err != nil {
		return nil, err
	}
	hash := sha256.New()
	var list []queries.Query
	for _, q := range all {
		if q.Kind == queries.Check || q.Kind == queries.Ranking {
			fmt.Fprintf(hash, "%s/%s %d\n", q.Kind, q.Name, len(q.SQL))
			fmt.Fprint(hash, q.SQL)
		}
		if q.Kind == queries.Ranking {
			list = append(list, q)
			r.Dimensions = append(r.Dimensions, Dimension{q.Name, q.Title, q.Basis, q.Weight})
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%w: there are no dimensions", ErrRank)
	}
	if i := slices.IndexFunc(list, func(q queries.Query) bool { return q.Better != "higher" || q.Weight <= 0 }); i >= 0 {
		return nil, fmt.Errorf("%w: %s must be better if higher, with a weight above 0", ErrRank, list[i].Name)
	}
	if err := TheMethod().fits(list); err != nil {
		return nil, err
	}
	r.RuleSet = hex.EncodeToString(hash.Sum(nil))
	return list, nil
}

// empty says that there is nothing to rank, and where there would be.
func (r *Ranking) empty(ctx context.Context, conn *sql.Conn) error {
	years, groups := map[int]bool{}, map[string]bool{}
	rows, err := conn.QueryContext(ctx, "SELECT DISTINCT coalesce(year, 0), coalesce(level, ''), coalesce(type, '') FROM v_current_report")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var year int
		var level, kind string
		if err := rows.Scan(&year, &level, &kind); err != nil {
			return err
		}
		if year != 0 {
			years[year] = true
		}
		if group := peersOf(level, kind); year == r.Year && group != PublicServices {
			groups[group] = true
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if !years[r.Year] {
		return fmt.Errorf("%w: there is no report for %d; years with reports: %s", ErrRank, r.Year, listed(slices.Sorted(maps.Keys(years))))
	}
	return fmt.Errorf("%w: no agency of %s (%s) had to publish or has a report for %d; groups with reports: %s",
		ErrRank, r.Group.Name, r.Group.ID, r.Year, listed(slices.Sorted(maps.Keys(groups))))
}

// listed joins what there is.
func listed[T any](list []T) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ", "), "[]")
}

// adverse picks the findings that speak against a report of the group or say
// that there is none, and those that did before they were withdrawn or refuted.
func (r *Ranking) adverse(findings []Finding) {
	ours := map[int64]bool{}
	for _, s := range r.Strata {
		for i := range s.Standings {
			ours[s.Standings[i].ReportID] = true
		}
	}
	for i := range r.NotRanked {
		ours[r.NotRanked[i].ReportID] = true
	}
	for _, f := range findings {
		if ours[f.ReportID] && f.Adverse() && f.Confirmation.Verdict == "" {
			r.Undecided = append(r.Undecided, f)
		}
		switch {
		case !ours[f.ReportID]:
		case f.Outcome == Refuted:
			r.Refuted = append(r.Refuted, f)
		case f.Status != Disputed:
		case f.Outcome == Fail:
			r.Findings = append(r.Findings, f)
		case f.Outcome == Withdrawn:
			r.Withdrawn = append(r.Withdrawn, f)
		}
	}
}
