package oddities

import (
	"net/http"
	"strings"
)

// walls are answers that are no reports: challenges, redirects, soft 404s,
// floods. Report 1 is fetched as it should be beside each of them.
func walls() []Case {
	var all []Case
	add := func(number int, name string, h http.HandlerFunc, want string) {
		all = append(all, Case{Number: number, Name: name, Platform: "generic", Column: "/nb/",
			Pages: Pages{"/nb/": list("", 1, 2), "/show/2.html": h}.with(1), Want: captured(1, want+" /show/2.html")})
	}
	const ts = `<html><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></html>`
	add(15, "521 of 加速乐", status(521, `<script>document.cookie="__jsl_clearance_s=1";location.href=location.pathname</script>`), "problem:blocked")
	add(15, "412 of 瑞数", status(412, ts), "problem:blocked")
	add(15, "瑞数 with status 200", send(ts), "problem:blocked")
	add(15, "acw_sc__v2", send(`<html><script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';</script></html>`), "problem:blocked")
	add(15, "page of 创宇盾", send(`<html><body>当前访问由创宇盾提供防护，请求被拦截</body></html>`), "problem:blocked")
	add(15, "429 for ever", status(429, "", "Retry-After", "2"), "problem:status")
	add(16, "not found with status 200", send(`<html><title>提示</title><body>您访问的页面不存在或已被删除</body></html>`), "problem:soft404")
	add(16, "301 to the home page", status(301, "", "Location", "/"), "problem:soft404")
	all[len(all)-1].Pages["/"] = send("<html><title>示例市</title><body>欢迎</body></html>")
	add(16, "moved to a host that is not allowed", status(301, "", "Location", "http://www.moved.example/1.html"), "problem:off_site")
	add(17, "redirect loop", status(302, "", "Location", "/show/2.html"), "problem:limit")
	add(18, "redirect to a machine of ours", status(302, "", "Location", "http://127.0.0.1/admin"), "problem:off_site")
	add(18, "redirect to link-local", status(302, "", "Location", "http://169.254.169.254/latest/"), "problem:off_site")
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
	add(17, "frameset around the report", send(`<html><frameset><frame src="/show/f.html"></frameset></html>`), "new")
	all[len(all)-1].Pages["/show/f.html"] = report(2)
	return all
}
