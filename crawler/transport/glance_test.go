package transport

import (
	"bytes"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// tokenizerGlance is glanceAt by the tokenizer alone: what it must agree with.
func tokenizerGlance(page []byte) glance {
	var g glance
	var title, text strings.Builder
	hidden, inTitle := 0, false
	z := html.NewTokenizer(bytes.NewReader(page))
	for g.runes < refusalText {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		switch kind {
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, attrs := z.TagName()
			step := map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind]
			switch string(name) {
			case "script", "style", "noscript":
				hidden = max(0, hidden+step)
			case "title":
				inTitle = step > 0
			case "input":
				g.password = g.password || attrs && hasPasswordType(z)
			}
		case html.TextToken:
			switch t := z.Text(); {
			case inTitle:
				title.Write(t)
			case hidden == 0:
				text.Write(t)
				text.WriteByte(' ')
				for _, r := range string(t) {
					if !unicode.IsSpace(r) {
						g.runes++
					}
				}
			}
		}
	}
	g.title, g.text = strings.TrimSpace(title.String()), text.String()
	return g
}

// fragments are what pages are made of, and what breaks readers of pages.
var fragments = []string{
	"<!DOCTYPE html>", "<html>", "<title>", "</title>", "<TITLE >", "</Title\n>", "年度报告", "&nbsp;&amp;&#24180", "&lt", ";", " ", "\r\n", "\r", "　", "\u00a0", "\x00",
	"<p>", "</p>", "<p class=\"a>b\" id='c>d' e=f>g checked>", "<br/>", "<a href=/>", "<a href=x/>", "<a =\"x>", "<a / b = \">\" c=\">", "\"", "'", ">", "<", "=", "/", "-", "!",
	"<script>", "</script>", "<script src=x></script>", "<script/>", "<!--", "-->", "--!>", "<!-->", "<!--->", "<!x>", "<?xml?>", "</ x>", "</>", "</", "<![CDATA[x]]>",
	"<style>a<b</style>", "</style>", "<noscript>", "</noscript>", "<textarea>&amp;<p>", "</textarea>", "<xmp>", "</xmp>", "<iframe>", "</iframe>", "<plaintext>",
	"<input type=password>", "<INPUT TYPE='Password'/>", "<input>", "</input type=password>", "<o:p>", "</o:p>", "<my-tag\tx>", "<a\x00b>", "<ſcript>", "<p\f>", "<h1>标题</h1>", "<1>", "<é>", "<",
}

func TestGlanceSeesWhatTheTokenizerSees(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString(fragments[r.IntN(len(fragments))])
		}
		if r.IntN(50) == 0 { // more than the eye asks the tokenizer for piece by piece
			b.WriteString(strings.Repeat("<!---->"+fragments[r.IntN(len(fragments))], 70))
		}
		page := []byte(b.String())
		if got, want := glanceAt(page), tokenizerGlance(page); got != want {
			t.Fatalf("%q:\ngot  %+v\nwant %+v", page, got, want)
		}
	}
}

func FuzzGlance(f *testing.F) {
	for _, s := range fragments {
		f.Add([]byte("<p>" + s + "x</p>"))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		if got, want := glanceAt(page), tokenizerGlance(page); got != want {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

func TestHintsAreFoundWhereTheyStand(t *testing.T) {
	phrases := []string{"he", "she", "his", "hers", "不存在", "存在", "404"}
	h := newHintSet(phrases)
	r := rand.New(rand.NewPCG(3, 4))
	letters := []string{"h", "e", "S", "i", "r", "H", "不", "存", "在", "4", "0", " ", "\xe5"}
	for range 20_000 {
		var b strings.Builder
		for range r.IntN(12) {
			b.WriteString(letters[r.IntN(len(letters))])
		}
		s := b.String()
		cut := r.IntN(len(s) + 1)
		got := h.in(s[:cut], s[cut:])
		for i, p := range phrases {
			if want := strings.Contains(strings.ToLower(s), p); want != (got>>i&1 == 1) {
				t.Fatalf("%q in %q: found is %v", p, s, !want)
			}
		}
	}
}

// A pattern that can match where none of its hints stands would be lost.
func TestHintsCoverTheirPatterns(t *testing.T) {
	for _, s := range []string{
		"创宇盾", "yunaq.com", "365cyd", "WEB应用防火墙", "网站防火墙", "网站安全狗", "云防护", "安全防护系统", "请求可能存在威胁", "访问已被拦截", "请求被阻断", "访问被拒绝",
		"访问过于频繁", "Access DENIED", "request Blocked",
	} {
		if newReading(glance{text: s}).firewall() == "" {
			t.Errorf("%s is not recognised", s)
		}
	}
	for _, s := range []string{
		"页面不存在", "网页未找到", "文件已找不到", "栏目无法找到", "文章已被删除", "地址已删除", "找不到该页", "您访问的内容已失效", "您查找的不存在", "错误：404", "404 NOT FOUND", "404",
		"Not Found", "无法找到该网页", "HTTP 404", "404页面",
	} {
		if newReading(glance{text: s}).notFound(s) == "" {
			t.Errorf("%s is not recognised", s)
		}
	}
}

func TestAsksForFile(t *testing.T) {
	for address, want := range map[string]bool{
		"http://a/x.pdf": true, "http://a/x.PDF?y": true, "http://a/x.pdf.html": false, "http://a/get?file=x.docx&y=1": true, "http://a/get?file=x.docxx": false,
		"http://a/x.et": true, "http://a/pdf": false, "http://a/x.": false, "http://a.pdf/": false, "http://a/?x=1.zip": true, "http://a/x.html": false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if asksForFile(u) != want {
			t.Errorf("%s: want %v", address, want)
		}
	}
}
