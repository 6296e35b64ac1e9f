package discover

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"gongkai/crawler"
	"gongkai/crawler/platform"
)

//go:embed scores.txt
var scoresText string

// A promise is a line of scores.txt.
type promise struct {
	score int
	form  *regexp.Regexp
}

var promises = sync.OnceValue(func() []promise {
	var all []promise
	for line := range strings.Lines(scoresText) {
		n, form, ok := strings.Cut(strings.TrimSpace(line), " ")
		score, err := strconv.Atoi(n)
		if !ok || err != nil {
			continue // a comment
		}
		all = append(all, promise{score, regexp.MustCompile(form)})
	}
	return all
})

// Scores that decide what becomes of a page.
const (
	tryScore    = 80 // it is read as a column
	surerScore  = 85 // its column is that of reports on disclosure
	scriptScore = 40 // a file with a menu
	frameScore  = 45 // a page that is part of another
	pathBonus   = 30
	pathScore   = 60 // an address that promises, of a picture without a word
)

var (
	// promisingPath matches addresses that editors give to columns of reports.
	promisingPath = regexp.MustCompile(`(?i)xxgkn[bd]|gknb|gkbg|gknd|ndbg|nianbao|zfnb|annual`)
	notReports    = regexp.MustCompile(`(?i)wznb|wzgznb|fzzf|czyjs|yjs|jsxx`)
	disclosure    = regexp.MustCompile(`(?i)/(?:zfxxgk|xxgk|zwgk|gkmlpt)`)
)

// score says what a link promises; 0 or less is nothing.
func score(text, address string) int {
	words := strings.Join(strings.Fields(text), "")
	n := 0
	for _, p := range promises() {
		if p.form.MatchString(words) {
			n = p.score
			break
		}
	}
	named := crawler.ParseTitle(text)
	content := platform.Content(address)
	switch {
	case n < 0 || len([]rune(words)) > 40:
		return -1
	case content && (n < frameScore || named.Year != 0): // a page to read, not a list
		return 0
	case named.Kind != crawler.KindUnknown && named.Kind != crawler.KindRoster && named.Year != 0 && named.Agency != "": // a report itself
		return 0
	}
	path := pathOf(address)
	switch promising := promisingPath.MatchString(path) && !notReports.MatchString(path); {
	case promising && words == "":
		return pathScore
	case promising:
		return n + pathBonus
	case words == "" && disclosure.MatchString(path):
		return scriptScore
	}
	return n
}
