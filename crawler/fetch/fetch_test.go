package fetch_test

import (
	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
)

func request(w *world, url string) fetch.Request {
	return fetch.Request{URL: url, Kind: transport.KindDocument, Site: w.site}
}
