package replica

import (
	"fmt"
	"html"
)

// roster is a page that lists the obliged units with their reports
// (年度报告公布情况); those without one have no link.
var roster = system{
	platform: "roster", column: "/zfxxgk/gbqk.html",
	article: func(e *entry) string { return fmt.Sprintf("/zfxxgk/show/%d.html", 300+e.serial) },
	lists: func(h *web, entries []*entry) {
		lines := []string{`<table border="1"><tr><td>序号</td><td>单位名称</td><td>年度报告</td><td>是否按时</td></tr>`}
		for _, e := range entries {
			lines = append(lines, fmt.Sprintf(`<tr><td>%d</td><td>%s</td><td><a href="%s">查看</a></td><td>是</td></tr>`,
				len(lines), html.EscapeString(e.report.Agency.Name), html.EscapeString(e.address)))
		}
		for _, name := range h.silent {
			lines = append(lines, fmt.Sprintf(`<tr><td>%d</td><td>%s</td><td>未公布</td><td>否</td></tr>`, len(lines), html.EscapeString(name)))
		}
		h.pages[h.place.system.column] = h.list(append(lines, "</table>")...)
	},
}
