package warehouse

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strings"

	"gongkai"
)

// Said names what the reports of a document say, in their order: figures, prose
// and what is printed about them. Neither the bytes nor where on the page
// something stands count, nor the counter of visits that changes with every
// load: two documents with the same name say the same.
func Said(reports []*gongkai.Report) []string {
	all := make([]string, len(reports))
	for i, r := range reports {
		all[i] = said(r)
	}
	return all
}

func said(r *gongkai.Report) string {
	c := *r
	c.Document, c.Name, c.Further, c.Issues = "", "", nil, nil        // issues follow from the rest, and name places
	c.AgencyID, c.AgencyFrom, c.LinkedBy, c.YearFrom = "", "", "", "" // how it was found out is not what it says
	c.Cells = make([]gongkai.Cell, len(r.Cells))
	for i, x := range r.Cells {
		x.Place = gongkai.Place{}
		c.Cells[i] = x
	}
	c.Extra = make([]gongkai.ExtraRow, len(r.Extra))
	for i, x := range r.Extra {
		x.Place = gongkai.Place{}
		c.Extra[i] = x
	}
	c.Sections = make([]gongkai.Section, len(r.Sections))
	for i, x := range r.Sections {
		x.Text = uncounted(x.Text)
		c.Sections[i] = x
	}
	b, err := json.Marshal(&c)
	if err != nil {
		panic(err) // plain data
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// counter matches a counter of visits.
var counter = regexp.MustCompile(`(?:浏览|阅读|点击|访问|查看)(?:次数|人次|人数|数|量|率)?[:：]?[ \t\x{3000}]*\d[\d,]*[ \t\x{3000}]*(?:人次|次)?`)

// uncounted returns text without counters. They stand in lines of their own or
// beside dates and sources, never in a sentence: what the prose says of visits
// to a site is a figure of the agency's.
func uncounted(text string) string {
	if !counter.MatchString(text) {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.ContainsAny(line, "。；，") {
			lines[i] = counter.ReplaceAllString(line, "")
		}
	}
	return strings.Join(lines, "\n")
}
