package records

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"gongkai"
)

// A Set is all records. Those of the law come first, the others in the order of
// their files.
type Set struct {
	Excuses []gongkai.Excuse
	Breaks  []gongkai.Break
	Events  []gongkai.AgencyEvent
	Names   []gongkai.AgencyName
	Rosters []gongkai.Obligation
	Replies []gongkai.Reply

	Readings      []gongkai.Transcript
	Confirmations []gongkai.Confirmation
}

// Known is what records may speak of. What is nil is not checked.
type Known struct {
	Rules, Agencies       []string
	Dimensions            []string // of the index; replies may be about them
	Tables, Rows, Columns []string
	Forms, Cells          []string // ids; cells by address
	Documents             []string // SHA-256
}

// A Kind is one file of records.
type Kind struct {
	Name     string // of the file, without .toml
	About    string
	Template string // an example of every key, commented out
	read     func(*file, *Set)
}

// Kinds returns all kinds, by name.
func Kinds() []Kind {
	return []Kind{agencies, confirmations, excuses, readings, replies, rosters}
}

//go:embed law.toml
var law string

// Read reads the records in the root of fsys, which may be empty, and those of
// the law. The error joins all that is wrong, each with file, line and a hint.
func Read(fsys fs.FS, known Known) (*Set, error) {
	s, kinds := &Set{}, Kinds()
	own := &file{name: "law.toml", text: law, known: known}
	excuses.read(own, s)
	errs := own.errs
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		at := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name+".toml" == name })
		if at < 0 {
			errs = append(errs, fmt.Errorf("%s: no kind of records (hint: %s)", name, strings.Join(fileNames(), ", ")))
			continue
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read records: %w", err)
		}
		f := &file{name: name, text: string(text), known: known}
		kinds[at].read(f, s)
		errs = append(errs, f.errs...)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

func fileNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name+".toml")
	}
	return names
}

// An Entry is a record in short, for listing.
type Entry struct {
	Kind, Agency string
	Year         int // 0 for all, or none
	What, Source string
}

// Entries lists all records, kind by kind.
func (s *Set) Entries() []Entry {
	var list []Entry
	for _, e := range s.Events {
		what := fmt.Sprintf("%s %s: %s → %s", e.Date, e.Type, strings.Join(e.From, ", "), strings.Join(e.To, ", "))
		list = append(list, Entry{"event", strings.Join(union(e.From, e.To), ", "), e.FirstYear, what, e.Source})
	}
	for _, n := range s.Names {
		list = append(list, Entry{"name", n.Agency, 0, fmt.Sprintf("%s %s, %s to %s", n.Kind, n.Value, n.ValidFrom, n.ValidTo), n.Source})
	}
	for _, b := range s.Breaks {
		list = append(list, Entry{"break", "", b.Year, b.Reason, b.Basis})
	}
	for _, x := range s.Excuses {
		place := strings.Trim(strings.Join([]string{x.Table, x.Row, x.Column}, "."), ".")
		list = append(list, Entry{"excuse", x.Agency, x.Year, strings.TrimSpace(x.Rule+" "+place) + ": " + x.Reason, x.Basis})
	}
	for _, r := range s.Replies {
		list = append(list, Entry{"reply", r.AgencyKey, r.Year, fmt.Sprintf("%s %s %s: %s", r.Date, r.Rule, r.Status, r.Text), r.Source})
	}
	for _, r := range s.Readings {
		what := fmt.Sprintf("%s %.12s…: %d cells, %s", r.Date, r.Document, len(r.Cells), r.Who)
		list = append(list, Entry{"reading", r.AgencyID + r.Agency, r.Year, what, r.Basis})
	}
	for _, c := range s.Confirmations {
		list = append(list, Entry{"confirmation", "", 0, fmt.Sprintf("%s %s: %s", c.Date, c.Finding, c.Verdict), strings.TrimSpace(c.Role + " " + c.Note)})
	}
	for _, o := range s.Rosters {
		list = append(list, Entry{"roster", o.Agency, o.Year, strings.TrimSpace(o.Government + " " + string(o.Said)), o.Source})
	}
	return list
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
