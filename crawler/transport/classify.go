package transport

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A classifier tells answers from what only looks like one. It remembers how
// hosts answered, because a ban shows as 403 where there was 200 before.
type classifier struct {
	next http.RoundTripper

	mu    sync.Mutex
	hosts map[string]*manners
}

type manners struct {
	answered  bool // there was a 200
	forbidden int  // 403s in a row
}

func classify(next http.RoundTripper) http.RoundTripper {
	return &classifier{next: next, hosts: map[string]*manners{}}
}

// RoundTrip returns an error for everything but a page, a redirect and an
// expected 304. Requests for robots.txt get every status back.
func (c *classifier) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body := contentOf(resp)
	code, detail := c.judge(req, resp, body)
	if code == "" {
		return resp, nil
	}
	e := &Error{
		Code: code, URL: req.URL.String(), Status: resp.StatusCode, Detail: detail,
		RetryAfter: retryAfter(resp.Header, time.Now()),
		response:   resp, raw: body.raw, document: body.document, encoding: body.encoding, truncated: body.truncated,
	}
	return nil, e
}

func (c *classifier) judge(req *http.Request, resp *http.Response, body *content) (Code, string) {
	j := jobOf(req)
	banned := c.remember(req.URL.Host, resp.StatusCode)
	mediaType, _ := body.sniff(resp.Header.Get("Content-Type"))
	var g glance
	page := mediaType == "text/html" && len(body.document) > 0
	if page {
		text := body.utf8(j.Site.Charset)
		g = glanceAt(text)
		if g.runes < challengeText {
			for _, s := range challenges {
				if s.re.Match(text) {
					return Challenge, "a challenge page: " + s.name
				}
			}
		}
	}
	switch resp.StatusCode {
	case http.StatusPreconditionFailed, 521:
		return Challenge, "a status of challenge pages"
	case http.StatusForbidden:
		if banned {
			return Blocked, "403 three times in a row where there were answers before"
		}
	}
	if j.Kind == KindRobots {
		return "", ""
	}
	switch s := resp.StatusCode; {
	case s == http.StatusOK:
		if page {
			return judgePage(req, j, g)
		}
		return "", ""
	case s == http.StatusNotModified && (req.Header.Get("If-None-Match") != "" || req.Header.Get("If-Modified-Since") != ""):
		return "", ""
	case s == 301 || s == 302 || s == 303 || s == 307 || s == 308:
		return judgeLocation(req, resp.Header.Get("Location"))
	case s >= 400 && g.runes < refusalText:
		if w := newReading(g).firewall(); w != "" {
			return Blocked, "a firewall's page: " + w
		}
	}
	return Status, http.StatusText(resp.StatusCode)
}

// judgeLocation looks at where a redirect leads. What is no address fails this
// request alone: net/http would fail it with an error that says nothing.
func judgeLocation(req *http.Request, location string) (Code, string) {
	if location == "" {
		return Redirect, "no Location"
	}
	if u, err := req.URL.Parse(location); err != nil || u.Host == "" && u.Scheme != "file" {
		return Redirect, fmt.Sprintf("its Location is no address: %.200q", location)
	}
	return "", ""
}

// judgePage looks through a web page that came with status 200.
func judgePage(req *http.Request, j *Job, g glance) (Code, string) {
	first := req
	for first.Response != nil && first.Response.Request != nil {
		first = first.Response.Request
	}
	if first != req {
		switch {
		case homePath.MatchString(req.URL.Path) && !homePath.MatchString(first.URL.Path):
			return Soft404, "redirected to the home page"
		case errorPath.MatchString(req.URL.Path):
			return Soft404, "redirected to an error page"
		}
	}
	if g.runes < refusalText {
		if code, why := judgeText(g, j.Site.NotFound); code != "" {
			return code, why
		}
	}
	if g.runes < refusalText && asksForFile(first.URL) {
		return Type, "a file was asked for and a page with little text came"
	}
	return "", ""
}

// fileEndings are those of addresses that lead to files. Download scripts have
// them in their query.
var fileEndings = []string{"pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ofd", "zip", "rar", "rtf"}

func asksForFile(u *url.URL) bool {
	for s := u.Path + "?" + u.RawQuery; ; {
		_, rest, ok := strings.Cut(s, ".")
		if !ok {
			return false
		}
		ending := rest
		if n := strings.IndexAny(rest, "?&"); n >= 0 {
			ending = rest[:n]
		}
		if slices.ContainsFunc(fileEndings, func(f string) bool { return strings.EqualFold(f, ending) }) {
			return true
		}
		s = rest
	}
}

// judgeText looks through the text of a page with little of it.
func judgeText(g glance, more []string) (Code, string) {
	r := newReading(g)
	if r.notFound(g.title) != "" {
		return Soft404, "the title is " + g.title
	}
	if w := r.firewall(); w != "" {
		return WAF, "a firewall's page: " + w
	}
	if g.password && logIn.MatchString(r.seen()) {
		return Login, "there is a field for a password"
	}
	if g.runes < challengeText && captcha.MatchString(r.seen()) {
		return Captcha, "the page asks for a captcha"
	}
	if g.runes < challengeText && checking.MatchString(r.seen()) {
		return Challenge, "the page tests the browser"
	}
	if g.runes < challengeText {
		if m := r.notFound(g.text); m != "" {
			return Soft404, "the page says " + m
		}
	}
	for _, phrase := range more {
		if strings.Contains(r.seen(), phrase) {
			return Soft404, "the page says " + phrase
		}
	}
	return "", ""
}

// remember counts 403s and reports whether they look like a ban.
func (c *classifier) remember(host string, status int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.hosts[host]
	if m == nil {
		m = &manners{}
		c.hosts[host] = m
	}
	switch status {
	case http.StatusOK, http.StatusNotModified:
		m.answered, m.forbidden = true, 0
	case http.StatusForbidden:
		m.forbidden++
	}
	return m.answered && m.forbidden >= 3
}

// retryAfter reads the header of that name; 0 if it is not there.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.Atoi(v); err == nil && n >= 0 {
		return time.Duration(min(n, 7*24*3600)) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}
