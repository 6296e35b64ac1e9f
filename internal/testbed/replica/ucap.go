package replica

import (
	"encoding/json"
	"fmt"
)

// ucap is UCAP: the list as JSON, addresses without their scheme.
var ucap = system{
	platform: "ucap", column: "/c100/common_list.shtml",
	article: func(e *entry) string {
		return fmt.Sprintf("/c100/%s/c01_%d.shtml", e.date[:4]+e.date[5:7], 868000+e.serial)
	},
	lists: func(h *web, entries []*entry) {
		h.pages[h.place.system.column] = page(`<html><head><meta name="channelid" content="99a1"><title>年报</title></head><body><ul id="list"></ul><script>var api = "/common/search/99a1";</script></body></html>`)
		results := []map[string]any{}
		for _, e := range entries {
			results = append(results, map[string]any{"title": e.title, "url": "//" + h.place.host + e.address, "publishedTimeStr": e.date + " 10:00:00"})
		}
		b, err := json.Marshal(map[string]any{"data": map[string]any{"total": len(results), "results": results}})
		if err != nil {
			panic(err) // plain data
		}
		h.pages["/common/search/99a1?_isAgg=true&_isJson=true&_pageSize=18&_template=index&page=1"] = answer{typ: "application/json", body: b}
	},
}
