package platform

import (
	"bytes"
	"regexp"

	"gongkai/crawler"
)

// Table returns the platforms by the names that sites give.
func Table() map[string]crawler.Platform {
	t := map[string]crawler.Platform{}
	for name, s := range systems() {
		t[name] = s
	}
	return t
}

func systems() map[string]system {
	return map[string]system{
		"aspnet":   {list: (*walker).aspnetList},
		"base64":   {list: (*walker).base64List},
		"blocks":   {read: readBlocks},
		"empire":   {list: (*walker).indexedList},
		"filelist": {read: readFileList},
		"generic":  {read: readGeneric},
		"gkmlpt":   {read: readGKMLPT},
		"hanweb":   {list: (*walker).hanwebList},
		"hanweb2":  {list: (*walker).hanweb2List},
		"igs":      {read: readIGS, start: startIGS},
		"jpaas":    {read: readJpaas},
		"json":     {read: readJSON, start: startJSON},
		"nfcms":    {list: (*walker).indexedList},
		"numbered": {list: (*walker).numberedList},
		"roster":   {list: (*walker).rosterList},
		"trs":      {list: (*walker).trsList, start: startTRS},
		"ucap":     {read: readUcap},
		"vsb":      {list: (*walker).vsbList},
		"was":      {read: readWAS, start: startWAS},
	}
}

// marks tell systems apart by what their pages hold, surest first.
var marks = []struct {
	name string
	mark *regexp.Regexp
}{
	{"jpaas", regexp.MustCompile(`(?i)querydata\s*=|jpaas-publish-server`)},
	{"gkmlpt", regexp.MustCompile(`\bSID\s*:\s*["']?\d{3,12}`)},
	{"hanweb", regexp.MustCompile(`(?i)<datastore>|jpage/dataproxy\.jsp|jquery/jpage`)},
	{"trs", regexp.MustCompile(`createPageHTML\(\s*['"]?\d+|(?i)var\s+countPage\s*=\s*\d+`)},
	{"ucap", regexp.MustCompile(`(?i)<meta[^>]+name=["']?channelid|/searchList/[0-9a-z]+|/common/search/[0-9a-z]+`)},
	{"blocks", regexp.MustCompile(`/columns/[0-9a-f-]{36}/templates/[0-9a-f-]{36}/blocks/`)},
	{"aspnet", regexp.MustCompile(`__VIEWSTATE`)},
	{"base64", regexp.MustCompile(`id=["']?pages["']?[\s\S]*atob\(`)},
	{"vsb", regexp.MustCompile(`/_sitegray/|vsb_content|_vsb|vsbscreen`)},
	{"empire", regexp.MustCompile(`(?i)title=["'](?:Total record|总数)["']|/e/(?:data/js|public|action|member)/|Powered by EmpireCMS`)},
	{"nfcms", regexp.MustCompile(`(?i)NFCMS|/assets/nfw-cms|nfw-cms-list`)},
}

// detect guesses the system of a page, or returns "".
func detect(p *page) string {
	for _, m := range marks {
		if m.mark.Match(p.body) {
			return m.name
		}
	}
	if pageTotal.Match(p.body) { // the address says how its further pages are called
		switch at := pathOf(p.address); {
		case hanweb2Path.MatchString(at):
			return "hanweb2"
		case numberedPath.MatchString(at):
			return "numbered"
		}
	}
	return ""
}

var (
	hanweb2Path  = regexp.MustCompile(`/col/\d+_\d+/(?:index\.html)?$`)
	numberedPath = regexp.MustCompile(`/1\.s?html?$`)
)

// Content reports whether an address has the shape of a page with content or of
// a file, as against a list.
func Content(address string) bool { return article.MatchString(address) || file.MatchString(address) }

// Moved returns where a page that has little else sends its reader, or "".
func Moved(p *crawler.Page) string { return moved(newPage(p, crawler.Request{}, folder{})) }

// Detect guesses which platform a list page belongs to. It returns "generic"
// if nothing on the page tells. Sites are declared by people: this only helps.
func Detect(p *crawler.Page) string {
	if p.UTF8 == nil || len(bytes.TrimSpace(p.UTF8)) == 0 {
		return "generic"
	}
	if name := detect(newPage(p, crawler.Request{}, folder{})); name != "" {
		return name
	}
	return "generic"
}
