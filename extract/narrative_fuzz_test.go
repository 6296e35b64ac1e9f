package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai"
)

func FuzzFacts(f *testing.F) {
	for _, s := range []string{
		"2023年，共收到政府信息公开申请1,466件（上年度结转16件，结转下年度9件）。", "予以公开5件、部分公开1件；不予公开２件。", "没有产生信息公开处理费", "）))((收到申请一百二件",
		"政府信息公开行政复议351件，其中结果维持72件\n尚未审结37件", "受理1,234,567件,12万元", "\xff年收到申请\xe4件", strings.Repeat("其中（", 40),
	} {
		f.Add(s, 2023)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		r := &gongkai.Report{Agency: "海东县人民政府", Year: year, Sections: []gongkai.Section{{Number: 1, Present: true, Text: text}}}
		joined := strings.ReplaceAll(strings.Join(joinParagraphs(text), "\n"), "\n", "\x00")
		for _, fact := range readFacts(r, "") {
			if fact.Sentence == "" || !strings.Contains(joined, fact.Sentence) {
				t.Errorf("sentence %q is not in the text", fact.Sentence)
			}
			if fact.Value < 0 || fact.Measure == "" || fact.Unit == "" {
				t.Errorf("bad fact %+v", fact)
			}
		}
	})
}

func FuzzTitle(f *testing.F) {
	for _, s := range []string{"2019年上海市人民政府办公厅政府信息公开工作年度报告", "《海东县水务局》\n22年\n政府信息公开工作年度报告(全文)", "關於二〇二二年政府信息公開年報|x", "\xff政府信息公开年报", "一、总体情况 二、主动公开政府信息情况\n六、其他需要报告的事项"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, text, meta string) {
		c := prose(strings.Split(text, "\n")...)
		c.Title, c.Meta["ArticleTitle"], c.Meta["PubDate"] = meta, meta, meta
		blocks := 0
		for _, part := range splitReports(c) {
			blocks += len(part.Blocks)
			r := narrative(&gongkai.Document{Name: text, LinkTitle: meta}, part)
			if r.Year != 0 && (r.Year < firstFiscalYear-1 || r.Year > lastFiscalYear) {
				t.Errorf("year %d", r.Year)
			}
			if utf8.RuneCountInString(r.Agency) > 60 || strings.ContainsAny(r.Agency, "\n，。") {
				t.Errorf("agency %q", r.Agency)
			}
			if len(r.Sections) != 6 {
				t.Errorf("%d sections", len(r.Sections))
			}
		}
		if blocks != len(c.Blocks) {
			t.Errorf("%d blocks in the parts, want %d", blocks, len(c.Blocks))
		}
	})
}

func BenchmarkNarrative(b *testing.B) {
	lines := []string{"# 海东县水务局", "2023年政府信息公开工作年度报告", "根据条例编制，统计期限为2023年1月1日至12月31日（国办公开办函〔2021〕30号）。", "一、总体情况"}
	for range 6 {
		lines = append(lines,
			"（一）主动公开情况。2023年，我局坚持以公开为常态，及时更新公开指南，通过门户网站公开信息20条、公众号发布各类信息180篇，采纳典型案例15条，组织业务培训3次，参加人员120人次。",
			"（二）依申请公开情况。2023年，我局新收政府信息公开申请20件，上年结转3件，办结21件，其中予以公开10件、部分公开3件、不予公开2件、无法提供6件，结转下年度继续办理2件。没有因信息公开引起的行政复议和行政诉讼。",
			"（三）政府信息管理情况。严格落实规范性文件统一登记制度，全年制发行政规范性文件3件，对已发布信息定期自查整改，开展信息清理工作4次，完善文件审核流程和责任清单。",
			"（四）平台建设情况。做好政务新媒体账号的运营维护工作，每周更新发布信息不少于1次，全年发布政策解读25条，办理热线服务工单200件，均已办结。")
	}
	lines = append(lines, body[2:]...)
	c := prose(lines...)
	size := 0
	for _, l := range lines {
		size += len(l)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, part := range splitReports(c) {
			narrative(&gongkai.Document{Name: "a.html"}, part)
		}
	}
}
