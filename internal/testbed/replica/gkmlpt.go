package replica

import (
	"encoding/json"
	"fmt"
	"time"
)

// gkmlpt is the catalogue platform of Guangdong: a shell, and an API with
// times in Unix seconds.
var gkmlpt = system{
	platform: "gkmlpt", column: "/gkmlpt/index#2811",
	article: func(e *entry) string {
		return fmt.Sprintf("/gkmlpt/content/2/%d/post_%d.html", 2000+e.serial/1000, 2155000+e.serial)
	},
	lists: func(h *web, entries []*entry) {
		h.pages["/gkmlpt/index"] = page(`<html><head><title>政府信息公开平台</title></head><body><div id="app"></div><script>window._CONFIG = {SID: '755031', NAME: '` + h.place.name + `', TREE: [{"id":2800,"name":"机构概况","children":[]},{"id":2805,"name":"法定主动公开内容","children":[{"id":2811,"name":"政府信息公开年报","children":[]},{"id":2812,"name":"财政预决算","children":[]}]}]}</script></body></html>`)
		type article struct {
			ID        int    `json:"id"`
			Title     string `json:"title"`
			Publisher string `json:"publisher"`
			URL       string `json:"url"`
			Published int64  `json:"display_publish_time"`
		}
		list := []article{}
		for _, e := range entries {
			publisher := h.place.name
			if e.report != nil {
				publisher = e.report.Agency.Name
			}
			day, _ := time.ParseInLocation(time.DateOnly, e.date, time.FixedZone("", 8*3600)) // dates of ours
			list = append(list, article{e.serial, e.title, publisher, e.address, day.Unix()})
		}
		b, err := json.Marshal(map[string]any{"total": len(list), "articles": list})
		if err != nil {
			panic(err) // plain data
		}
		h.pages["/gkmlpt/api/all/2811?page=1&sid=755031"] = answer{typ: "application/json", body: b}
	},
}
