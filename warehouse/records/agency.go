package records

import (
	"slices"
	"strconv"

	"gongkai"
	"gongkai/crawler"
)

var agencies = Kind{
	Name:  "agencies",
	About: "what became of agencies: renamed, merged, split; their names and codes with dates",
	Template: `# What became of agencies. Only rename and level_change let figures go on.
# [[event]]
# type       = "rename"       # rename, level_change, merge, split, create, abolish, transfer
# date       = "2019-01-15"
# first_year = 2019           # fiscal year of the first report that shows it; the year of date if left out
# from       = ["990100-jxw"] # ids in the register, or "name:" and the name as printed
# to         = ["990100-gxj"]
# source     = "where it is written"

# [[name]]
# agency     = "990100-gxj"
# kind       = "name"         # name, alias, uscc
# value      = "示例市工业和信息化局"
# valid_from = "2019-01-15"
# valid_to   = ""
# source     = "where it is written"
`,
	read: readAgencies,
}

func readAgencies(f *file, s *Set) {
	var v struct {
		Events []struct {
			Type      gongkai.EventType `toml:"type"`
			Date      string            `toml:"date"`
			FirstYear int               `toml:"first_year"`
			From      []string          `toml:"from"`
			To        []string          `toml:"to"`
			Source    string            `toml:"source"`
		} `toml:"event"`
		Names []struct {
			Agency    string           `toml:"agency"`
			Kind      gongkai.NameKind `toml:"kind"`
			Value     string           `toml:"value"`
			ValidFrom string           `toml:"valid_from"`
			ValidTo   string           `toml:"valid_to"`
			Source    string           `toml:"source"`
		} `toml:"name"`
	}
	if !f.decode(&v) {
		return
	}
	for i, e := range v.Events {
		a, event := at{f, "event", i}, gongkai.AgencyEvent(e)
		a.day("date", e.Date, false)
		a.year("first_year", e.FirstYear, true)
		a.need("source", e.Source, "where it is written")
		for _, key := range e.From {
			a.agency("from", key)
		}
		for _, key := range e.To {
			a.agency("to", key)
		}
		a.shape(&event)
		if event.FirstYear == 0 && len(e.Date) > 4 {
			event.FirstYear, _ = strconv.Atoi(e.Date[:4]) // day has looked at it
		}
		slices.Sort(event.From)
		slices.Sort(event.To)
		s.Events = append(s.Events, event)
	}
	for i, n := range v.Names {
		a := at{f, "name", i}
		a.agency("agency", n.Agency)
		a.among("kind", string(n.Kind), []string{string(gongkai.FullName), string(gongkai.Alias), string(gongkai.CreditNum)}, false)
		a.need("value", n.Value, "the name or code")
		a.need("source", n.Source, "where it is written")
		a.day("valid_from", n.ValidFrom, true)
		a.day("valid_to", n.ValidTo, true)
		if n.ValidFrom != "" && n.ValidTo != "" && n.ValidTo < n.ValidFrom {
			a.fault("valid_to", "valid_to %s is before valid_from %s", n.ValidTo, n.ValidFrom)
		}
		if n.Kind == gongkai.CreditNum && n.Value != "" && !crawler.ValidUSCC(n.Value) {
			a.fault("value", "uscc %q fails its check digit", n.Value)
		}
		s.Names = append(s.Names, gongkai.AgencyName(n))
	}
}

// shapes are how many agencies an event leads from and to; 0 for several.
var shapes = map[gongkai.EventType]struct {
	from, to int
	hint     string
}{
	gongkai.Rename:      {1, 1, "one in from, one in to"},
	gongkai.LevelChange: {1, 1, "one in from, one in to"},
	gongkai.Transfer:    {1, 1, "one in from, one in to"},
	gongkai.Merge:       {several, 1, "several in from, one in to"},
	gongkai.Split:       {1, several, "one in from, several in to"},
	gongkai.Create:      {0, 1, "none in from, one in to"},
	gongkai.Abolish:     {1, 0, "one in from, none in to"},
}

// several stands for two or more.
const several = 2

func (a at) shape(e *gongkai.AgencyEvent) {
	want, known := shapes[e.Type]
	if !known {
		a.fault("type", "unknown type %q (hint: rename, level_change, merge, split, create, abolish, transfer)", e.Type)
		return
	}
	if min(len(e.From), several) != want.from || min(len(e.To), several) != want.to {
		a.fault("from", "%s leads from %d agencies to %d (hint: %s)", e.Type, len(e.From), len(e.To), want.hint)
	}
	if len(slices.Compact(slices.Sorted(slices.Values(e.From)))) < len(e.From) || len(slices.Compact(slices.Sorted(slices.Values(e.To)))) < len(e.To) {
		a.fault("from", "an agency stands twice on one side")
	}
}
