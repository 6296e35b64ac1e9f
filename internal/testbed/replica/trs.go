package replica

import (
	"fmt"
	"strings"
)

// trs is TRS WCM: a tree of years whose lists are cut into index.html,
// index_1.html …, counted by a script call.
var trs = system{
	platform: "trs", column: "/zfxxgk/zfxxgknb/",
	article: func(e *entry) string {
		day := strings.ReplaceAll(e.date, "-", "")
		return fmt.Sprintf("%s%s/t%s_%d.html", trsFolder(e.year), day[:6], day, 1000+e.serial)
	},
	lists: func(h *web, entries []*entry) {
		var tree []string
		for year := lastYear; year >= firstYear; year-- {
			var mine []*entry
			for _, e := range entries {
				if e.year == year {
					mine = append(mine, e)
				}
			}
			if len(mine) == 0 { // editors make a folder when there is something to put in
				continue
			}
			folder := trsFolder(year)
			tree = append(tree, fmt.Sprintf(`<li><a href="%s">%d年</a></li>`, strings.TrimPrefix(folder, trsColumn), year))
			parts := pagesOf(mine, 5)
			for k, part := range parts {
				lines := append(items(part), fmt.Sprintf(`<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}</script><script>createPageHTML(%d, %d, "index", "html");</script>`, len(parts), k))
				if k == 0 {
					h.pages[folder] = h.list(lines...)
				} else {
					h.pages[fmt.Sprintf("%sindex_%d.html", folder, k)] = h.list(lines...)
				}
			}
		}
		h.pages[trsColumn] = h.list(tree...)
	},
}

const trsColumn = "/zfxxgk/zfxxgknb/"

// trsFolder is a year's folder; editors were never of one mind about its name.
func trsFolder(year int) string {
	switch year {
	case 2019:
		return trsColumn + "gknb2019/"
	case 2021:
		return trsColumn + "2021nd/"
	}
	return fmt.Sprintf("%s%dn/", trsColumn, year)
}
