package platform

import (
	"cmp"
	"net/url"
	"regexp"
	"strconv"

	"gongkai/crawler"
)

// filelist is the list of the 开普 sites of the tax administration: the page
// has var channelId = "…", and POST /getFileListByCodeId answers
// {results:{data:{total,rows,results:[{title,url,…}]}}}.
var (
	fileListChannel = regexp.MustCompile(`(?i)\bchannelId["']?\s*[:=]\s*["']([0-9a-z]{6,64})["']`)
	fileListCode    = regexp.MustCompile(`(?i)\bcodeId["']?\s*[:=]\s*["']([0-9a-z]{1,64})["']`)
	fileList        = jsonList{
		items: "results.data.results", total: "results.data.total",
		title: []string{"title", "titleHtml"}, url: []string{"url"}, date: []string{"publishedTimeStr", "publishedTime"},
	}
)

const fileListSize = 20

func readFileList(w *walker, first *page) {
	channel, code := w.col.Params["channelid"], w.col.Params["codeid"]
	if m := fileListChannel.FindSubmatch(first.body); m != nil {
		channel = cmp.Or(channel, string(m[1]))
	}
	if m := fileListCode.FindSubmatch(first.body); m != nil {
		code = cmp.Or(code, string(m[1]))
	}
	if channel == "" && code == "" {
		w.fail(crawler.Fail(crawler.FailUnrecognised, first.address, "no channelId on the page (hint: params.channelid)"))
		return
	}
	w.jsonPages(first.folder, fileList, fileListSize, func(k int) *crawler.Request {
		return &crawler.Request{
			URL: first.resolve("/getFileListByCodeId"), Method: "POST",
			Form: url.Values{
				"channelId": {channel}, "codeId": {code}, "page": {strconv.Itoa(k)},
				"size": {strconv.Itoa(fileListSize)}, "relateSubChannels": {"false"},
			},
		}
	})
}
