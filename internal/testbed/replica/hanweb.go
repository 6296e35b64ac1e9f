package replica

import (
	"fmt"
	"strings"
)

// hanweb is Hanweb jcms: entries in a datastore inside a script, further ones
// from a proxy page.
var hanweb = system{
	platform: "hanweb", column: "/col/col77/index.html",
	article: func(e *entry) string {
		return fmt.Sprintf("/art/%s/art_77_%d.html", hanwebDay(e.date), 5000+e.serial)
	},
	lists: func(h *web, entries []*entry) {
		const next = "/module/web/jpage/dataproxy.jsp?page=%d&webid=73&columnid=77&unitid=764752&webname=%%25E7%%25A4%%25BA"
		parts := pagesOf(entries, 6)
		for k, part := range parts {
			var b strings.Builder
			b.WriteString("<datastore>")
			if k+1 < len(parts) {
				fmt.Fprintf(&b, `<nextgroup><![CDATA[<a href="`+next+`"></a>]]></nextgroup>`, k+1)
			}
			b.WriteString("<recordset>")
			for _, e := range part {
				fmt.Fprintf(&b, "<record><![CDATA[%s]]></record>", item(e, e.address))
			}
			b.WriteString("</recordset></datastore>")
			if k == 0 {
				h.pages[h.place.system.column] = h.list(`<div><script type="text/xml">` + b.String() + `</script></div>`)
			} else {
				h.pages[fmt.Sprintf(next, k)] = page(b.String())
			}
		}
	},
}

// hanwebDay writes 2024-01-29 as 2024/1/29.
func hanwebDay(date string) string {
	return strings.ReplaceAll(strings.ReplaceAll(date, "-0", "-"), "-", "/")
}
