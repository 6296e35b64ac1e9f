package pdftable

import (
	"fmt"

	"gongkai"
)

// pictureIssues says of a page that is a picture how it was read.
func pictureIssues(l *layout) []gongkai.Issue {
	place := gongkai.Place{Page: l.page.number}
	switch {
	case l.recognized:
		return []gongkai.Issue{{Code: gongkai.IssueOCR, Place: place, Detail: "the page is a picture: its text and figures are recognized, not read"}}
	case !l.page.pictured:
		return nil
	case len(l.page.glyphs) < fewGlyphs:
		return []gongkai.Issue{{Code: gongkai.IssueNoTextLayer, Place: place, Detail: fmt.Sprintf("page %d is a picture and was not read; read it with OCR", l.page.number)}}
	}
	return []gongkai.Issue{{
		Code: gongkai.IssueOCR, Place: place,
		Detail: fmt.Sprintf("page %d is a picture with a text layer that some program recognized: none of its figures is certain; read the page with OCR", l.page.number),
	}}
}

// lostIssues says which characters of a page were left out of all its text.
func lostIssues(l *layout) []gongkai.Issue {
	var found []gongkai.Issue
	for _, why := range []string{struck, unseen} {
		var glyphs []glyph
		for _, g := range l.page.lost {
			if g.why == why {
				glyphs = append(glyphs, g.glyph)
			}
		}
		if len(glyphs) > 0 {
			found = append(found, gongkai.Issue{
				Code: gongkai.IssueHidden, Place: gongkai.Place{Page: l.page.number},
				Detail: fmt.Sprintf("text that %s was left out: %d characters, %.40q", why, len(glyphs), joinLines(lines(glyphs), l.page.width)),
			})
		}
	}
	return found
}
