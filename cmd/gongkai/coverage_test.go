package main

import (
	"testing"

	"gongkai"
	"gongkai/crawler"

	"github.com/google/go-cmp/cmp"
)

func TestCoverage(t *testing.T) {
	szf := crawler.Agency{ID: "320000-szf", Level: gongkai.Province, Type: gongkai.Government, Region: "320000"}
	sites := []*crawler.Site{
		{ID: "a", Columns: []crawler.Column{{ID: "nb"}}, Agencies: []crawler.Agency{szf, {ID: "320100-jyj", Level: gongkai.Prefecture, Region: "320100"}}},
		{ID: "b", Columns: []crawler.Column{{ID: "kjt", Agency: "330000-kjt"}}, Agencies: []crawler.Agency{
			{ID: "330000-szf", Level: gongkai.Province, Type: gongkai.Government, Region: "330000"}, // no address
			{ID: "330000-kjt", Level: gongkai.Province, Type: gongkai.Department, Region: "330000"},
			{ID: "x-zhen", Level: gongkai.Township, Parent: "330421-xzf"},
		}},
		{ID: "c", Agencies: []crawler.Agency{{ID: "mof", Level: gongkai.National}}},
		{ID: "d"},
	}
	got := map[string][]string{}
	for _, c := range crawler.Coverage(sites) {
		if c.Sites == 0 {
			continue
		}
		var row []string
		for _, v := range coverageRow(c) {
			row = append(row, v.Text)
		}
		got[c.Code] = row
	}
	want := map[string][]string{
		"32":       {"320000", "江苏省", "1", "2", "true", "1", "1", "0", "0", "0"},
		"33":       {"330000", "浙江省", "1", "3", "false", "2", "0", "0", "1", "0"},
		"national": {"national", "国务院部门", "1", "1", "false", "0", "0", "0", "0", "1"},
		"":         {"", "", "1", "0", "false", "0", "0", "0", "0", "0"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("coverage (-want +got):\n%s", d)
	}
	if n := len(crawler.Coverage(nil)); n != 31+2 {
		t.Errorf("%d rows without sites, want a row for each of 31 provinces and 2 more", n)
	}
}
