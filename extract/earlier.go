package extract

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gongkai"
)

// earlierGrids returns the tables that stand under the name of another year
// than the report's, with what they are headed: agencies print last year's
// tables beside this year's.
func earlierGrids(c *Content, year int) map[*Grid]string {
	if year == 0 {
		return nil
	}
	var earlier map[*Grid]string
	heading := ""
	for i := range c.Blocks {
		b := &c.Blocks[i]
		if b.Grid == nil {
			if b.Text != "" {
				heading = b.Text
			}
			continue
		}
		said, text := saysYear(heading, year), heading
		if caption := captionOf(b.Grid); caption != "" {
			if s := saysYear(caption, year); s != noYear {
				said, text = s, caption
			}
		}
		if said == otherYearSaid {
			if earlier == nil {
				earlier = map[*Grid]string{}
			}
			earlier[b.Grid] = text
		}
	}
	return earlier
}

// captionOf returns the text of a first row that is a single cell.
func captionOf(g *Grid) string {
	row := g.Rows[0]
	if last := row[len(row)-1]; last.Column != row[0].Column || last.Row != row[0].Row {
		return ""
	}
	return row[0].Text
}

// A yearSaid is what a heading says of the year of the table below it.
type yearSaid int

const (
	noYear yearSaid = iota
	thisYearSaid
	otherYearSaid
)

// saysYear reads a heading. A sentence is none: it may compare.
func saysYear(heading string, year int) yearSaid {
	if utf8.RuneCountInString(heading) > 40 || strings.ContainsAny(heading, "。；，,;") {
		return noYear
	}
	s := relativeYears.Replace(relateYears(simplifyProse(squeeze(heading)), year))
	other := strings.Contains(s, "他年") || otherYear(s)
	switch {
	case containsAny(s, []string{"比", "较", "同期"}):
		return noYear
	case strings.Contains(s, "本年") && !other:
		return thisYearSaid
	case other && !strings.Contains(s, "本年"):
		return otherYearSaid
	}
	return noYear
}

// ofYear parts the rows of this year's tables from those of other years.
func ofYear(rows []printedRow, earlier map[*Grid]string) []printedRow {
	if len(earlier) == 0 {
		return rows
	}
	var kept []printedRow
	for i := range rows {
		if _, other := earlier[rows[i].grid]; !other {
			kept = append(kept, rows[i])
		}
	}
	return kept
}

// thisYears reads a table from this year's rows; only if it is not there, from
// all of them, and then nothing verifies it.
func thisYears(own, all []printedRow, read func([]printedRow) *tableReading) *tableReading {
	t := read(own)
	if t != nil || len(own) == len(all) {
		return t
	}
	if t = read(all); t != nil {
		for _, c := range t.cells {
			c.doubt = true
		}
		t.issue(gongkai.IssueYears, "", "", gongkai.Place{}, "the only table of this kind is headed as that of another year")
	}
	return t
}

// earlierIssues says which tables were left out.
func earlierIssues(rows []printedRow, earlier map[*Grid]string) []gongkai.Issue {
	var issues []gongkai.Issue
	for i := range rows {
		if heading, ok := earlier[rows[i].grid]; ok && rows[i].row == 0 {
			issues = append(issues, gongkai.Issue{
				Code: gongkai.IssueLayout, Place: rows[i].place(), Detail: fmt.Sprintf("the table under %q is of another year and was left out", heading),
			})
		}
	}
	return issues
}
