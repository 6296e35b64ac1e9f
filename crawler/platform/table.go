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
		"aspnet":   {read: readASPNET},
		"base64":   {read: readBase64},
		"blocks":   {read: readBlocks},
		"filelist": {read: readFileList},
		"generic":  {read: readGeneric},
		"gkmlpt":   {read: readGKMLPT},
		"hanweb":   {read: readHanweb},
		"hanweb2":  {read: readHanweb2},
		"igs":      {read: readIGS, start: startIGS},
		"jpaas":    {read: readJpaas},
		"json":     {read: readJSON, start: startJSON},
		"numbered": {read: readNumbered},
		"roster":   {read: readRoster},
		"trs":      {read: readTRS, start: startTRS},
		"ucap":     {read: readUcap},
		"vsb":      {read: readVSB},
		"was":      {read: readWAS},
	}
}

// marks tell systems apart by what their pages hold, surest first.
var marks = []struct {
	name string
	mark *regexp.Regexp
}{
	{"jpaas", regexp.MustCompile(`(?i)querydata\s*=|jpaas-publish-server`)},
	{"gkmlpt", regexp.MustCompile(`/gkmlpt/|\bSID\s*:\s*'\d+'`)},
	{"hanweb", regexp.MustCompile(`(?i)<datastore>|jpage/dataproxy\.jsp|jquery/jpage`)},
	{"trs", regexp.MustCompile(`createPageHTML\(\s*['"]?\d+|(?i)var\s+countPage\s*=\s*\d+`)},
	{"ucap", regexp.MustCompile(`(?i)<meta[^>]+name=["']?channelid|/searchList/[0-9a-z]+|/common/search/[0-9a-z]+`)},
	{"blocks", regexp.MustCompile(`/columns/[0-9a-f-]{36}/templates/[0-9a-f-]{36}/blocks/`)},
	{"aspnet", regexp.MustCompile(`__VIEWSTATE`)},
	{"base64", regexp.MustCompile(`id=["']?pages["']?[\s\S]*atob\(`)},
	{"vsb", regexp.MustCompile(`/_sitegray/|vsb_content|_vsb|vsbscreen`)},
}

// detect guesses the system of a page, or returns "".
func detect(p *page) string {
	for _, m := range marks {
		if m.mark.Match(p.body) {
			return m.name
		}
	}
	return ""
}

// Detect guesses which platform a list page belongs to. It returns "generic"
// if nothing on the page tells. Sites are declared by people: this only helps.
func Detect(p *crawler.Page) string {
	if p.UTF8 == nil || len(bytes.TrimSpace(p.UTF8)) == 0 {
		return "generic"
	}
	if name := detect(newPage(p, "", folder{})); name != "" {
		return name
	}
	return "generic"
}
