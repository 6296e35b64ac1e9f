package main

import (
	"strconv"

	"gongkai"
	"gongkai/crawler"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newSitesCoverage(a *app) *cobra.Command {
	var l listing
	var folder string
	cmd := &cobra.Command{
		Use:   "coverage",
		Short: "Count sites and agencies by province and level",
		Long: `Count the sites of the registry and the agencies that publish there, by
province and level, and say where the province's own government (or its office)
has an address. A province without any has a row too. The last rows count what
lies in no province: departments of the State Council, and what has no region.`,
		Example: examples("gongkai sites coverage", "gongkai sites coverage --format csv"),
		Args:    exactly(),
		RunE: func(*cobra.Command, []string) error {
			sites, err := a.folder().Registry(folder)
			if err != nil {
				return err
			}
			columns := tabular.Columns(
				"region", "province", "sites:integer", "agencies:integer", "government:boolean", "provincial:integer",
				"prefecture:integer", "county:integer", "township:integer", "other:integer",
			)
			return a.list(l, columns, "", func(add func([]tabular.Value) error) error {
				for _, c := range coverage(sites) {
					if err := add(c.row()); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	listingFlags(cmd, &l)
	sitesFlag(cmd, &folder)
	return cmd
}

// A covered is what the registry has of one province.
type covered struct {
	code, name string // two digits; "" for what lies in none
	sites      int
	agencies   int
	government bool // its own government has an address
	levels     map[gongkai.Level]int
}

// national stands in place of a province for the State Council.
const national = "national"

// coverage counts by province, in the order of GB/T 2260.
func coverage(sites []*crawler.Site) []*covered {
	var all []*covered
	rows := map[string]*covered{}
	row := func(code, name string) {
		c := &covered{code: code, name: name, levels: map[gongkai.Level]int{}}
		rows[code] = c
		all = append(all, c)
	}
	for n := 11; n <= 65; n++ { // the mainland: no other place has to report
		if code := strconv.Itoa(n); crawler.Province(code) != "" {
			row(code, crawler.Province(code))
		}
	}
	row(national, "国务院部门")
	row("", "")
	for _, s := range sites {
		met := map[string]bool{}
		for i := range s.Agencies {
			g := &s.Agencies[i]
			c := rows[provinceOf(g)]
			c.agencies++
			c.levels[g.Level]++
			c.government = c.government || g.Level == gongkai.Province && addressed(s, g) &&
				(g.Type == gongkai.Government || g.Type == gongkai.GovernmentOffice)
			met[c.code] = true
		}
		if len(s.Agencies) == 0 {
			met[""] = true
		}
		for code := range met {
			rows[code].sites++
		}
	}
	return all
}

// provinceOf returns the key of the row that counts g.
func provinceOf(g *crawler.Agency) string {
	if g.Level == gongkai.National {
		return national
	}
	for _, code := range []string{g.Region, g.Parent} {
		if len(code) >= 6 && crawler.Province(code) != "" {
			return code[:2]
		}
	}
	return ""
}

// addressed reports whether s has an address where reports of g can be: its
// own column, a pin, or a column of many agencies.
func addressed(s *crawler.Site, g *crawler.Agency) bool {
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

func (c *covered) row() []tabular.Value {
	region := c.code
	if len(region) == 2 {
		region += "0000"
	}
	n := c.levels
	other := c.agencies - n[gongkai.Province] - n[gongkai.Prefecture] - n[gongkai.County] - n[gongkai.Township]
	row := tabular.Known(region, c.name, strconv.Itoa(c.sites), strconv.Itoa(c.agencies), strconv.FormatBool(c.government),
		strconv.Itoa(n[gongkai.Province]), strconv.Itoa(n[gongkai.Prefecture]), strconv.Itoa(n[gongkai.County]), strconv.Itoa(n[gongkai.Township]), strconv.Itoa(other))
	row[0].Known, row[1].Known = region != "", c.name != ""
	if len(c.code) != 2 {
		row[4].Known = false
	}
	return row
}
