package replica

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Portals adds n portals that publish no annual report on disclosure, to a world
// that is not yet shown: they have what may be taken for one. It returns their
// home pages.
func (w *World) Portals(n int) []Home {
	var homes []Home
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 14))
		h := newWeb(place{name: "示例市" + twoHan(i) + "县人民政府", host: fmt.Sprintf("www.portal%d.example", i)})
		h.portal(r)
		w.host(h)
		homes = append(homes, Home{ID: fmt.Sprintf("portal%d", i), URL: h.url("/")})
	}
	return homes
}

// A lure is a column that speaks of years or reports and has none of ours.
type lure struct{ words, path, title string }

var lures = []lure{
	{"政府网站工作年度报表", "/wznb/", "%s政府网站工作年度报表（%d年度）"},
	{"法治政府建设年度报告", "/fzzfjs/", "%s%d年度法治政府建设情况报告"},
	{"政府工作报告", "/zfgzbg/", "%s%d年政府工作报告"},
	{"统计年报", "/tjnb/", "%s%d年国民经济和社会发展统计公报"},
	{"部门决算", "/bmjs/", "%s财政局%d年度部门决算公开"},
	{"年报", "/nianbao/", "%s第一中学%d—学年信息公开年度报告"},
	{"年度报告", "/qynb/", "%s城市建设投资有限公司%d年年度报告"},
	{"企业年报公示", "/qiyenb/", "%s供水公司%d年度企业年报"},
	{"住房公积金年度报告", "/gjj/", "%s住房公积金%d年年度报告"},
	{"信息公开年报编制要求", "/yaoqiu/", "关于做好%s%d年政府信息公开工作年度报告编制工作的通知"},
	{"政府信息公开指南", "/zn/", "%s政府信息公开指南（%d年版）"},
	{"依申请公开", "/ysq/", "%s依申请公开%d年办理统计"},
}

// portal writes the pages of one: a home page, a section, and lures.
func (h *web) portal(r *rand.Rand) {
	place := strings.TrimSuffix(h.place.name, "人民政府")
	way := menus[r.IntN(len(menus))]
	var section []string
	for _, k := range r.Perm(len(lures))[:4+r.IntN(5)] {
		l := lures[k]
		var rows []string
		for year := lastYear; year > lastYear-3-r.IntN(4); year-- {
			rows = append(rows, fmt.Sprintf(`<li><a href="%s%d/t%d0120_%d.html">%s</a><span>%d-01-20</span></li>`,
				l.path, year+1, year+1, 1000+k, fmt.Sprintf(l.title, place, year), year+1))
		}
		h.pages[l.path] = page(h.frame("<ul>" + strings.Join(rows, "\n") + "</ul>"))
		section = append(section, "<li>"+anchor(l.path, l.words)+"</li>")
	}
	units := []string{`<table><tr><td>单位名称</td><td>电话</td><td>网址</td></tr>`}
	for k, u := range []string{"教育局", "财政局", "民政局", "住房和城乡建设局"} {
		units = append(units, fmt.Sprintf(`<tr><td>%s%s</td><td>0900-123450%d</td><td><a href="/jg/%d.html">查看</a></td></tr>`, place, u, k, k))
	}
	h.pages["/jgsz/"] = page(h.frame(strings.Join(append(units, "</table>"), "\n")))
	section = append(section, "<li>"+anchor("/jgsz/", "政府部门信息公开")+"</li>")
	h.pages["/xxgk/"] = page(h.frame("<ul>" + strings.Join(section, "\n") + "</ul>"))
	h.pages["/"] = page(h.frame(way(h, "/xxgk/", "政府信息公开")))
}

// twoHan names places: different for each number below 1,600.
func twoHan(n int) string {
	letters := []rune("安宁平昌和清永兴隆泰德福嘉丰荣华新明光远长青云阳山河江海林源泉石金玉龙凤东西南北")
	return string([]rune{letters[n/len(letters)%len(letters)], letters[n%len(letters)]})
}
