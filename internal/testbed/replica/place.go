package replica

import (
	"slices"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// The years for which reports are due in this world: it is the summer of 2026.
const (
	firstYear = 2019
	lastYear  = 2025
)

// A place is one site and the bodies that publish on it.
type place struct {
	id, name, host string
	system         system
	bodies         []body

	menu  menu   // how the home page leads to the column; nil for a plain link
	words string // what it calls the column; empty for 政府信息公开年报
	home  string // the host of the home page, if that is another one
	code  string // SiteIDCode; empty for that of a place that does not exist
}

// A body is one agency: its reports from one year on, how they are published,
// and what is wrong with them.
type body struct {
	agency string // id in fixture.Agencies, or wuzhong
	from   int
	size   fixture.Size
	style  string         // of a report, if styles names none for its year
	styles map[int]string // by fiscal year
	errors map[int]fixture.Kind
	silent []int  // a government's report without a word on supervision
	late   []int  // published after the deadline
	none   []int  // never published
	again  []int  // published with an error and corrected at a second address
	stub   []int  // a page with nothing but a link to the file
	mended int    // on the night of corrections this report has right figures, at its old address
	odd    string // the way in which the reports are served, one of behaviours
	second bool   // on that night the last report has a second edition, with right figures
	sums   bool   // its figures hold those of the other bodies of its site, whose parent it is
	leaves []int  // but not their disputes
	former former // the name that it had before
}

const (
	wuzhong    = "640300-kjj"
	walledSite = "shili-ybj" // behind a challenge
)

var places = []place{
	{
		id: "shili", name: "示例市人民政府", host: "www.shili.example", system: trs,
		menu: twoSteps,
		bodies: []body{
			{agency: "990100-zf", from: 2019, size: fixture.City, style: "html-trs", errors: map[int]fixture.Kind{2023: fixture.Typo}},
			{agency: "990100-bgs", from: 2019, size: fixture.Medium, style: "html-trs-word", errors: map[int]fixture.Kind{2024: fixture.OtherProse}, mended: 2024},
			{agency: "990100-kjj", from: 2019, size: fixture.Small, style: "html-gbk-silent", late: []int{2021}, again: []int{2022}},
			{
				agency: "990100-czj", from: 2019, size: fixture.Medium, style: "pdf-lines", stub: []int{2023, 2024},
				errors: map[int]fixture.Kind{2022: fixture.CopiedText, 2025: fixture.BrokenFlow},
			},
			{
				agency: "990100-jyj", from: 2019, size: fixture.Medium, style: "html-split", styles: map[int]string{2021: "pdf-split", 2022: "pdf-boxes"},
				errors: map[int]fixture.Kind{2020: fixture.CopiedReport},
			},
			{
				agency: "990100-gaj", from: 2019, size: fixture.Large, style: "docx-plain", styles: map[int]string{2019: "docx-runs", 2020: "docx-simple"},
				errors: map[int]fixture.Kind{2022: fixture.ZeroTotal}, late: []int{2024},
			},
		},
	},
	{
		id: "shili-yangxian", name: "示例市样县人民政府", host: "www.yangxian.example", system: hanweb,
		menu: dropdown,
		bodies: []body{
			{agency: "990121-zf", from: 2022, size: fixture.Large, style: "html-jcms", errors: map[int]fixture.Kind{2024: fixture.BrokenSum}, sums: true, leaves: []int{2023}},
			{agency: "990121-jyj", from: 2022, size: fixture.Medium, style: "html-jcms-wps", none: []int{2025}},
			{agency: "990121100000-zf", from: 2022, size: fixture.Empty, style: "html-nested", errors: map[int]fixture.Kind{2025: fixture.TownRules}},
		},
	},
	{
		id: "shili-lixian", name: "示例市例县人民政府", host: "www.lixian.example", system: gkmlpt,
		menu: treed,
		bodies: []body{
			{agency: "990122-zf", from: 2022, size: fixture.Large, style: "html-gkmlpt", errors: map[int]fixture.Kind{2025: fixture.BrokenRow}, second: true},
			{
				agency: "990122-czj", from: 2022, size: fixture.Medium, style: "html-one-table", errors: map[int]fixture.Kind{2025: fixture.BrokenCarry},
				former: former{name: "示例市例县财政国资局", date: "2024-03-15", year: 2024},
			},
			{agency: "990122100000-zf", from: 2022, size: fixture.Small, style: "html-uneven", silent: []int{2024}},
		},
	},
	{
		id: "shili-dianqu", name: "示例市典区人民政府", host: "www.dianqu.example", system: vsb,
		menu: framed,
		bodies: []body{
			{agency: "990123-zf", from: 2022, size: fixture.Large, style: "html-vsb", errors: map[int]fixture.Kind{2024: fixture.ShiftedRow}},
			{agency: "990123100000-zf", from: 2022, size: fixture.Empty, style: "html-vsb-word"},
		},
	},
	{
		id: "shili-jtj", name: "示例市交通运输局", host: "jtj.shili.example", system: ucap,
		menu: clicked,
		bodies: []body{
			{
				agency: "990100-jtj", from: 2019, size: fixture.Medium, style: "html-ucap", styles: map[int]string{2021: "html-ucap-heads", 2022: "html-mobile-copy"},
				errors: map[int]fixture.Kind{2024: fixture.BrokenStock},
			},
		},
	},
	{
		id: "shili-slj", name: "示例市水利局", host: "slj.shili.example", system: plain,
		menu: pictured1,
		bodies: []body{
			{
				agency: "990100-slj", from: 2019, size: fixture.Medium, style: "docx-uneven", styles: map[int]string{2019: "html-textarea", 2020: "html-fonts", 2021: "docx-items"},
				errors: map[int]fixture.Kind{2023: fixture.FeeInYuan},
			},
		},
	},
	{
		id: "shili-bm", name: "示例市市直部门", host: "bm.shili.example", system: roster,
		menu: scripted, words: "2025年度政府信息公开工作年度报告公布情况",
		bodies: []body{
			{agency: "990100-fgw", from: 2025, style: "pdf-lines", odd: "PDF sent as text/html"},
			{agency: "990100-mzj", from: 2025, style: "pdf-boxes", odd: "PDF sent as octet-stream"},
			{agency: "990100-sfj", from: 2025, style: "html-trs", odd: "HTML sent as text/plain"},
			{agency: "990100-rsj", from: 2025, style: "html-vsb", odd: "redirect within the site"},
			{agency: "990100-zrj", from: 2025, style: "html-jcms", odd: "meta refresh"},
			{agency: "990100-hbj", from: 2025, style: "html-gbk-silent", odd: "GBK, and the header lies"},
			{agency: "990100-zjj", from: 2025, style: "html-trs", odd: "redirect loop"},
			{agency: "990100-nyj", from: 2025, style: "html-trs", odd: "redirect to the home page"},
			{agency: "990100-wlj", from: 2025, style: "html-trs", odd: "file of no bytes"},
			{agency: "990100-wjw", from: 2025, style: "pdf-lines", odd: "DOCX named .pdf"},
			{agency: "990100-tjj", from: 2025, style: "html-trs", odd: "tables as pictures"},
			{agency: "990100-sjj", from: 2025, style: "pdf-lines", odd: "scan without a text layer"},
			{agency: "990100-scj", from: 2025, style: "html-trs", none: []int{2025}},
		},
	},
	{
		id: "dianqu-jyj", name: "示例市典区教育局", host: "jyj.dianqu.example", system: numbered,
		menu:   mapped,
		bodies: []body{{agency: "990123-jyj", from: 2023, style: "html-last-head-empty"}},
	},
	{
		id: "dianqu-mzj", name: "示例市典区民政局", host: "mzj.dianqu.example", system: hanweb2,
		menu:   listed,
		bodies: []body{{agency: "990123-mzj", from: 2023, style: "html-jcms"}},
	},
	{
		id: "dianqu-zrj", name: "示例市典区自然资源局", host: "zrj.dianqu.example", system: disguised,
		menu:   included,
		bodies: []body{{agency: "990123-zrj", from: 2023, style: "html-attribute"}},
	},
	{
		id: "dianqu-nyj", name: "示例市典区农业农村局", host: "nyj.dianqu.example", system: queried,
		bodies: []body{{agency: "990123-nyj", from: 2023, style: "html-utf8-liar"}},
	},
	{
		id: walledSite, name: "示例市医疗保障局", host: "ybj.shili.example", system: walled,
		bodies: []body{{agency: "990100-ybj", from: 2025, none: []int{2025}}},
	},
	{
		id: "wuzhong-kjj", name: "吴忠市科学技术局", host: "www.wuzhong.example", system: plain,
		menu: hidden, code: "6403000001",
		bodies: []body{{agency: wuzhong, from: 2023, size: fixture.Empty, style: "html-trs"}},
	},
	{
		id: "yangxian-bm", name: "示例市样县县直部门", host: "zwgk.yangxian.example", system: empire,
		home: "bm.yangxian.example", words: "部门年报",
		bodies: []body{
			{agency: "990121-mzj", from: 2022, size: fixture.Small, style: "html-trs"},
			{agency: "990121-czj", from: 2022, size: fixture.Medium, style: "html-vsb"},
		},
	},
	{
		id: "lixian-jyj", name: "示例市例县教育局", host: "jyj.lixian.example", system: nfcms,
		menu: twoSteps, words: "年度报告",
		bodies: []body{{agency: "990122-jyj", from: 2022, size: fixture.Small, style: "html-gkmlpt"}},
	},
}

// agencyOf returns the agency with that id, as it stands at a site. Its parent
// is left out, unless that sums up the bodies of the site: the figures of all
// others are drawn each by itself and do not add up.
func agencyOf(id string, p place) (gongkai.Agency, bool) {
	if id == wuzhong {
		return gongkai.Agency{ID: id, Name: "吴忠市科学技术局", Level: gongkai.Prefecture, Type: gongkai.Department, Region: "640300"}, true
	}
	for _, a := range fixture.Agencies() {
		if a.ID == id {
			if !slices.ContainsFunc(p.bodies, func(b body) bool { return b.sums && b.agency == a.Parent }) {
				a.Parent = ""
			}
			return a, true
		}
	}
	return gongkai.Agency{}, false
}
