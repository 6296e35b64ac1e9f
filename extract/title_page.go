package extract

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"gongkai"
)

var sitePrefix = regexp.MustCompile(`^\p{Han}+(?:政府|门户网站|政府网)(?:门户网站)?[\s_|—–-]+`)

// pageTitles reads the titles that stand outside the text, best first:
// metadata, <title>, the link that led here, the file name.
func pageTitles(d *gongkai.Document, c *Content) []reportTitle {
	name := d.Name
	if u, err := url.PathUnescape(name); err == nil {
		name = u
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	sources := [][2]string{{"page", c.Meta["ArticleTitle"]}, {"page", c.Title}, {"link", d.LinkTitle}, {"file", strings.TrimSuffix(name, path.Ext(name))}}
	if partOfPage(c) {
		sources = nil // they name the page, not this report
	}
	var found []reportTitle
	for _, s := range sources {
		if t, ok := readPageTitle(s[1]); ok {
			t.source = s[0]
			if t.site {
				t.named(agencyName{})
			}
			found = append(found, t)
		}
	}
	return found
}

// readPageTitle is readTitle for text with the name of the site before or behind it.
func readPageTitle(s string) (reportTitle, bool) {
	t, ok := readTitle(s)
	if !ok {
		return t, false
	}
	if m := sitePrefix.FindString(t.text); m != "" {
		if inner, ok := readTitle(t.text[len(m):]); ok && inner.agency != "" {
			t = inner
		}
	}
	if cut := siteSuffix.ReplaceAllString(t.text, ""); titleCore.MatchString(simplifyProse(squeeze(cut))) {
		t.text = cut
	}
	return t, true
}

// partOfPage reports whether c was cut from a page with several reports.
func partOfPage(c *Content) bool {
	return slices.ContainsFunc(c.Issues, func(i gongkai.Issue) bool { return i.Code == gongkai.IssueMixedReports })
}
