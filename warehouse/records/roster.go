package records

import (
	"fmt"
	"slices"

	"gongkai"
)

var rosters = Kind{
	Name:  "rosters",
	About: "who had to publish a report, year by year",
	Template: `# Who had to publish, as a government's list says (年度报告公布情况, 应公布单位名单).
# [[roster]]
# year       = 2024
# government = "990100-zf"
# units      = ["990100-kjj", "990100-czj"]
# missing    = ["990100-czj"] # of units, those of which the list itself says 未公布
# complete   = true           # the list names every obliged unit
# source     = "address or title of the list"
`,
	read: readRosters,
}

func readRosters(f *file, s *Set) {
	var v struct {
		Rosters []struct {
			Year       int      `toml:"year"`
			Government string   `toml:"government"`
			Units      []string `toml:"units"`
			Missing    []string `toml:"missing"`
			Complete   bool     `toml:"complete"`
			Source     string   `toml:"source"`
		} `toml:"roster"`
	}
	if !f.decode(&v) {
		return
	}
	seen := map[string]bool{}
	for i, r := range v.Rosters {
		a := at{f, "roster", i}
		a.year("year", r.Year, false)
		a.agency("government", r.Government)
		a.need("source", r.Source, "address or title of the list")
		if len(r.Units) == 0 {
			a.fault("units", "units is empty (hint: the ids of the obliged units)")
		}
		for _, m := range r.Missing {
			if !slices.Contains(r.Units, m) {
				a.fault("missing", "%s is missing, but not among units", m)
			}
		}
		for _, unit := range r.Units {
			a.agency("units", unit)
			key := fmt.Sprintf("%d %s", r.Year, unit)
			if seen[key] {
				a.fault("units", "%s stands twice for %d", unit, r.Year)
			}
			seen[key] = true
			o := gongkai.Obligation{Agency: unit, Year: r.Year, Government: r.Government, Complete: r.Complete, Basis: "record", Source: r.Source}
			if slices.Contains(r.Missing, unit) {
				o.Said = gongkai.SaidMissing
			}
			s.Rosters = append(s.Rosters, o)
		}
	}
}
