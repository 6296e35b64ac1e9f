package replica

import "fmt"

// plain is a site of no known system: a list with 下一页.
var plain = system{
	platform: "generic", column: "/nb/",
	article: func(e *entry) string { return fmt.Sprintf("/show/%d.html", 100+e.serial) },
	lists: func(h *web, entries []*entry) {
		parts := pagesOf(entries, 4)
		for k, part := range parts {
			lines := items(part)
			if k+1 < len(parts) {
				lines = append(lines, fmt.Sprintf(`<a href="/nb/p%d.html">下一页</a>`, k+2))
			}
			if k == 0 {
				h.pages["/nb/"] = h.list(lines...)
			} else {
				h.pages[fmt.Sprintf("/nb/p%d.html", k+1)] = h.list(lines...)
			}
		}
	},
}
