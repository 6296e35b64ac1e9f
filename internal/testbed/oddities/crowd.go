package oddities

import (
	"fmt"
	"strings"
)

// crowd are sites of many agencies, and names and years that clash.
func crowd() []Case {
	agency := func(id, name string) string {
		return fmt.Sprintf("[[agency]]\nid = %q\nname = %q\nlevel = \"prefecture\"\ntype = \"department\"\n", id, name)
	}
	titled := func(titles ...string) string {
		var b strings.Builder
		for i, t := range titles {
			fmt.Fprintf(&b, `<li><a href="%s">%s</a></li>`, show(i+1), t)
		}
		return "<ul>" + b.String() + "</ul>"
	}
	untitled := func(n int) Pages { // whose pages say nothing themselves
		p := Pages{}
		for _, i := range upTo(n) {
			p[show(i)] = send(fmt.Sprintf("<html><body><p>一、总体情况 %d</p></body></html>", i))
		}
		return p
	}
	clash := untitled(3)
	clash["/nb/"] = send(titled("财政局2023年政府信息公开工作年度报告", "示例市财政局2023年政府信息公开工作年度报告", "示例县财政局2023年政府信息公开工作年度报告"))
	wrong := untitled(2)
	wrong["/nb/"] = send(titled("示例市财政局2022年政府信息公开工作年度报告", "示例市财政局政府信息公开工作年度报告"))
	own := untitled(1)
	own["/nb/"] = send(titled("示例市财政局政府信息公开工作年度报告"))
	own[show(1)] = report(1)
	others := untitled(1)
	others["/nb/"] = send(titled("示例县财政局2023年政府信息公开工作年度报告"))
	two := agency("990100-czj", "示例市财政局") + agency("990101-czj", "示例县财政局")
	return []Case{
		{
			Number: 25, Name: "two agencies with one short name", Platform: "generic", Column: "/nb/", Site: two, Pages: clash,
			Want: captured(3), Notes: []string{"unmatched " + show(1)},
			Filed: map[string]string{
				show(1): "- 2023 财政局2023年政府信息公开工作年度报告",
				show(2): "990100-czj 2023 示例市财政局2023年政府信息公开工作年度报告",
				show(3): "990101-czj 2023 示例县财政局2023年政府信息公开工作年度报告",
			},
		},
		{
			Number: 25, Name: "another year, or none, in the title of a column of 2023", Platform: "generic", Column: "/nb/", Site: "year = 2023\n" + two, Pages: wrong,
			Want: captured(2), Notes: []string{"year " + show(1)},
			Filed: map[string]string{
				show(1): "990100-czj 2022 示例市财政局2022年政府信息公开工作年度报告",
				show(2): "990100-czj 2023 示例市财政局政府信息公开工作年度报告",
			},
		},
		{
			Number: 25, Name: "no year in the list, one in the page's own title", Platform: "generic", Column: "/nb/", Site: two, Pages: own,
			Want: captured(1), Filed: map[string]string{show(1): "990100-czj 2023 示例市财政局政府信息公开工作年度报告"},
		},
		{
			Number: 25, Name: "a report in the list of another agency", Platform: "generic", Column: "/nb/", Site: "agency = \"990100-czj\"\n" + two, Pages: others,
			Want: captured(1), Filed: map[string]string{show(1): "990101-czj 2023 示例县财政局2023年政府信息公开工作年度报告"},
		},
		neighbours(),
	}
}

// neighbours are a host with 300 agencies, and five hosts at one address.
func neighbours() Case {
	c := Case{
		Number: 27, Name: "300 agencies on one host, five hosts at one IP address", Platform: "generic", Column: "/nb/",
		Pages: Pages{"/nb/": list("", upTo(300)...)}.with(299), Want: captured(299, "problem:status "+show(300)),
	}
	for i := range 5 {
		host := fmt.Sprintf("bureau%d.oddities.example", i+1)
		c.Neighbours = append(c.Neighbours, host)
		c.Pages["//"+host+"/nb/"] = list("", upTo(5)...)
		for _, n := range upTo(5) {
			c.Pages["//"+host+show(n)] = report(n)
			c.Want = append(c.Want, "new http://"+host+show(n))
		}
		c.Pages["//"+host+show(5)] = to(302, show(1)) // the delay holds through redirects
	}
	c.Pages[show(300)] = status(503, "", "Retry-After", "1") // and through retries
	return c
}
