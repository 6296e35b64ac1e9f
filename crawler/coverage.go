package crawler

import (
	"strconv"

	"gongkai"
)

// A Covered is what the registry has of one province.
type Covered struct {
	Code, Name string // two digits; "" for what lies in none
	Sites      int
	Agencies   int
	Government bool // its own government has an address
	Levels     map[gongkai.Level]int
}

// national stands in place of a province for the State Council.
const national = "national"

// Coverage counts by province, in the order of GB/T 2260.
func Coverage(sites []*Site) []*Covered {
	var all []*Covered
	rows := map[string]*Covered{}
	row := func(code, name string) {
		c := &Covered{Code: code, Name: name, Levels: map[gongkai.Level]int{}}
		rows[code] = c
		all = append(all, c)
	}
	for n := 11; n <= 65; n++ { // the mainland: no other place has to report
		if code := strconv.Itoa(n); Province(code) != "" {
			row(code, Province(code))
		}
	}
	row(national, "国务院部门")
	row("", "")
	for _, s := range sites {
		met := map[string]bool{}
		for i := range s.Agencies {
			g := &s.Agencies[i]
			c := rows[provinceOf(g)]
			c.Agencies++
			c.Levels[g.Level]++
			c.Government = c.Government || g.Level == gongkai.Province && addressed(s, g) &&
				(g.Type == gongkai.Government || g.Type == gongkai.GovernmentOffice)
			met[c.Code] = true
		}
		if len(s.Agencies) == 0 {
			met[""] = true
		}
		for code := range met {
			rows[code].Sites++
		}
	}
	return all
}

// provinceOf returns the key of the row that counts g.
func provinceOf(g *Agency) string {
	if g.Level == gongkai.National {
		return national
	}
	for _, code := range []string{g.Region, g.Parent} {
		if len(code) >= 6 && Province(code) != "" {
			return code[:2]
		}
	}
	return ""
}

// addressed reports whether s has an address where reports of g can be: its
// own column, a pin, or a column of many agencies.
func addressed(s *Site, g *Agency) bool {
	for _, c := range s.Columns {
		if c.Agency == "" || c.Agency == g.ID {
			return true
		}
	}
	for _, p := range s.Pins {
		if p.Agency == g.ID {
			return true
		}
	}
	return false
}
