package oddities

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// walls are answers that are no reports: challenges, redirects, soft 404s,
// floods. Report 1 is fetched as it should be beside each of them.
func walls() []Case {
	var all []Case
	add := func(number int, name string, h http.HandlerFunc, want string) *Case {
		c := Case{
			Number: number, Name: name, Platform: "generic", Column: "/nb/",
			Pages: Pages{"/nb/": list("", 1, 2), "/show/2.html": h}.with(1), Want: captured(1, want+" /show/2.html"),
		}
		if want == "problem:blocked" || want == "problem:challenge" {
			c.Notes = []string{"alert:blocked"}
		}
		all = append(all, c)
		return &all[len(all)-1]
	}
	const ts = `<html><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></html>`
	add(15, "521 of 加速乐", status(521, `<script>document.cookie="__jsl_clearance_s=1";location.href=location.pathname</script>`), "problem:challenge")
	add(15, "412 of 瑞数", status(412, ts), "problem:challenge")
	add(15, "瑞数 with status 200", send(ts), "problem:challenge")
	add(15, "acw_sc__v2", send(`<html><script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';</script></html>`), "problem:challenge")
	add(15, "page of 创宇盾", send(`<html><body>当前访问由创宇盾提供防护，请求被拦截</body></html>`), "problem:blocked")
	add(15, "429 for ever", status(429, "", "Retry-After", "2"), "problem:status")
	add(16, "not found with status 200", send(`<html><title>提示</title><body>您访问的页面不存在或已被删除</body></html>`), "problem:soft404")
	add(16, "301 to the home page", to(301, "/"), "problem:soft404").Pages["/"] = send("<html><title>示例市</title><body>欢迎</body></html>")
	add(16, "302 to an error page", to(302, "/404.html"), "problem:soft404").Pages["/404.html"] = send("<html><body>抱歉，网站正在升级</body></html>")
	add(16, "moved to a host that is not allowed", to(301, "http://www.moved.example/1.html"), "problem:off_site").Pages["//www.moved.example/1.html"] = report(2)
	moved := add(16, "moved to a host that is allowed", to(301, "http://new.oddities.example/1.html"), "new")
	moved.Hosts, moved.Pages["//new.oddities.example/1.html"] = []string{"new.oddities.example"}, report(2)
	add(17, "redirect loop", to(302, "/show/2.html"), "problem:limit")
	add(18, "redirect to a machine of ours", to(302, "http://127.0.0.1/admin"), "problem:off_site")
	add(18, "redirect to link-local", to(302, "http://169.254.169.254/latest/"), "problem:off_site")
	const mirror = "http://www.mirror.example/show/2.html"
	altered := add(18, "a mirror with altered figures", to(302, mirror), "problem:off_site")
	altered.Pages["//www.mirror.example/show/2.html"] = report(2)
	linked := add(18, "a link to a mirror with altered figures", nil, "")
	linked.Pages = Pages{"/nb/": send("<ul>" + rows(1) + strings.Replace(row(2), show(2), mirror, 1) + "</ul>"), "//www.mirror.example/show/2.html": report(2)}.with(1)
	linked.Want = captured(1, "problem:off_site "+mirror)
	add(19, "a byte a second", drip, "problem:network")
	add(19, "gzip bomb", status(200, bomb(), "Content-Encoding", "gzip", "Content-Type", "text/html"), "problem:limit")
	add(19, "no answer", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "problem:network")
	add(19, "100 MiB by its length", status(200, "", "Content-Length", "104857600"), "problem:limit")
	add(19, "endless body", func(w http.ResponseWriter, r *http.Request) {
		part := []byte(strings.Repeat("年报 ", 8000))
		for r.Context().Err() == nil {
			if _, err := w.Write(part); err != nil {
				return
			}
		}
	}, "problem:limit")
	for _, f := range []struct{ name, markup string }{
		{"frameset around the report", `<frameset><frame src="/show/f.html"></frameset>`},
		{"meta refresh", `<meta http-equiv="refresh" content="0;url=/show/f.html">`},
		{"location.href", `<script>window.location.href="/show/f.html"</script>`},
	} {
		add(17, f.name, send("<html>"+f.markup+"</html>"), "new").Pages["/show/f.html"] = report(2)
	}
	return append(all, bans())
}

// bomb is a page of 2 MiB in 2 KiB.
func bomb() string {
	var b strings.Builder
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, "<html>"+strings.Repeat(" ", 2<<20))
	if err := errors.Join(err, z.Close()); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}

// bans answers like a firewall that bans whoever asks for more than a few
// reports, until the ban is lifted: from the fourth on with 403.
func bans() Case {
	banned := status(403, "<html><body>403 Forbidden</body></html>")
	pages := Pages{"/nb/": list("", 1, 2, 3, 4, 5), show(3): banned, show(4): banned, show(5): banned}.with(5)
	return Case{
		Number: 15, Name: "a ban after two reports, lifted a day later", Platform: "generic", Column: "/nb/", Pages: pages,
		Want:  captured(2, "problem:status "+show(3), "problem:status "+show(4), "problem:blocked "+show(5)),
		Notes: []string{"alert:blocked"},
		Nights: []Night{
			{Pages: Pages{show(3): report(3), show(4): report(4), show(5): report(5)}, Want: []string{
				"known " + show(1), "known " + show(2), "new " + show(3), "new " + show(4), "skip:backoff " + show(5),
			}, Notes: []string{"alert:blocked"}},
			{After: 7 * 24 * time.Hour, Want: outcomes("known", 4, "new "+show(5))},
		},
	}
}
