package pdftable

import (
	"fmt"

	"gongkai"
)

// issues says what was odd about the pages and their tables.
func issues(layouts []*layout, items []flowItem) []gongkai.Issue {
	var found []gongkai.Issue
	for _, l := range layouts {
		place := gongkai.Place{Page: l.page.number}
		found = append(found, pictureIssues(l)...)
		found = append(found, lostIssues(l)...)
		if l.page.badFont {
			found = append(found, gongkai.Issue{
				Code: gongkai.IssueFont, Place: place,
				Detail: "a font is not embedded and no Chinese font is installed: characters may be missing; install one (such as fonts-wqy-zenhei) and read again",
			})
		}
		if l.page.watermark != "" {
			found = append(found, gongkai.Issue{
				Code: gongkai.IssueLayout, Place: place,
				Detail: fmt.Sprintf("text that runs across the page was left out: %.60q", l.page.watermark),
			})
		}
		unmapped := 0
		for i := range l.page.glyphs {
			if l.page.glyphs[i].doubt {
				unmapped++
			}
		}
		if unmapped > 0 {
			found = append(found, gongkai.Issue{
				Code: gongkai.IssueFont, Place: place,
				Detail: fmt.Sprintf("%d characters are in a font that does not say what they are", unmapped),
			})
		}
	}
	for _, l := range layouts {
		for _, r := range l.unread {
			found = append(found, gongkai.Issue{
				Code: gongkai.IssueStream, Detail: "figures in columns without rules could not be told apart and are left as text",
				Place: gongkai.Place{Page: l.page.number, Box: rounded(l.page.shown.box(r.box()))},
			})
		}
	}
	for i := range items {
		t := items[i].table
		if t == nil {
			continue
		}
		place := gongkai.Place{Page: t.first, Box: rounded(items[i].page.shown.box(t.box))}
		if t.ragged {
			found = append(found, gongkai.Issue{Code: gongkai.IssueLayout, Place: place, Detail: "the rules of the table leave areas that are no rectangles"})
		}
		if t.method == "stream" {
			found = append(found, gongkai.Issue{Code: gongkai.IssueStream, Place: place, Detail: "the table has no rules: its cells were told apart by position"})
		}
	}
	return found
}
