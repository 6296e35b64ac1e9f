package fetch_test

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/crawler/transport"
)

const report = `<!DOCTYPE html><html><head><title>示例市科学技术局2023年政府信息公开工作年度报告</title></head><body>` +
	`<table><tr><td>本年新收政府信息公开申请数量</td><td>7</td></tr></table></body></html>`

func send(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, s) }
}

func status(code int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

// raw answers with exactly these bytes and closes the connection.
func raw(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(c, s)
		_ = c.Close()
	}
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
}

func bomb(size int) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.CopyN(w, zeros{}, int64(size))
	_ = w.Close()
	return b.String()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// sequence answers the n-th request with the n-th handler, and all further ones
// with the last.
func sequence(hs ...http.HandlerFunc) http.HandlerFunc {
	n := 0
	return func(w http.ResponseWriter, r *http.Request) {
		h := hs[min(n, len(hs)-1)]
		n++
		h(w, r)
	}
}

func slowly(pause time.Duration, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(pause):
			h(w, r)
		case <-r.Context().Done():
		}
	}
}

// drip sends a byte now and then.
func drip(pause time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100000")
		for range 100000 {
			if _, err := io.WriteString(w, "x"); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-time.After(pause):
			case <-r.Context().Done():
				return
			}
		}
	}
}

func endless(w http.ResponseWriter, r *http.Request) {
	part := strings.Repeat("年报 ", 5000)
	for r.Context().Err() == nil {
		if _, err := io.WriteString(w, part); err != nil {
			return
		}
	}
}

func TestServerFaults(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(report)
	if err != nil {
		t.Fatal(err)
	}
	small := transport.Limits{List: 64 << 10, Document: 3 << 20}
	for _, tc := range []struct {
		name string
		kind string // document if empty
		path string
		h    http.HandlerFunc
		code transport.Code // empty if the fault must be overcome
		hits int            // requests that the server must have seen
		took time.Duration  // at least, on the fake clock
	}{
		{name: "500", h: status(500, "oops"), code: transport.Status, hits: 1},
		{name: "503 with Retry-After", h: sequence(status(503, "busy", "Retry-After", "70"), send(report)), hits: 2, took: 70 * time.Second},
		{name: "503 with a long Retry-After", h: status(503, "busy", "Retry-After", "7200"), code: transport.Status, hits: 1},
		{name: "429 for ever", h: status(429, "slow down"), code: transport.Status, hits: 4, took: 3 * time.Second},
		{name: "502 then well", h: sequence(status(502, ""), status(504, ""), send(report)), hits: 3},
		{name: "403 firewall", h: status(403, "<html><body>您的请求疑似攻击行为，访问被拦截</body></html>"), code: transport.Blocked, hits: 1},
		{name: "firewall with 200", h: send("<html><body>网站防火墙：请求含有不合法参数</body></html>"), code: transport.WAF, hits: 1},
		{name: "soft 404", h: send("<html><head><title>提示</title></head><body>您访问的页面不存在或已被删除</body></html>"), code: transport.Soft404, hits: 1},
		{name: "soft 404 by redirect to the home page", h: home, code: transport.Soft404, hits: 2},
		{name: "log-in page", h: send(`<html><title>统一身份认证</title><form><input type="password"></form>`), code: transport.Login, hits: 1},
		{name: "521 challenge", h: status(521, `<script>document.cookie="__jsl_clearance_s=1";location.href=location.pathname</script>`), code: transport.Challenge, hits: 1},
		{name: "412 challenge", h: status(412, `<html><script>$_ts=window['$_ts'];</script></html>`), code: transport.Challenge, hits: 1},
		{name: "200 challenge", h: send(`<html><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></html>`), code: transport.Challenge, hits: 1},
		{name: "acw_sc__v2", h: send(`<html><script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';</script></html>`), code: transport.Challenge, hits: 1},
		{name: "slow header", h: slowly(time.Hour, send(report)), code: transport.Timeout, hits: 3, took: 90 * time.Second},
		{name: "header just in time", h: slowly(29*time.Second, send(report)), hits: 1},
		{name: "drip", h: drip(time.Second), code: transport.Timeout, hits: 3, took: 90 * time.Second},
		{name: "pause in the body", h: drip(time.Hour), code: transport.Timeout, hits: 3, took: 60 * time.Second},
		{name: "closed in the body", h: raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n" + report), code: transport.Incomplete, hits: 4},
		{name: "short length, then whole", h: sequence(raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"+report), send(report)), hits: 2},
		{name: "bad chunk", h: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\nzz\r\n"), code: transport.Incomplete, hits: 4},
		{name: "closed without a length, half", h: raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + report[:150]), code: transport.Incomplete, hits: 4},
		{name: "closed without a length, whole", h: raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + report), hits: 1},
		{name: "closed without a length, half a PDF", h: raw("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj"), code: transport.Incomplete, hits: 4},
		{name: "closed at once", h: raw(""), code: transport.Network, hits: 3},
		{name: "not HTTP", h: raw("SSH-2.0-OpenSSH_9\r\n"), code: transport.Network, hits: 3},
		{name: "garbage type", h: status(200, report, "Content-Type", "garbage=/;;=="), hits: 1},
		{name: "wrong charset label", h: status(200, gbk, "Content-Type", "text/html; charset=utf-8"), hits: 1},
		{name: "page sent as text", h: status(200, report, "Content-Type", "text/plain"), hits: 1},
		{name: "gzip", h: status(200, zipped(report), "Content-Encoding", "gzip"), hits: 1},
		{name: "gzip that is none", h: status(200, report, "Content-Encoding", "gzip"), hits: 1},
		{name: "gzip cut off", h: status(200, zipped(report)[:100], "Content-Encoding", "gzip"), code: transport.Incomplete, hits: 4},
		{name: "brotli unasked for", h: status(200, "\x8b\x02\x80", "Content-Encoding", "br"), code: transport.Encoding, hits: 1},
		{name: "gzip bomb by ratio", h: status(200, bomb(2<<20), "Content-Encoding", "gzip"), code: transport.Ratio, hits: 1},
		{name: "gzip bomb by size", kind: transport.KindList, h: status(200, bomb(500<<10), "Content-Encoding", "gzip"), code: transport.Size, hits: 1},
		{name: "too large by its length", h: status(200, "", "Content-Length", "104857600"), code: transport.Size, hits: 1},
		{name: "endless", h: endless, code: transport.Size, hits: 1},
		{name: "header flood", h: raw("HTTP/1.1 200 OK\r\n" + strings.Repeat("X-Flood: "+strings.Repeat("x", 1000)+"\r\n", 500)), code: transport.Header, hits: 1},
		{name: "redirect loop", h: redirect("/again"), code: transport.Redirect, hits: 6},
		{name: "redirect to nowhere", h: status(302, ""), code: transport.Redirect, hits: 1},
		{name: "redirect to the same address with a cookie", h: cookie, hits: 2},
		{name: "slider", h: send("<html><title>安全验证</title><body>请按住滑块，拖动到最右边</body></html>"), code: transport.Captcha, hits: 1},
		{name: "puzzle", h: send("<html><body>请完成拼图验证后继续访问</body></html>"), code: transport.Captcha, hits: 1},
		{name: "browser check", h: send("<html><body><p>正在检测您的浏览器，请稍候…</p></body></html>"), code: transport.Challenge, hits: 1},
		{name: "Cloudflare", h: status(403, "<html><head><title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1></script></head></html>"), code: transport.Challenge, hits: 1},
		{name: "瑞数 without its variable", h: status(202, `<html><head><meta id="9Dhef" content="{qX0" r="m"><script src="/k.js" r="m"></script></head></html>`), code: transport.Challenge, hits: 1},
		{name: "redirect to a private address", h: redirect("http://127.0.0.1:8080/admin"), code: transport.OffSite, hits: 1},
		{name: "redirect to link-local", h: redirect("http://169.254.169.254/latest/meta-data"), code: transport.OffSite, hits: 1},
		{name: "redirect to a file", h: redirect("file:///etc/passwd"), code: transport.OffSite, hits: 1},
		{name: "redirect to another host", h: status(301, "", "Location", "http://mirror.example/zfxxgk/"), code: transport.OffSite, hits: 1},
		{name: "empty body", h: send(""), code: transport.Empty, hits: 1},
		{name: "204", h: status(204, ""), code: transport.Status, hits: 1},
		{name: "304 unasked for", h: status(304, ""), code: transport.Status, hits: 1},
		{name: "page for a file", path: "/module/download/downfile.jsp?filename=7d2.pdf", h: send("<html>附件下载</html>"), code: transport.Type, hits: 1},
		{name: "captcha for a file", path: "/module/download/downfile.jsp?filename=7d2.pdf", h: send("<html>请输入图片中的验证码</html>"), code: transport.Captcha, hits: 1},
		{name: "report saved as a page in a file", path: "/P02023.doc", h: send(report + strings.Repeat("年度报告的正文。", 200)), hits: 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.config.Limits = small
				w.renew()
				w.page(host, tc.h)
				kind := tc.kind
				if kind == "" {
					kind = transport.KindDocument
				}
				begin := time.Now()
				resp, err := w.fetch(cmp.Or(tc.path, "/zfxxgk/nb/t1"), kind)
				if got := transport.CodeOf(err); got != tc.code || (err == nil) != (tc.code == "") {
					t.Fatalf("got %v, want code %q", err, tc.code)
				}
				if n := len(w.log()); n != tc.hits {
					t.Errorf("the server saw %d requests, want %d", n, tc.hits)
				}
				if took := time.Since(begin); took < tc.took {
					t.Errorf("it took %v, want at least %v", took, tc.took)
				}
				if err == nil {
					if !strings.Contains(string(resp.UTF8), "本年新收政府信息公开申请数量") || resp.MediaType != "text/html" {
						t.Errorf("page is %.200q of type %s", resp.UTF8, resp.MediaType)
					}
				}
				w.checkArchive(tc.code)
			})
		})
	}
}

// checkArchive demands that the archive is whole and that its last capture says
// what happened.
func (w *world) checkArchive(code transport.Code) {
	w.t.Helper()
	w.checkSound()
	e := w.last()
	switch code {
	case transport.OffSite: // refused before it was sent; the redirect is the last capture
		if e.Status/100 != 3 {
			w.t.Errorf("last capture: %+v", e)
		}
	case transport.Redirect:
	default:
		if e.Failure+e.Quarantine != string(code) {
			w.t.Errorf("last capture says %q %q, want %q", e.Failure, e.Quarantine, code)
		}
	}
	if n := len(w.documents()); (code == "") != (n == 1) {
		w.t.Errorf("%d documents after %q", n, code)
	}
}

func (w *world) checkSound() {
	w.t.Helper()
	_, damage, err := w.archive.Verify(w.t.Context())
	if err != nil || len(damage) > 0 {
		w.t.Errorf("verify: %v %v", damage, err)
	}
}

func zipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func home(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.Redirect(w, r, "/", http.StatusMovedPermanently)
		return
	}
	_, _ = io.WriteString(w, report)
}

func cookie(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("seen"); err != nil {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
		return
	}
	_, _ = io.WriteString(w, report)
}

func TestTLSFaults(t *testing.T) {
	for _, tc := range []struct {
		name string
		site transport.Site
		code transport.Code
	}{
		{"self-signed", transport.Site{}, transport.TLS},
		{"an exception without a reason has no effect", transport.Site{SkipVerify: true}, transport.TLS},
		{"an exception", transport.Site{SkipVerify: true, TLSReason: "self-signed, seen 2026-11"}, ""},
		{"legacy does not skip verification", transport.Site{LegacyTLS: true, TLSReason: "TLS 1.0 only"}, transport.TLS},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.page(host, send(report))
				s := tc.site
				s.ID, s.Hosts, s.Delay = "shili", []string{host}, -1
				s.IgnoreRobots = "the handshake is what is tested"
				w.site = &s
				_, err := w.get(t.Context(), request(w, "https://"+host+"/a.html"))
				if got := transport.CodeOf(err); got != tc.code || (err == nil) != (tc.code == "") {
					t.Errorf("got %v, want code %q", err, tc.code)
				}
				w.checkArchive(tc.code)
			})
		})
	}
}

func TestNameAndAddressFaults(t *testing.T) {
	for _, tc := range []struct {
		name    string
		resolve func(string) ([]netip.Addr, error)
		code    transport.Code
	}{
		{"no such host", func(h string) ([]netip.Addr, error) {
			return nil, &net.DNSError{Err: "no such host", Name: h, IsNotFound: true}
		}, transport.DNS},
		{"broken resolver", func(string) ([]netip.Addr, error) { return nil, fmt.Errorf("broken") }, transport.DNS},
		{"no addresses", func(string) ([]netip.Addr, error) { return nil, nil }, transport.DNS},
		{"rebinding", rebind("192.0.2.1", "127.0.0.1"), transport.PrivateAddress},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.config.Dial, w.config.Resolve = nil, tc.resolve
			w.site.IgnoreRobots = "the address is what is tested"
			w.renew()
			_, err := w.fetch("/a.html", transport.KindDocument)
			if transport.CodeOf(err) != tc.code {
				t.Errorf("got %v, want code %q", err, tc.code)
			}
			w.checkArchive(tc.code)
		})
	}
	for _, addr := range []string{
		"127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
		"fe80::1", "fc00::1", "fd12::1", "100.64.0.1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "224.0.0.1", "255.255.255.255", "64:ff9b::7f00:1",
	} {
		t.Run(addr, func(t *testing.T) {
			w := newWorld(t)
			w.config.Dial = nil
			w.config.Resolve = func(string) ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr(addr)}, nil }
			w.site.IgnoreRobots = "the address is what is tested"
			w.renew()
			if _, err := w.fetch("/a.html", transport.KindDocument); transport.CodeOf(err) != transport.PrivateAddress {
				t.Errorf("got %v, want %s", err, transport.PrivateAddress)
			}
		})
	}
}

// rebind answers the gate's question with one address and the dialer's with
// another.
func rebind(addrs ...string) func(string) ([]netip.Addr, error) {
	n := 0
	return func(string) ([]netip.Addr, error) {
		a := netip.MustParseAddr(addrs[min(n, len(addrs)-1)])
		n++
		return []netip.Addr{a}, nil
	}
}

func TestAddressesOffTheList(t *testing.T) {
	w := newWorld(t)
	w.page(host, send(report))
	for _, u := range []string{
		"http://mirror.example/", "http://" + host + ".:80/", "http://" + host + ":8080/", "http://user@" + host + "/",
		"http://2130706433/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://127.1/",
		"file:///etc/passwd", "gopher://" + host + "/", "ftp://" + host + "/", "http://www.shiӏi.example/",
	} {
		_, err := w.get(t.Context(), request(w, u))
		if c := transport.CodeOf(err); c != transport.OffSite && c != transport.BadURL {
			t.Errorf("%s: got %v, want %s", u, err, transport.OffSite)
		}
	}
	for _, u := range []string{"http://[::zz]/", "http://", "", "://", "http://a b/"} {
		if _, err := w.get(t.Context(), request(w, u)); transport.CodeOf(err) == "" {
			t.Errorf("%q: got %v, want a code", u, err)
		}
	}
	if n := len(w.log()); n != 0 {
		t.Errorf("the server saw %d requests", n)
	}
}
