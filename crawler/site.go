package crawler

import (
	"slices"
	"time"

	"gongkai"
)

// A Site is one government web site, or one part of it, and the agencies that
// publish there. Each file in sites/ is one Site; its ID is the file name.
type Site struct {
	ID           string   `toml:"-"`
	Name         string   `toml:"name"`           // the government or agency the site belongs to
	Platform     string   `toml:"platform"`       // publishing system, one of Platforms
	Hosts        []string `toml:"hosts"`          // allow-list: nothing else is ever fetched
	Delay        Duration `toml:"delay"`          // between two requests to a host; default 2s
	Budget       int      `toml:"budget"`         // requests a run; default 3000, of an unverified site 300
	Unverified   bool     `toml:"unverified"`     // no live run has confirmed the addresses yet
	Evidence     []string `toml:"evidence"`       // where the addresses are documented
	AllowPrivate bool     `toml:"allow_private"`  // its hosts may lie in a private network; no redirect ever leads there
	EmptyOKUntil string   `toml:"empty_ok_until"` // YYYY-MM-DD: until then an empty list is no problem
	Robots       Robots   `toml:"robots"`
	TLS          TLS      `toml:"tls"`
	Assertions   Minimum  `toml:"assertions"`
	Columns      []Column `toml:"column"`
	Agencies     []Agency `toml:"agency"`
	Lookups      []Lookup `toml:"lookup"`
	Pins         []Pin    `toml:"pin"`
}

// Robots says how robots.txt is treated. The zero value obeys it.
type Robots struct {
	Ignore bool   `toml:"ignore"`
	Reason string `toml:"reason"` // who allowed it and when; required with Ignore
}

// TLS loosens what a site's HTTPS must offer. The zero value loosens nothing.
type TLS struct {
	Legacy   bool   `toml:"legacy"`   // TLS 1.0/1.1 and old cipher suites
	Insecure bool   `toml:"insecure"` // do not verify the certificate
	Reason   string `toml:"reason"`   // what was seen and when; required with either
}

// Minimum states what a healthy site yields. Less is a failed assertion. What is
// not stated follows from what the site gave before: a list that gives less than
// 70 % of its usual links is in doubt (see Column.Usual), and so is a site whose
// addresses no longer give 70 % of the reports that they gave. In every case the
// rows that are published stay.
type Minimum struct {
	Items      int `toml:"min_items"`   // links found in a run over all columns
	MinReports int `toml:"min_reports"` // reports known for the last fiscal year that is due
}

// A Column is one list of reports.
type Column struct {
	ID       string            `toml:"id"`
	URL      string            `toml:"url"`
	Platform string            `toml:"platform"`  // if it differs from the site's
	Shape    Shape             `toml:"shape"`     // "" lets the platform decide
	Year     int               `toml:"year"`      // fiscal year of all its entries; 0 if mixed
	Agency   string            `toml:"agency"`    // id of the only agency that publishes here, if so
	MaxPages int               `toml:"max_pages"` // default 40
	Usual    int               `toml:"usual"`     // links that are usual, where a person has accepted a drop; 0 lets the last visits say
	Depth    int               `toml:"depth"`     // levels of folders to follow; default 4
	Params   map[string]string `toml:"params"`    // what the platform needs, such as unitid
}

// Shape says how a column is laid out.
type Shape string

// The shapes of a column.
const (
	ShapeAuto   Shape = ""       // list, and folders if there are any
	ShapeList   Shape = "list"   // one list with a pager; folders are not followed
	ShapeTree   Shape = "tree"   // folders by year, department or region
	ShapeRoster Shape = "roster" // a table of obliged units (年度报告公布情况)
	ShapeReport Shape = "report" // the address is one report, with {year} in it
)

// An Agency is a body that publishes on a site, and how its name appears there.
type Agency struct {
	ID        string             `toml:"id"`
	Name      string             `toml:"name"`
	Aliases   []string           `toml:"aliases"`
	USCC      string             `toml:"uscc"` // 统一社会信用代码
	Level     gongkai.Level      `toml:"level"`
	Type      gongkai.AgencyType `toml:"type"`
	Region    string             `toml:"region"` // GB/T 2260
	Parent    string             `toml:"parent"` // id of the agency that consolidates its figures
	Column    string             `toml:"column"` // id of the column it publishes in
	FirstYear int                `toml:"first_year"`
}

// Agency returns a as the rest of the project knows it.
func (a *Agency) Agency() gongkai.Agency {
	return gongkai.Agency{
		ID: a.ID, Name: a.Name, Level: a.Level, Type: a.Type, Region: a.Region, Parent: a.Parent, FirstYear: a.FirstYear,
	}
}

// A Lookup settles what a name in a title means.
type Lookup struct {
	Title  string `toml:"title"`  // the name, or the whole title, as printed
	Agency string `toml:"agency"` // id of the agency meant; "" if none of ours: skip it
	Why    string `toml:"why"`
}

// A Pin is a report whose address is known although no list gives it.
type Pin struct {
	Agency string `toml:"agency"`
	Year   int    `toml:"year"`
	URL    string `toml:"url"`
	Why    string `toml:"why"`
}

// Duration is a time.Duration written like "3s" in TOML.
type Duration time.Duration

// UnmarshalText reads "3s", "1m30s".
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = Duration(v)
	return err
}

// PlatformOf returns the name of the platform that reads c.
func (s *Site) PlatformOf(c *Column) string {
	if c.Platform != "" {
		return c.Platform
	}
	return s.Platform
}

// Allows reports whether host is on the allow-list of s. A port counts: it
// must be listed with the host unless it is the default of the scheme.
func (s *Site) Allows(host string) bool { return slices.Contains(s.Hosts, host) }

// Column returns the column with that id, or nil.
func (s *Site) Column(id string) *Column {
	for i := range s.Columns {
		if s.Columns[i].ID == id {
			return &s.Columns[i]
		}
	}
	return nil
}
