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
				for _, c := range crawler.Coverage(sites) {
					if err := add(coverageRow(c)); err != nil {
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

func coverageRow(c *crawler.Covered) []tabular.Value {
	region := c.Code
	if len(region) == 2 {
		region += "0000"
	}
	n := c.Levels
	other := c.Agencies - n[gongkai.Province] - n[gongkai.Prefecture] - n[gongkai.County] - n[gongkai.Township]
	row := tabular.Known(region, c.Name, strconv.Itoa(c.Sites), strconv.Itoa(c.Agencies), strconv.FormatBool(c.Government),
		strconv.Itoa(n[gongkai.Province]), strconv.Itoa(n[gongkai.Prefecture]), strconv.Itoa(n[gongkai.County]), strconv.Itoa(n[gongkai.Township]), strconv.Itoa(other))
	row[0].Known, row[1].Known = region != "", c.Name != ""
	if len(c.Code) != 2 {
		row[4].Known = false
	}
	return row
}
