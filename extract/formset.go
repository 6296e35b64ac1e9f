package extract

import (
	"slices"

	"gongkai"
)

// A formSet is a set of forms made ready for comparison with what is printed.
type formSet struct {
	forms   []gongkai.Form // newest first
	tables  map[string][]*tableMatcher
	words   words           // every label that any form knows
	groups  map[string]bool // labels that stand over several rows of table 三
	fewest  int             // applicants of the form that has fewest, the total left out
	numbers int             // figures in a row of table 三 of that form
}

func newFormSet(forms []gongkai.Form) *formSet {
	s := &formSet{forms: forms, tables: map[string][]*tableMatcher{}, words: vocabulary(forms), groups: map[string]bool{}}
	for i := range forms {
		for j := range forms[i].Tables {
			id := forms[i].Tables[j].ID
			s.tables[id] = append(s.tables[id], newTableMatcher(&forms[i], j))
		}
	}
	for _, m := range s.tables["requests"] {
		if s.fewest == 0 || len(m.parts) < s.fewest {
			s.fewest, s.numbers = len(m.parts), len(m.order)
		}
		for _, r := range m.table.Rows {
			if len(r.Group) > 1 {
				s.groups[readLabel(r.Group[len(r.Group)-1]).text] = true
			}
		}
	}
	return s
}

// formsWith returns the matchers of a table in all forms that have it, newest
// form first.
func formsWith(table string) []*tableMatcher { return inUse().tables[table] }

// matcher returns that of a table in one form; nil if the form has no such table.
func matcher(form, table string) *tableMatcher {
	for _, m := range formsWith(table) {
		if m.form.ID == form {
			return m
		}
	}
	return nil
}

// inForce reports whether the form is prescribed for a fiscal year.
func inForce(f *gongkai.Form, year int) bool {
	return !f.Provisional && year >= f.Since && (f.Until == 0 || year <= f.Until)
}

// A formHint is what is known of the form of a table before it is read.
type formHint struct {
	form string // of the report's other tables; empty if not known
	year int    // of the report; 0 if not known
}

// settle decides between forms that fit a table equally well: for that of the
// other tables, else the one prescribed for the year, else the one that is in
// force without end.
func (h formHint) settle(all []*tableMatcher) *tableMatcher {
	for _, m := range all {
		if m.form.ID == h.form {
			return m
		}
	}
	for _, m := range all {
		if h.year > 0 && inForce(m.form, h.year) {
			return m
		}
	}
	for _, m := range slices.Backward(all) {
		if m.form.Until == 0 {
			return m
		}
	}
	return all[0]
}
