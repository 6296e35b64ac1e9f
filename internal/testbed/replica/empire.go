package replica

import "fmt"

// empire is EmpireCMS (帝国): ordinary pages, a folder a day, and a pager that
// prints how many entries there are.
var empire = system{
	platform: "empire", column: "/xxgk/nb/",
	article: func(e *entry) string { return fmt.Sprintf("/xxgk/nb/%s/%d.html", e.date, 70+e.serial) },
	lists: func(h *web, entries []*entry) {
		h.indexed("/xxgk/nb/", 3, entries, fmt.Sprintf(`<a title="Total record">&nbsp;<b>%d</b> </a>`, len(entries)))
	},
}

// nfcms is NFCMS (南方): the same, with assets that tell it.
var nfcms = system{
	platform: "nfcms", column: "/zwgk/ndbg/",
	article: func(e *entry) string { return fmt.Sprintf("/zwgk/content/post_%d.html", 440+e.serial) },
	lists: func(h *web, entries []*entry) {
		h.indexed("/zwgk/ndbg/", 2, entries, `<link rel="stylesheet" href="/assets/nfw-cms/list.css">`)
	},
}

// indexed publishes a list whose pages are the folder, index_2.html and so on.
func (h *web) indexed(folder string, size int, entries []*entry, mark string) {
	at := func(k int) string {
		if k == 1 {
			return folder
		}
		return fmt.Sprintf("%sindex_%d.html", folder, k)
	}
	parts := pagesOf(entries, size)
	for i, part := range parts {
		h.pages[at(i+1)] = h.list(append(items(part), mark, next(at)(i+1, len(parts)))...)
	}
}
