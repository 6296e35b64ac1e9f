package release

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"gongkai"
	"gongkai/analysis"
	"gongkai/internal/words"
	"gongkai/warehouse"
)

// A Manifest says what a release is, what it was made of and what changed.
type Manifest struct {
	Number    int    `json:"release"`
	Year      int    `json:"year"`
	PeerGroup string `json:"peer_group"`
	Reason    string `json:"reason"`
	Note      string `json:"note,omitempty"`
	Draft     bool   `json:"draft,omitempty"` // 草案: findings in it may not be confirmed

	method
	Program   string  `json:"program"`
	Warehouse string  `json:"warehouse"` // content digest
	Tables    []Table `json:"tables"`

	Expected *int `json:"expected"` // agencies that had to publish; null if not known
	Found    *int `json:"found"`    // of them, with a report
	Reports  int  `json:"reports"`  // agencies with a report, whether they had to publish or not
	Ranked   int  `json:"ranked"`

	Unconfirmed int `json:"unconfirmed"` // adverse findings in it that no person has confirmed; 0 but for a draft
	Refuted     int `json:"refuted"`     // findings that a person found not to be so

	Previous *Before  `json:"previous"` // of the same year and group; null for the first
	Changes  []Change `json:"changes"`  // since then
	Agencies []Agency `json:"agencies"` // by key
	Files    []File   `json:"files"`

	Hash string `json:"-"` // SHA-256 of the file it was read from
}

// A method is how it was ranked.
type method struct {
	RuleSet  string   `json:"rule_set"`
	Seed     uint64   `json:"seed"`
	Draws    int      `json:"draws"`
	Coverage float64  `json:"coverage"`
	Fewest   int      `json:"fewest"`
	Method   string   `json:"method_sha256"` // of method.toml
	Weights  []Weight `json:"weights"`
}

// same reports whether two rankings were made in the same way.
func (m *method) same(n *method) bool {
	return m.RuleSet == n.RuleSet && m.Seed == n.Seed && m.Draws == n.Draws && m.Coverage == n.Coverage && m.Fewest == n.Fewest && m.Method == n.Method && slices.Equal(m.Weights, n.Weights)
}

type Weight struct {
	Dimension string  `json:"dimension"`
	Weight    float64 `json:"weight"`
}

type Table struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"`
}

type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// A Before names another release, so that its manifest cannot be
// changed without a trace either.
type Before struct {
	Number   int    `json:"release"`
	Manifest string `json:"manifest_sha256"`
}

// A standing in a release. What is not ranked has no band and rank.
type Standing struct {
	Status string `json:"status"`
	Score  string `json:"score,omitempty"`
	Band   string `json:"band,omitempty"`
	Capped string `json:"capped_band,omitempty"`
	Rank   int    `json:"rank,omitempty"` // in its stratum
}

// A Agency is what the next release is compared with.
type Agency struct {
	Agency    string `json:"agency"`
	AgencyKey string `json:"agency_key"`
	Standing
	Document   string            `json:"document,omitempty"`
	Dimensions map[string]string `json:"dimensions,omitempty"` // those that could be assessed
	Replies    []string          `json:"replies,omitempty"`    // about what counts or was withdrawn
}

// A Change is an agency whose standing is another one, or what it rests on.
type Change struct {
	Agency    string    `json:"agency"`
	AgencyKey string    `json:"agency_key"`
	Before    *Standing `json:"before"` // null if it was not there
	After     *Standing `json:"after"`  // null if it is gone
	Why       []string  `json:"why"`
}

// describe fills in what a ranking is and what changed.
func (m *Manifest) describe(ctx context.Context, db *warehouse.DB, r *analysis.Ranking, before *Manifest) (err error) {
	m.Year, m.PeerGroup = r.Year, r.Group.ID
	m.method = method{RuleSet: r.RuleSet, Seed: r.Seed, Draws: r.Draws, Coverage: r.Coverage, Fewest: r.Fewest, Method: r.Method}
	for _, d := range r.Dimensions {
		m.Weights = append(m.Weights, Weight{d.Name, d.Weight})
	}
	if m.Warehouse, m.Tables, err = tablesOf(ctx, db); err != nil {
		return err
	}
	m.Agencies = agenciesOf(r)
	m.Reports = r.Reports
	m.Unconfirmed, m.Refuted = r.Unconfirmed(), len(r.Refuted)
	if found, known := r.Found(); known {
		m.Expected, m.Found = &r.Expected, &found
	}
	for _, s := range r.Strata {
		m.Ranked += len(s.Standings)
	}
	m.Changes = []Change{}
	if before != nil {
		m.Previous = &Before{before.Number, before.Hash}
		m.Changes = changes(before, m)
	}
	return nil
}

// agenciesOf lists all agencies of a ranking by their key.
func agenciesOf(r *analysis.Ranking) []Agency {
	replied := map[string][]string{}
	note := func(key, what string, reply gongkai.Reply) {
		if reply.Status != "" {
			replied[key] = append(replied[key], fmt.Sprintf("%s: %s %s", what, reply.Status, reply.Date))
		}
	}
	for _, f := range slices.Concat(r.Findings, r.Withdrawn) {
		note(f.AgencyKey, fmt.Sprintf("%s %s.%s.%s", f.Rule, f.Table, f.Row, f.Column), f.Reply)
	}
	var list []Agency
	add := func(status string, s *analysis.Standing) {
		x := Agency{Agency: s.Agency, AgencyKey: s.AgencyKey, Document: s.Document, Dimensions: map[string]string{}}
		x.Standing = Standing{Status: status, Band: s.Band, Capped: s.CappedBand, Rank: s.Rank}
		if s.Reason == "" || s.Few {
			x.Score = words.Fixed(s.Score, 2)
		}
		for i, v := range s.Values {
			if v.Known {
				x.Dimensions[r.Dimensions[i].Name] = words.Fixed(v.Value, 4)
			}
			note(s.AgencyKey, r.Dimensions[i].Name, v.Reply)
		}
		list = append(list, x)
	}
	for _, s := range r.Strata {
		for i := range s.Standings {
			add(s.Name, &s.Standings[i])
		}
	}
	for i := range r.NotRanked {
		add(unrankedStatus(&r.NotRanked[i]), &r.NotRanked[i])
	}
	for _, absent := range r.Absent {
		note(absent.AgencyKey, gongkai.RuleFound, absent.Reply)
		list = append(list, Agency{Agency: absent.Agency, AgencyKey: absent.AgencyKey, Standing: Standing{Status: words.Absence(absent)}})
	}
	for i := range list {
		list[i].Replies = replied[list[i].AgencyKey]
		slices.Sort(list[i].Replies)
		if len(list[i].Dimensions) == 0 {
			list[i].Dimensions = nil
		}
	}
	slices.SortFunc(list, func(x, y Agency) int { return cmp.Compare(x.AgencyKey, y.AgencyKey) })
	return list
}

// changes lists the agencies that stand otherwise than before, or on other
// ground, by their key.
func changes(before, after *Manifest) []Change {
	was, is := map[string]*Agency{}, map[string]*Agency{}
	for i := range before.Agencies {
		was[before.Agencies[i].AgencyKey] = &before.Agencies[i]
	}
	for i := range after.Agencies {
		is[after.Agencies[i].AgencyKey] = &after.Agencies[i]
	}
	both := maps.Clone(was)
	maps.Copy(both, is)
	list := []Change{}
	for _, key := range slices.Sorted(maps.Keys(both)) {
		c := Change{Agency: both[key].Agency, AgencyKey: key}
		old, now := was[key], is[key]
		switch {
		case old == nil:
			c.After, c.Why = &now.Standing, []string{"not in the group before"}
		case now == nil:
			c.Before, c.Why = &old.Standing, []string{"not in the group any more"}
		default:
			c.Before, c.After, c.Why = &old.Standing, &now.Standing, why(old, now)
			if len(c.Why) == 0 && *c.Before == *c.After {
				continue
			}
		}
		if !before.method.same(&after.method) {
			c.Why = append(c.Why, "rules or options changed")
		}
		if len(c.Why) == 0 {
			c.Why = []string{"standing of others"}
		}
		list = append(list, c)
	}
	return list
}

// why says what is otherwise in the report of an agency and what was said about it.
func why(old, now *Agency) []string {
	var list []string
	if old.Document != now.Document {
		list = append(list, fmt.Sprintf("document: %s → %s", orNone(old.Document), orNone(now.Document)))
	}
	names := maps.Clone(old.Dimensions)
	if names == nil {
		names = map[string]string{}
	}
	maps.Copy(names, now.Dimensions)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if a, b := old.Dimensions[name], now.Dimensions[name]; a != b {
			list = append(list, fmt.Sprintf("%s: %s → %s", name, orNone(a), orNone(b)))
		}
	}
	for _, r := range old.Replies {
		if !slices.Contains(now.Replies, r) {
			list = append(list, "reply gone: "+r)
		}
	}
	for _, r := range now.Replies {
		if !slices.Contains(old.Replies, r) {
			list = append(list, "reply: "+r)
		}
	}
	return list
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func sha256Of(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
