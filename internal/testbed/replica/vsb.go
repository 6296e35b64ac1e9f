package replica

import "fmt"

// vsb is VSB: the numbers of further pages fall, the last page is 1.
var vsb = system{
	platform: "vsb", column: "/xxgk/nb.htm",
	article: func(e *entry) string { return fmt.Sprintf("/info/1216/%d.htm", 1600+e.serial) },
	lists: func(h *web, entries []*entry) {
		parts := pagesOf(entries, 4)
		for k, part := range parts {
			lines := items(part)
			if k+1 < len(parts) {
				lines = append(lines, fmt.Sprintf(`<a href="/xxgk/nb/%d.htm">下页</a><a href="/xxgk/nb/1.htm">尾页</a>`, len(parts)-k-1))
			}
			if k == 0 {
				h.pages["/xxgk/nb.htm"] = h.list(lines...)
			} else {
				h.pages[fmt.Sprintf("/xxgk/nb/%d.htm", len(parts)-k)] = h.list(lines...)
			}
		}
	},
}
