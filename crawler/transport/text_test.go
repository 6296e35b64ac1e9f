package transport

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func encode(t *testing.T, f func(string) (string, error), s string) string {
	t.Helper()
	out, err := f(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const plain = "政府信息公开工作年度报告：本年新收申请7件，予以公开3件。"

func TestToUTF8(t *testing.T) {
	gbk := func(s string) string { return encode(t, simplifiedchinese.GB18030.NewEncoder().String, s) }
	ascii := "<html><head><script>" + strings.Repeat("var a = 1;\n", 500) + "</script></head><body>"
	for _, tc := range []struct{ name, site, in, want string }{
		{"UTF-8", "", plain, plain},
		{"UTF-8 with a BOM", "", "\xef\xbb\xbf" + plain, plain},
		{"UTF-8 that says it is gb2312", "", `<meta charset="gb2312">` + plain, `<meta charset="gb2312">` + plain},
		{"UTF-8 with one bad byte", "", plain + "\xff" + plain, plain + "\uFFFD" + plain},
		{"UTF-8 cut in a character", "", plain[:len(plain)-1], strings.TrimSuffix(plain, "。")},
		{"UTF-8 with few characters", "", "<p>年</p>", "<p>年</p>"},
		{"GBK", "", gbk(plain), plain},
		{"GBK that says it is UTF-8", "", `<meta charset="utf-8">` + gbk(plain), `<meta charset="utf-8">` + plain},
		{"GBK after 5 KB of script", "", ascii + gbk(plain), ascii + plain},
		{"GBK with a few characters", "", gbk("<p>年报</p>"), "<p>年报</p>"},
		{"GBK with four-byte characters", "", gbk(plain + "㐀𠀀"), plain + "㐀𠀀"},
		{"UTF-16", "", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String, plain), plain},
		{"Big5 by setting", "big5", encode(t, traditionalchinese.Big5.NewEncoder().String, "政府資訊公開"), "政府資訊公開"},
		{"unknown setting", "klingon", gbk(plain), plain},
		{"empty", "", "", ""},
	} {
		if got := string(toUTF8([]byte(tc.in), tc.site)); got != tc.want {
			t.Errorf("%s: got %.120q, want %.120q", tc.name, got, tc.want)
		}
	}
}

func FuzzToUTF8(f *testing.F) {
	f.Add([]byte(plain))
	f.Add([]byte("\xc4\xea\xb6\xc8"))
	f.Add([]byte("\xff\xfe\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		out := toUTF8(b, "")
		if !utf8.Valid(out) {
			t.Errorf("not UTF-8: %q", out)
		}
		if utf8.Valid(b) && !bytes.ContainsAny(b, "\x00\ufeff") && string(out) != string(b) {
			t.Errorf("valid UTF-8 was changed: %q to %q", b, out)
		}
		_, _ = sniff(b, "")
		_ = glanceAt(out)
		_ = looksWhole(b)
	})
}

func TestSniff(t *testing.T) {
	for _, tc := range []struct{ in, declared, want string }{
		{"%PDF-1.7\n", "text/html", "application/pdf"},
		{"\r\n%PDF-1.7\n", "application/pdf;charset=GBK", "application/pdf"},
		{"PK\x03\x04....", "application/octet-stream", "application/zip"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/pdf", "application/x-ole-storage"},
		{"{\\rtf1", "application/msword", "application/rtf"},
		{"\xff\xd8\xff\xe0", "", "image/jpeg"},
		{"<!DOCTYPE html><html>", "text/plain", "text/html"},
		{"<html>", "application/octet-stream", "text/html"},
		{"\xef\xbb\xbf  <!-- c --><HTML>", "", "text/html"},
		{"<li><a href='/art/1.html'>x</a></li>", "", "text/html"},
		{`{"success":true,"data":{"html":"<div>"}}`, "text/html", "application/json"},
		{`[1]`, "text/html", "application/json"},
		{`<?xml version="1.0"?><datastore><record/></datastore>`, "text/xml", "application/xml"},
		{`jQuery1({"a":1})`, "application/javascript", "application/javascript"},
		{"just words", "", "text/plain"},
		{"\x00\x01\x02", "text/html", "application/octet-stream"},
		{"", "", "text/plain"},
	} {
		if got, _ := sniff([]byte(tc.in), tc.declared); got != tc.want {
			t.Errorf("sniff(%.20q, %q) = %s, want %s", tc.in, tc.declared, got, tc.want)
		}
	}
}

// Reports write about firewalls, log-ins and deleted pages. They must pass.
func TestReportsAreNotTakenForRefusals(t *testing.T) {
	body := strings.Repeat("我局加强网站安全防护系统和Web应用防火墙建设，登录统一身份认证平台，发现页面不存在、404等问题及时整改。", 20)
	page := fmt.Sprintf("<html><head><title>2023年度报告</title><script>$_ts=window['$_ts'];</script></head><body><form><input type=password></form><p>%s</p></body></html>", body)
	g := glanceAt([]byte(page))
	if g.runes < refusalText {
		t.Fatalf("the page has %d characters only", g.runes)
	}
	j := &Job{Site: &Site{}, Kind: KindDocument}
	if code, why := judgePage(newTestRequest(t), j, g); code != "" {
		t.Errorf("judged %s: %s", code, why)
	}
}

func TestShortListsAreNotTakenForRefusals(t *testing.T) {
	page := `<html><head><title>政府信息公开年报</title></head><body>共404条 信息不存在0件<ul><li><a href="t1.html">示例局2023年政府信息公开工作年度报告</a></li></ul><a href="/login">登录</a></body></html>`
	j := &Job{Site: &Site{}, Kind: KindList}
	if code, why := judgePage(newTestRequest(t), j, glanceAt([]byte(page))); code != "" {
		t.Errorf("judged %s: %s", code, why)
	}
}
