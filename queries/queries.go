package queries

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed */*.sql
var files embed.FS

// A Kind is the folder a query lies in.
type Kind string

// The kinds of query.
const (
	Check    Kind = "checks"   // a rule
	Trend    Kind = "trends"   // a measure over the years
	Ranking  Kind = "rankings" // an indicator with a weight
	Report   Kind = "reports"  // a list for reading
	Cookbook Kind = "cookbook" // a worked question for researchers, to start from
)

// A Severity says how bad it is to break a rule.
type Severity string

// The severities.
const (
	Error       Severity = "E" // false by construction of the form
	Warning     Severity = "W" // true unless there is an allowed reason
	Information Severity = "I" // worth a look
)

// A Query is one .sql file.
type Query struct {
	Kind     Kind
	Name     string // the file's name without .sql: "t3_bal"
	Rule     string // of a check: its id in the domain reference, "T3-BAL"
	Title    string
	Question string
	Zh       Words // the same in Chinese; every query that comes with gongkai has it
	Basis    string
	Read     string   // of a recipe of the cookbook: how to read the rows, and how not
	Since    int      // first fiscal year it applies to; 0 for all
	Until    int      // last fiscal year; 0 for all
	Severity Severity // of a check
	Left     string   // of a check: what left_value is
	Right    string   // of a check: what right_value is
	Rests    string   // of a check whose findings rest on no cell but on words: "text" or "section 5"; else empty
	Section  int      // the section that Rests names; 0 for none
	Weight   float64  // of a ranking
	Better   string   // of a ranking: "higher" or "lower"
	Params   []Param
	Columns  []Column // in the order in which they are returned; of a check: all of CheckColumns
	SQL      string   // the whole file, header and all
}

// Words are what people read of a query, in one language.
type Words struct{ Title, Question, Left, Right string }

// A Param is a value that a query takes, written $name in its SQL.
type Param struct{ Name, Default, Meaning string }

// Select returns the SELECT to run: that of the file, and for a check only the
// reports of the fiscal years it applies to. A report of an unknown year is
// tested.
func (q *Query) Select() string {
	if q.Kind != Check || q.Since == 0 && q.Until == 0 {
		return q.SQL
	}
	return fmt.Sprintf("SELECT c.* FROM (\n%s\n) c JOIN report r USING (report_id)\nWHERE coalesce(r.year BETWEEN %d AND %d, true)",
		q.SQL, q.Since, cmp.Or(q.Until, 9999))
}

// All returns every query, by kind and name. An error means that a file of the
// package is wrong; a test makes sure that none is.
func All() ([]Query, error) { return parseAll(files) }

func parseAll(fsys fs.FS) ([]Query, error) {
	var list []Query
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		q, err := parse(Kind(path.Dir(p)), strings.TrimSuffix(path.Base(p), ".sql"), string(b))
		if err != nil {
			return fmt.Errorf("queries/%s: %w", p, err)
		}
		list = append(list, q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Query) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name)) })
	for i := 1; i < len(list); i++ {
		if list[i].Rule != "" && slices.ContainsFunc(list[:i], func(q Query) bool { return q.Rule == list[i].Rule }) {
			return nil, fmt.Errorf("queries: two checks have the rule %s", list[i].Rule)
		}
	}
	return list, nil
}

// Get returns the query with that name or, for a check, that rule.
func Get(name string) (Query, bool) {
	all, err := All()
	if err != nil {
		return Query{}, false
	}
	for _, q := range all {
		if q.Name == name || q.Rule == name && name != "" {
			return q, true
		}
	}
	return Query{}, false
}
