package records

import "gongkai"

var excuses = Kind{
	Name:  "excuses",
	About: "exceptions that people accept: the rule says EXCUSED there",
	Template: `# Exceptions that people accept. What is left out fits everything.
# [[excuse]]
# rule   = "XY-CARRY"
# agency = "990100-kjj"   # id in the register, or "name:" and the name as printed
# year   = 2019
# scope  = "own"          # own, consolidated, local_level, unknown
# table  = "requests"
# row    = "carried_in"
# column = "total"
# reason = "合并"
# basis  = "where that is written"
`,
	read: readExcuses,
}

func readExcuses(f *file, s *Set) {
	var v struct {
		Excuses []struct {
			Rule   string        `toml:"rule"`
			Agency string        `toml:"agency"`
			Year   int           `toml:"year"`
			Scope  gongkai.Scope `toml:"scope"`
			Table  string        `toml:"table"`
			Row    string        `toml:"row"`
			Column string        `toml:"column"`
			Reason string        `toml:"reason"`
			Basis  string        `toml:"basis"`
		} `toml:"excuse"`
		Breaks []struct {
			Year     int    `toml:"year"`
			Measures string `toml:"measures"`
			Reason   string `toml:"reason"`
			Basis    string `toml:"basis"`
		} `toml:"break"`
	}
	if !f.decode(&v) {
		return
	}
	for i, e := range v.Excuses {
		a := at{f, "excuse", i}
		a.need("rule", e.Rule, "gongkai query --list shows all")
		a.among("rule", e.Rule, f.known.Rules, true)
		if e.Agency != "" {
			a.agency("agency", e.Agency)
		}
		a.year("year", e.Year, true)
		a.scope("scope", e.Scope)
		a.among("table", e.Table, f.known.Tables, true)
		a.among("row", e.Row, f.known.Rows, true)
		a.among("column", e.Column, f.known.Columns, true)
		a.need("reason", e.Reason, "why it is accepted")
		a.need("basis", e.Basis, "where that is written")
		if e.Agency == "" && e.Year == 0 {
			a.fault("agency", "it would excuse everyone for ever (hint: give agency, year or both)")
		}
		s.Excuses = append(s.Excuses, gongkai.Excuse(e))
	}
	for i, b := range v.Breaks {
		a := at{f, "break", i}
		a.year("year", b.Year, false)
		a.need("reason", b.Reason, "what changed")
		a.need("basis", b.Basis, "where that is written")
		s.Breaks = append(s.Breaks, gongkai.Break(b))
	}
}
