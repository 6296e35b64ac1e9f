package extract

import (
	"slices"
	"testing"

	"gongkai"

	"github.com/google/go-cmp/cmp"
)

func TestReadPeriod(t *testing.T) {
	for text, want := range map[string][2]string{
		"统计期限为2023年1月1日至12月31日。":                     {"2023-01-01", "2023-12-31"},
		"本报告所列数据统计期限从2019年1月1日到12月31日止。":             {"2019-01-01", "2019-12-31"},
		"统计期限自2025年1月1日起至2025年12月31日止":               {"2025-01-01", "2025-12-31"},
		"本年报数据期限为2021-1-1至2021-12-31。":               {"2021-01-01", "2021-12-31"},
		"统计期限：2021.1.1-2021.12.31":                   {"2021-01-01", "2021-12-31"},
		"本报告中所列数据统计期限为2018年11日至12月31日。":              {"2018-01-01", "2018-12-31"},
		"数据统计期限为2018年11日至1231日。":                     {"2018-01-01", "2018-12-31"},
		"统计期限为2017年1月1日至12月21日。":                     {"2017-01-01", "2017-12-21"},
		"统计期限为二〇二三年一月一日至十二月三十一日。":                    {"2023-01-01", "2023-12-31"},
		"统计期限为２０２３年１月１日至１２月３１日。":                     {"2023-01-01", "2023-12-31"},
		"统计期限为2022年7月1日至2023年6月30日。":                 {"2022-07-01", "2023-06-30"},
		"2023年3月1日至3月31日开展宣传。统计期限为2023年1月1日至12月31日。": {"2023-01-01", "2023-12-31"},
		"2023年3月1日至3月31日开展宣传。":                       {},
		"统计期限为2023年1月1日至2月30日。":                      {},
		"统计期限为2023年12月31日至1月1日。":                     {},
		"统计期限为2023年1月至12月。":                          {},
		"统计期限为2018年15日至12月31日。":                      {},
	} {
		if got, ok := readPeriod(squeeze(text)); got != want || ok != (want[0] != "") {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestPublished(t *testing.T) {
	const body = "本报告按条例编制。"
	tests := []struct {
		name string
		doc  gongkai.Document
		c    *Content
		want string
	}{
		{"line", gongkai.Document{}, prose("发布日期：2020-01-31", body), "2020-01-31"},
		{"line among others", gongkai.Document{}, prose("来源：县水务局 发布时间：2024年1月5日 10:20 浏览：12", body), "2024-01-05"},
		{"metadata table", gongkai.Document{}, prose("[索引号|014/2024|发布日期|2024/01/15]", body), "2024-01-15"},
		{"metadata", gongkai.Document{Published: "2024-02-02"}, &Content{Meta: map[string]string{"PubDate": "2024-01-16 09:30"}}, "2024-01-16"},
		{"compact metadata", gongkai.Document{}, &Content{Meta: map[string]string{"PubDate": "20240116093000"}}, "2024-01-16"},
		{"list page", gongkai.Document{Published: "2024-02-02"}, prose(body), "2024-02-02"},
		{"no such day", gongkai.Document{}, prose("发布日期：2024-02-30"), ""},
		{"signature only", gongkai.Document{}, prose("县水务局", "2024年1月15日"), ""},
	}
	for _, tt := range tests {
		if r := narrative(&tt.doc, tt.c); r.Published != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, r.Published, tt.want)
		}
	}
}

func TestCitations(t *testing.T) {
	text := squeeze("按照国办公开办函〔2021〕30号、国办公开办函[2021]30号、国办公开办函（2019）60号、国办公开办函【２０１９】６０号、" +
		"国办发〔2014〕32号和国办函〔 2020 〕 109 号，见鲁政办发〔2021〕30号。")
	want := []string{"国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号", "国办发〔2014〕32号", "国办函〔2020〕109号"}
	if diff := cmp.Diff(want, citations(text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestYears(t *testing.T) {
	for s, want := range map[string][]int{
		"2023年": {2023}, "县局2023年度": {2023}, "二〇二三年": {2023}, "二零二一年": {2021}, "23年": {2023}, "2023": {2023},
		"2022年和2023年": {2022, 2023}, "1999年": nil, "2150年": nil, "电话20230115": nil, "一二三": nil, "07年": {2007}, "95年": nil,
	} {
		if got := titleYears(s); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
}

func TestNumerals(t *testing.T) {
	for s, want := range map[string]string{
		"0": "0", "1466": "1466", "1,466": "1466", "1.2万": "12000", "3千": "3000", "零": "0", "两": "2", "十": "10", "十二": "12",
		"三十二": "32", "一百零五": "105", "一百二十": "120", "二百五十六": "256", "两千零三": "2003", "一万二千": "12000", "一万零五十": "10050",
		"三百二十万": "3200000", "二〇二三": "2023", "一亿零三万": "100030000", "4068.208": "4068.208",
	} {
		if got, ok := readNumeral(s); !ok || got.String() != want {
			t.Errorf("%s: %s %v, want %s", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "三五", "一百二", "百", "万", "十百", "一万二", "两三", "二千三", "1.2.3", "一十百", "99999999999万"} {
		if got, ok := readNumeral(s); ok {
			t.Errorf("%s: %s, want none", s, got)
		}
	}
}
