package replica

import (
	"fmt"
	"net/http"
)

// A Quirk is a link that is no plain report, or one served in an odd way, and what a crawl must make of it.
type Quirk struct {
	Name string // the behaviour, such as "soft 404"
	URL  string
	Want string // a result of the crawler, a failure kind or a reason to skip
	// Problem is the code of the problem that reading it gives; empty if it
	// is read, or not captured.
	Problem string
}

// mirror is a foreign host with altered figures. It must never be asked.
const mirror = "mirror.invalid"

// captchaPage is where the walled site asks its visitor to prove to be a person.
const captchaPage = "/show/captcha.html"

// redesigned is the site that has a new look on the night of that name.
const redesigned = "shili-yangxian"

// quirks adds the links of a site that are no plain reports.
func (h *web) quirks(w *World) {
	note := func(name, want string, e entry) {
		made := h.add(e)
		w.Quirks = append(w.Quirks, Quirk{name, h.url(h.addressOf(made)), want, ""})
	}
	missing := func(name, want string, e entry, id string) {
		a, _ := agencyOf(id, h.place)
		e.title, e.date, e.year = fmt.Sprintf("%s%d年政府信息公开工作年度报告", a.Name, lastYear), fmt.Sprintf("%d-01-20", lastYear+1), lastYear
		note(name, want, e)
		h.agencies = append(h.agencies, a)
		w.miss(h, Edition{id, lastYear})
	}
	none := page("<html><head><title>提示</title></head><body><p>通知正文。</p></body></html>")
	switch h.place.id {
	case "shili":
		note("notice about reports", "notice", entry{title: "关于做好2024年政府信息公开工作年度报告编制发布工作的通知", date: "2024-12-20", year: 2024, answer: &none})
		note("website report", "website", entry{title: "示例市人民政府网站工作年度报表（2023年度）", date: "2024-01-30", year: 2023, answer: &none})
		note("guide", "other", entry{title: "示例市政府信息公开指南", date: "2023-05-04", year: 2022, answer: &none})
	case walledSite:
		w.Quirks = append(w.Quirks, Quirk{"challenge page", h.url(h.place.system.column), "challenge", ""})
		h.pages[captchaPage] = page(`<html><head><title>安全验证</title></head><body><div id="captcha"><p>请按住滑块，拖动到最右边</p></div><script src="/captcha/slider.js"></script></body></html>`)
		w.Quirks = append(w.Quirks, Quirk{"captcha page", h.url(captchaPage), "captcha", ""})
		w.Held = append(w.Held, walledSite)
	case "shili-lixian":
		missing("dead link", "gone", entry{answer: &answer{status: http.StatusNotFound, typ: "text/html", body: []byte("<html><title>404</title></html>")}}, "990122-tjj")
	case "shili-yangxian":
		missing("soft 404", "soft404", entry{answer: soft404()}, "990121-tjj")
	case "shili-dianqu":
		h.robots = "User-agent: *\nDisallow: /inner/\n"
		missing("robots.txt says no", "robots", entry{behind: "/inner/1700.htm", answer: &none}, "990123-czj")
		missing("redirect off the site", "off_site", entry{answer: &answer{status: http.StatusFound, header: http.Header{"Location": {"http://" + mirror + "/report.html"}}}}, "990123-tjj")
	}
}

func soft404() *answer {
	a := page("<html><head><title>页面不存在</title></head><body><p>您访问的页面不存在或已被删除。</p></body></html>")
	return &a
}

// mirrorWeb serves a report with altered figures on the foreign host.
func mirrorWeb() *web {
	h := newWeb(place{id: "mirror", host: mirror})
	h.pages["/report.html"] = page("<html><body>示例市典区统计局2024年政府信息公开工作年度报告</body></html>")
	return h
}

// redesign moves the list of a site to where its declaration does not look
// and leaves a page in a new style behind.
func (h *web) redesign() {
	h.pages[h.place.system.column] = page(`<html><head><title>全新改版</title></head><body><div id="app" data-view="annual"></div><script src="/static/app.js"></script></body></html>`)
}
