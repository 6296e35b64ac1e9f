package replica

import (
	"encoding/base64"
	"fmt"
	"net/url"
)

// paged makes a system of ordinary pages. at is the address of page k, counted
// from 1; pager is what page k of n says of the others, an empty string if it
// says nothing.
func paged(platform, article string, size int, at func(k int) string, pager func(k, n int) string) system {
	return system{
		platform: platform, column: at(1),
		article: func(e *entry) string { return fmt.Sprintf(article, 100+e.serial) },
		lists: func(h *web, entries []*entry) {
			parts := pagesOf(entries, size)
			for i, part := range parts {
				h.pages[at(i+1)] = h.list(append(items(part), pager(i+1, len(parts)))...)
			}
		},
	}
}

// plain is a site of no known system: a list with 下一页.
var plain = paged("generic", "/show/%d.html", 4, folderPage, next(folderPage))

// numbered has pages 1.html, 2.html … and says how many.
var numbered = paged("numbered", "/show/%d.html", 2,
	func(k int) string { return fmt.Sprintf("/zfxxgknb/%d.html", k) },
	func(_, n int) string { return fmt.Sprintf("<p>共%d页</p>", n) })

// hanweb2 is the newer Hanweb system.
var hanweb2 = paged("hanweb2", "/col/4039_446643/art/17356608/1736ffO7D%d.html", 2,
	func(k int) string {
		if k == 1 {
			return "/col/18073_668815/index.html"
		}
		return fmt.Sprintf("/col/18073_668815/index_%d.html", k-1)
	},
	func(_, n int) string { return fmt.Sprintf("<p>共%d页</p>", n) })

// disguised hides its pager in base64.
var disguised = paged("base64", "/show/%d.html", 2, folderPage, func(k, n int) string {
	hidden := base64.StdEncoding.EncodeToString([]byte(url.PathEscape(next(folderPage)(k, n))))
	return `<div id="pages"></div><script>document.write(atob("` + hidden + `"))</script>`
})

// queried is ASP.NET of the plainer kind: the page stands in the query.
var queried = paged("aspnet", "/show/%d.html", 2,
	func(k int) string { return fmt.Sprintf("/Info.aspx?cid=1&page=%d&kw=", k) },
	func(k, n int) string {
		if k == n {
			return ""
		}
		return fmt.Sprintf(`<a href="?cid=1&page=%d&kw=">%[1]d</a>`, k+1)
	})

// folderPage is the address of a page in the folder /nb/.
func folderPage(k int) string {
	if k == 1 {
		return "/nb/"
	}
	return fmt.Sprintf("/nb/p%d.html", k)
}

// next is a pager of one link.
func next(at func(k int) string) func(k, n int) string {
	return func(k, n int) string {
		if k == n {
			return `<span>末页</span>`
		}
		return fmt.Sprintf(`<a href="%s">下一页</a>`, at(k+1))
	}
}

// walled is a site behind a challenge that only a browser passes.
var walled = system{
	platform: "generic", column: "/nb/",
	article: func(e *entry) string { return fmt.Sprintf("/show/%d.html", 100+e.serial) },
	lists: func(h *web, _ []*entry) {
		h.pages["/nb/"] = answer{status: 521, typ: "text/html", body: []byte(`<script>document.cookie="__jsl_clearance="+challenge();location.href=location.pathname</script>`)}
	},
}
