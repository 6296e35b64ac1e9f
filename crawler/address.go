package crawler

import (
	"net/url"
	"regexp"
	"strings"
)

var sessionPath = regexp.MustCompile(`(?i);[a-z_]*session[a-z_]*=[^/?#;]*`)

// category matches what is a list of its own though only a script reads its
// fragment: a category of the gkmlpt system.
var category = regexp.MustCompile(`/gkmlpt/(?:index(?:\.html)?)?#\d{1,12}$`)

// Resolve returns the canonical form of ref as linked from base: absolute, no
// fragment but that of a gkmlpt category, no session id, no default port, lower-case host. It returns "" for
// what is no http(s) address.
func Resolve(base, ref string) string {
	ref = strings.TrimSpace(strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(ref))
	b, err := url.Parse(base)
	if err != nil || ref == "" {
		return ""
	}
	r, err := url.Parse(strings.ReplaceAll(ref, " ", "%20"))
	if err != nil {
		r, err = url.Parse(escapeStray(ref))
		if err != nil {
			return ""
		}
	}
	u := b.ResolveReference(r)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	u.Host = strings.ToLower(u.Host)
	if p := u.Port(); p == "80" && u.Scheme == "http" || p == "443" && u.Scheme == "https" {
		u.Host = u.Host[:strings.LastIndexByte(u.Host, ':')]
	}
	if !category.MatchString(u.Path + "#" + u.Fragment) {
		u.Fragment, u.RawFragment = "", ""
	}
	if u.Path == "" {
		u.Path = "/"
	}
	if sessionPath.MatchString(u.Path) {
		u.Path, u.RawPath = sessionPath.ReplaceAllString(u.Path, ""), ""
	}
	u.RawQuery = withoutSession(u.RawQuery)
	return u.String()
}

// escapeStray escapes percent signs that begin no escape, as in 增长10%.pdf.
func escapeStray(ref string) string {
	var b strings.Builder
	for i := range len(ref) {
		if ref[i] == '%' && (i+2 >= len(ref) || !hex(ref[i+1]) || !hex(ref[i+2])) {
			b.WriteString("%25")
			continue
		}
		b.WriteByte(ref[i])
	}
	return strings.ReplaceAll(b.String(), " ", "%20")
}

func hex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// withoutSession drops session ids from a query and keeps the rest as it is.
func withoutSession(query string) string {
	if query == "" {
		return ""
	}
	kept := []string{}
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(strings.ToLower(part), "=")
		switch name {
		case "jsessionid", "phpsessid", "sessionid", "aspsessionid":
			continue
		}
		kept = append(kept, part)
	}
	return strings.Join(kept, "&")
}
