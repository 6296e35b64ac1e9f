package replica

import (
	"fmt"
	"strings"
)

// A menu leads from a home page to the column of a site, in one of the ways that
// portals have. It returns what stands on the home page and writes the pages
// between.
type menu func(h *web, column, words string) string

// menus are the ways, in the order in which generated sites take them.
var menus = []menu{twoSteps, dropdown, pictured1, framed, scripted, clicked, mapped, listed, included, plainLink}

func anchor(to, words string) string { return fmt.Sprintf(`<a href="%s">%s</a>`, to, words) }

func plainLink(_ *web, column, words string) string { return anchor(column, words) }

// twoSteps has a page of the disclosure section between.
func twoSteps(h *web, column, words string) string {
	h.pages["/zwgk/"] = page(h.frame(`<ul><li>` + anchor("/zwgk/zn.html", "政府信息公开指南") + `</li><li>` + anchor("/zwgk/wznb/", "政府网站工作年度报表") +
		`</li><li>` + anchor(column, words) + `</li></ul>`))
	return anchor("/zwgk/", "政务公开")
}

func dropdown(_ *web, column, words string) string {
	return fmt.Sprintf(`<select onchange="location.href=this.value"><option value="">请选择</option><option value="/zwgk/ysjs/index.html">部门预决算</option><option value="%s">%s</option></select>`, column, words)
}

func pictured1(_ *web, column, words string) string {
	return fmt.Sprintf(`<a href="%s"><img src="/images/nb.png" alt="%s"></a>`, column, words)
}

func framed(h *web, column, words string) string {
	h.pages["/nav.htm"] = page("<html><body>" + anchor(column, words) + "</body></html>")
	return `<iframe src="/nav.htm" width="100%"></iframe>`
}

func scripted(h *web, column, words string) string {
	h.pages["/js/menu.js"] = answer{typ: "application/javascript", body: fmt.Appendf(nil, `document.write("<li><a href=\"%s\" target=\"_blank\">%s<\/a><\/li>");`, column, words)}
	return `<script src="/js/menu.js"></script>`
}

func clicked(_ *web, column, words string) string {
	return fmt.Sprintf(`<div class="item" onclick="window.location.href='%s'">%s</div>`, column, words)
}

func mapped(_ *web, column, words string) string {
	return fmt.Sprintf(`<img src="/images/top.jpg" usemap="#top"><map name="top"><area shape="rect" coords="0,0,90,30" href="%s" alt="%s"></map>`, column, words)
}

// listed has the menu as data of an inline script.
func listed(_ *web, column, words string) string {
	return fmt.Sprintf(`<div id="menu"></div><script>var menu=[{"name":"领导之窗","url":"/ldzc/"},{"name":"%s","url":"%s"}];render(menu);</script>`, words, column)
}

func included(h *web, column, words string) string {
	h.pages["/inc/nav.html"] = page("<ul><li>" + anchor(column, words) + "</li></ul>")
	return `<div id="nav"></div><script>$("#nav").load("/inc/nav.html");</script>`
}

// treed leads to a catalogue of the gkmlpt system, whose categories stand in a tree.
func treed(*web, string, string) string { return anchor("/gkmlpt/index", "政府信息公开") }

// hidden leads nowhere: the column stands at a usual address.
func hidden(*web, string, string) string { return "<p>欢迎访问。</p>" }

// home publishes the home page, on the host that has it.
func (h *web) home() {
	way := h.place.menu
	if way == nil {
		way = plainLink
	}
	words := h.place.words
	if words == "" {
		words = "政府信息公开年报"
	}
	column := h.place.system.column
	if h.place.home != "" {
		column = h.url(column)
	}
	body := page(h.frame(way(h, column, words)))
	if h.place.home == "" {
		h.pages["/"] = body
		return
	}
	h.pages["/"] = page(h.frame("<p>信息公开平台</p>"))
	h.front = newWeb(place{name: h.place.name, host: h.place.home})
	h.front.pages["/"] = body
}

// frame puts a body into the page that all pages of a portal have: with links
// that lead to no report.
func (h *web) frame(body string) string {
	code := h.place.code
	if code == "" {
		code = "9901000001"
	}
	var traps strings.Builder
	for _, t := range [][2]string{{"/ldzc/", "领导之窗"}, {"/xwzx/", "新闻中心"}, {"/bsfw/", "办事服务"}, {"/hdjl/", "互动交流"}} {
		fmt.Fprintf(&traps, "<li>%s</li>", anchor(t[0], t[1]))
	}
	return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="` + h.place.name + `"><meta name="SiteIDCode" content="` + code +
		`"><title>` + h.place.name + `门户网站</title></head><body><ul class="nav">` + traps.String() + "</ul>\n" + body + "\n" +
		`<div class="footer">主办单位：` + h.place.name + `</div></body></html>`
}
