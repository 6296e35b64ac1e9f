package extract

import (
	"slices"
	"strings"
	"testing"

	"gongkai"

	"github.com/google/go-cmp/cmp"
)

// prose makes a Content of lines: "# " makes a heading, "[二]" a standard
// table, "[a|b]" any other table.
func prose(lines ...string) *Content {
	c := &Content{Reader: "text", Meta: map[string]string{}}
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "# "):
			c.Blocks = append(c.Blocks, Block{Text: line[2:], Level: 1})
		case line == "[二]":
			c.Blocks = append(c.Blocks, Block{Grid: oneRow("行政许可", "5")})
		case strings.HasPrefix(line, "["):
			c.Blocks = append(c.Blocks, Block{Grid: oneRow(strings.Split(strings.Trim(line, "[]"), "|")...)})
		default:
			c.Blocks = append(c.Blocks, Block{Text: line})
		}
	}
	return c
}

func oneRow(texts ...string) *Grid {
	row := make([]GridCell, len(texts))
	for i, s := range texts {
		row[i] = GridCell{Text: s, Column: i}
	}
	return &Grid{Method: "text", Rows: [][]GridCell{row}}
}

// body is a report without its title.
var body = []string{
	"一、总体情况", "本机关重视公开工作。", "二、主动公开政府信息情况", "[二]", "三、收到和处理政府信息公开申请情况", "[二]",
	"四、政府信息公开行政复议、行政诉讼情况", "[二]", "五、存在的主要问题及改进情况", "更新不够及时。", "六、其他需要报告的事项", "无。",
}

func narrative(d *gongkai.Document, c *Content) *gongkai.Report {
	r := &gongkai.Report{}
	readNarrative(r, d, c)
	return r
}

func codes(r *gongkai.Report) []string {
	var found []string
	for _, i := range r.Issues {
		found = append(found, i.Code)
	}
	return found
}

func TestIdentity(t *testing.T) {
	const own, sum, local, unknown = gongkai.ScopeOwn, gongkai.ScopeConsolidated, gongkai.ScopeLocalLevel, gongkai.ScopeUnknown
	tests := []struct {
		name   string
		doc    gongkai.Document
		lines  []string
		agency string
		year   int
		scope  gongkai.Scope
		issues []string
	}{
		{"one line", gongkai.Document{}, []string{"吴忠市科学技术局 2023 年政府信息公开工作年度报告"}, "吴忠市科学技术局", 2023, own, nil},
		{"year first", gongkai.Document{}, []string{"2019年上海市人民政府办公厅政府信息公开工作年度报告"}, "上海市人民政府办公厅", 2019, own, nil},
		{"two lines", gongkai.Document{}, []string{"孝感市人民政府办公室", "2020年政府信息公开工作年度报告"}, "孝感市人民政府办公室", 2020, own, nil},
		{"three lines", gongkai.Document{}, []string{"海东县水务局", "2022年度", "政府信息公开工作年度报告"}, "海东县水务局", 2022, own, nil},
		{"core broken", gongkai.Document{}, []string{"海东县水务局2022年政府信息公开工作", "年度报告"}, "海东县水务局", 2022, own, nil},
		{"agency below", gongkai.Document{}, []string{"2022年政府信息公开工作年度报告", "海东县水务局"}, "海东县水务局", 2022, own, nil},
		{"agency in brackets", gongkai.Document{}, []string{"2022年政府信息公开工作年度报告（海东县水务局）"}, "海东县水务局", 2022, own, nil},
		{"关于", gongkai.Document{}, []string{"海东县水务局关于2022年度政府信息公开工作的年度报告"}, "海东县水务局", 2022, own, nil},
		{"year in the midst", gongkai.Document{}, []string{"海东县水务局政府信息公开2022年度报告"}, "海东县水务局", 2022, own, nil},
		{"年报", gongkai.Document{}, []string{"海东县水务局2022年政府信息公开年报"}, "海东县水务局", 2022, own, nil},
		{"two digits", gongkai.Document{}, []string{"海东县水务局22年政府信息公开工作年度报告"}, "海东县水务局", 2022, own, nil},
		{"Chinese numerals", gongkai.Document{}, []string{"海东县水务局二〇二二年政府信息公开工作年度报告"}, "海东县水务局", 2022, own, nil},
		{"full width", gongkai.Document{}, []string{"海东县水务局２０２２年政府信息公开工作年度报告"}, "海东县水务局", 2022, own, nil},
		{"traditional", gongkai.Document{}, []string{"海東縣水務局2022年政府信息公開工作年度報告"}, "海東縣水務局", 2022, own, nil},
		{"book-title marks", gongkai.Document{}, []string{"《海东县水务局2022年政府信息公开工作年度报告》"}, "海东县水务局", 2022, own, nil},
		{"short name", gongkai.Document{}, []string{"区统计局2023年政府信息公开工作年度报告", "本报告由杨林示范区统计局按照条例编制。"}, "杨林示范区统计局", 2023, own, nil},
		{"place", gongkai.Document{}, []string{"宁海市2024年政府信息公开工作年度报告", "本报告由宁海市人民政府办公室根据条例编制。全市共收到政府信息公开申请5件。"}, "宁海市人民政府", 2024, sum, nil},
		{"body only", gongkai.Document{}, []string{"本报告由金屯镇人民政府按照条例编制，统计期限为2024年1月1日至12月31日。"}, "金屯镇人民政府", 2024, own, nil},
		{"quoted", gongkai.Document{}, []string{"根据条例规定，现公布区统计局2023年政府信息公开工作年度报告。"}, "区统计局", 2023, own, nil},
		{"leading group", gongkai.Document{}, []string{"本报告由宁海市人民政府信息公开工作领导小组办公室编制，汇总各县和市政府各部门情况，统计时限自2012年1月1日至2012年12月31日。"}, "宁海市人民政府", 2012, sum, nil},
		{"contact", gongkai.Document{}, []string{"如对本报告有疑问的,可与嘉水县大云镇人民政府综合信息指挥室联系。统计期限为2024年1月1日至2024年12月31日。"}, "嘉水县大云镇人民政府", 2024, own, []string{"no_agency"}},
		{"link", gongkai.Document{LinkTitle: "海东县水务局2022年政府信息公开工作年度报告"}, []string{"政府信息公开年度报告"}, "海东县水务局", 2022, own, nil},
		{"file name", gongkai.Document{Name: "dir/海东县水务局2022年政府信息公开工作年度报告.docx"}, nil, "海东县水务局", 2022, own, nil},
		{"nothing", gongkai.Document{Published: "2023-01-20"}, []string{"发布日期：2023-01-20"}, "", 0, unknown, []string{"no_agency", "no_year"}},
		{"years differ", gongkai.Document{}, []string{"海东县水务局2022年政府信息公开工作年度报告", "统计期限为2023年1月1日至12月31日。"}, "海东县水务局", 2022, own, []string{"years"}},
		{"list differs", gongkai.Document{Year: 2023}, []string{"海东县水务局2022年政府信息公开工作年度报告"}, "海东县水务局", 2022, own, []string{"years"}},
		{"agencies differ", gongkai.Document{}, []string{"海东县水务局2022年政府信息公开工作年度报告", "本报告由平溪镇人民政府根据条例编制。"}, "海东县水务局", 2022, own, []string{"agencies"}},
		{"office compiles", gongkai.Document{}, []string{"宁海市人民政府", "2024 年政府信息公开工作年度报告", "本报告由宁海市人民政府办公室根据条例编制。"}, "宁海市人民政府", 2024, unknown, nil},
		{"abbreviated", gongkai.Document{}, []string{"宁海市发改委2024年政府信息公开工作年度报告", "本报告由宁海市发展和改革委员会根据条例编制。"}, "宁海市发改委", 2024, own, nil},
		{"sums up", gongkai.Document{}, []string{"海东县人民政府2024年政府信息公开工作年度报告", "本报告汇总各乡镇、县政府各部门的年度报告编制。"}, "海东县人民政府", 2024, sum, nil},
		{"local level", gongkai.Document{}, []string{"海东县人民政府2024年政府信息公开工作年度报告（县本级）"}, "海东县人民政府", 2024, local, nil},
		{"customs district", gongkai.Document{}, []string{"湛海海关关区2020年政府信息公开工作年度报告"}, "湛海海关关区", 2020, sum, nil},
		{"department sums up", gongkai.Document{}, []string{"海东县水务局2022年政府信息公开工作年度报告", "本报告包括所属单位的数据。"}, "海东县水务局", 2022, sum, nil},
		{"city word elsewhere", gongkai.Document{}, []string{"海东县水务局2022年政府信息公开工作年度报告", "参加全市政务公开培训班。"}, "海东县水务局", 2022, own, nil},
		{"links above, nothing else", gongkai.Document{}, []string{"海东县水务局2021年政府信息公开工作年度报告", "海东县水务局2022年政府信息公开工作年度报告"}, "海东县水务局", 2022, own, []string{"years"}},
		{"links above", gongkai.Document{LinkTitle: "海东县水务局2022年政府信息公开工作年度报告"}, []string{"海东县水务局2021年政府信息公开工作年度报告", "海东县水务局2020年政府信息公开工作年度报告", "海东县水务局2022年政府信息公开工作年度报告"}, "海东县水务局", 2022, own, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := narrative(&tt.doc, prose(slices.Concat(tt.lines, body)...))
			got := []any{r.Agency, r.Year, r.Scope, codes(r)}
			if diff := cmp.Diff([]any{tt.agency, tt.year, tt.scope, tt.issues}, got); diff != "" {
				t.Errorf("agency, year, scope, issues (-want +got):\n%s\ntitle %q, issues %v", diff, r.Title, r.Issues)
			}
		})
	}
}

func TestSiteTitle(t *testing.T) {
	c := prose(body...)
	c.Title = "海东县水务局2022年政府信息公开工作年度报告-海东县人民政府网"
	r := narrative(&gongkai.Document{}, c)
	if r.Agency != "海东县水务局" || r.Year != 2022 || r.Title != "海东县水务局2022年政府信息公开工作年度报告" {
		t.Errorf("%q %d %q", r.Agency, r.Year, r.Title)
	}
}

func TestNoTitle(t *testing.T) {
	for _, s := range []string{
		"关于做好2022年政府信息公开工作年度报告编制发布工作的通知",
		"2022年政府信息公开工作年度报告公布情况",
		"海东县水务局2022年政府网站工作年度报表",
		"现将海东县水务局2022年政府信息公开工作年度报告公布如下，请监督。",
		"上一篇：海东县水务局2021年政府信息公开工作年度报告",
		"海东县2022年信访工作年度报告",
		"政府信息公开指南",
		"中华人民共和国政府信息公开工作年度报告格式",
	} {
		if title, ok := readTitle(s); ok {
			t.Errorf("%s read as title %+v", s, title)
		}
	}
}

func TestSections(t *testing.T) {
	all := []string{"一", "二", "三", "四", "五", "六"}
	tests := []struct {
		name   string
		lines  []string
		want   []string // numbers in the order of the document
		issues []string
	}{
		{"plain", body, all, nil},
		{"numbers restarted", []string{"一、总体情况", "很好。", "一、主动公开政府信息情况", "[二]", "二、收到和处理政府信息公开申请情况", "[二]", "三、政府信息公开行政复议、行政诉讼情况", "[二]", "四、存在的主要问题及改进情况", "很少。", "五、其他需要报告的事项", "无。"}, all, nil},
		{"in paragraphs", []string{"可与办公室联系。 一、总体情况 (一)主动公开情况。 很好。 二、主动公开政府信息情况", "[二]", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况 五、存在的主要问题及改进情况 很少。 六、其他需要报告的事项 无。"}, all, nil},
		{"variants", []string{"总体情况", "很好。", "二、行政机关主动公开政府信息情况", "[二]", "三、行政机关收到和处理政府信息公开申请情况", "[二]", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "五、政府信息公开工作存在的主要问题及整改措施", "很少。", "六、 其他需要报告的事项。"}, all, nil},
		{"brackets", []string{"（一）总体情况", "很好。", "（二）主动公开政府信息情况", "[二]", "（三）收到和处理政府信息公开申请情况", "[二]", "（四）政府信息公开行政复议、行政诉讼情况", "（五）存在的主要问题及改进情况", "很少。", "（六）其他需要报告的事项", "无。"}, all, nil},
		{"subheading is no section", []string{"一、总体情况", "（一）主动公开政府信息情况。很好。", "二、主动公开政府信息情况", "[二]"}, []string{"一", "二"}, []string{"sections"}},
		{"mention is no section", []string{"本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况组成。", "一、总体情况", "很好。"}, []string{"一"}, []string{"sections"}},
		{"contents above", slices.Concat([]string{"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"}, body), all, nil},
		{"out of order", []string{"二、主动公开政府信息情况", "[二]", "一、总体情况", "很好。", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"}, []string{"二", "一", "三", "四", "五", "六"}, []string{"sections"}},
		{"traditional", []string{"一、總體情況", "二、主動公開政府信息情況", "三、收到和處理政府信息公開申請情況", "四、政府信息公開行政復議、行政訴訟情況", "五、存在的主要問題及改進情況", "六、其他需要報告的事項"}, all, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := narrative(&gongkai.Document{}, prose(slices.Concat([]string{"海东县水务局2022年政府信息公开工作年度报告"}, tt.lines)...))
			got := make([]string, 6)
			for _, s := range r.Sections {
				if s.Present != (s.Order > 0) || s.Present != (s.Title != "") {
					t.Errorf("section %d: present %v, order %d, title %q", s.Number, s.Present, s.Order, s.Title)
				}
				if s.Present {
					got[s.Order-1] = sectionNumber(s.Number)
				}
			}
			got = slices.DeleteFunc(got, func(s string) bool { return s == "" })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("order (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.issues, codes(r)); diff != "" {
				t.Errorf("issues (-want +got):\n%s%v", diff, r.Issues)
			}
		})
	}
}

func TestSectionText(t *testing.T) {
	r := narrative(&gongkai.Document{}, prose(
		"海东县水务局2022年政府信息公开工作年度报告",
		"可与水务局联系。 一、总体情况 （一）主动公开情况。很好。", "（二）依申请公开情况。没有。", "# 二、主动公开政府信息情况", "[二]", "**五、存在的主要问题及改进情况**", "很少。",
		"六、其他需要报告的事项", "无。", "相关附件：", "报告.docx"))
	want := map[int]string{1: "（一）主动公开情况。很好。\n（二）依申请公开情况。没有。", 2: "", 5: "很少。", 6: "无。"}
	for _, s := range r.Sections {
		if w, ok := want[s.Number]; ok && (s.Text != w || !s.Present) {
			t.Errorf("section %d: present %v, text %q, want %q", s.Number, s.Present, s.Text, w)
		}
	}
}

func TestTemplate(t *testing.T) {
	r := narrative(&gongkai.Document{}, prose(slices.Concat([]string{"海东县水务局2022年政府信息公开工作年度报告"}, body, []string{"该部分以表格形式报告。表格如下："})...))
	if diff := cmp.Diff([]string{"template"}, codes(r)); diff != "" {
		t.Error(diff)
	}
}

func TestSplitReports(t *testing.T) {
	title := func(s string) []string { return []string{s} }
	a, b := "海东县水务局2022年政府信息公开工作年度报告", "海东县水务局2021年政府信息公开工作年度报告"
	tests := []struct {
		name  string
		lines [][]string
		want  []string // the titles of the parts
	}{
		{"one", [][]string{title(a), body}, []string{a}},
		{"none", [][]string{body}, []string{""}},
		{"two years", [][]string{title(a), body, title(b), body}, []string{a, b}},
		{"two agencies", [][]string{title(a), body, {"平溪镇人民政府", "2022年政府信息公开工作年度报告"}, body}, []string{a, "平溪镇人民政府 2022年政府信息公开工作年度报告"}},
		{"page head", [][]string{title(a), title(a), body}, []string{a}},
		{"running head", [][]string{title(a), body[:4], title(a), body[4:8], title(a), body[8:]}, []string{a}},
		{"links below", [][]string{title(a), body, title(b), title("海东县水务局2020年政府信息公开工作年度报告")}, []string{a}},
		{"links above", [][]string{title(b), title(a), body}, []string{a}},
		{"link in the midst", [][]string{title(a), body[:6], title(b), body[6:]}, []string{a}},
		{"quoted", [][]string{title(a), body, {"现发布《" + b + "》，请监督。"}, body[4:]}, []string{a}},
		{"no years, sections again", [][]string{title("政府信息公开年度报告"), body, title("政府信息公开年度报告"), body}, []string{"政府信息公开年度报告", "政府信息公开年度报告"}},
		{"three years and links", [][]string{title(b), title(a), title(a), body, title(b), body, title("海东县水务局2020年政府信息公开工作年度报告"), body, title(a)}, []string{a, b, "海东县水务局2020年政府信息公开工作年度报告"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := prose(slices.Concat(tt.lines...)...)
			parts := splitReports(c)
			if len(tt.want) == 1 && (len(parts) != 1 || parts[0] != c) {
				t.Fatalf("%d parts, want the content itself", len(parts))
			}
			blocks := 0
			var got []string
			for _, p := range parts {
				blocks += len(p.Blocks)
				r := narrative(&gongkai.Document{}, p)
				got = append(got, r.Title)
				if missing := slices.Contains(codes(r), "sections"); missing {
					t.Errorf("%s: %v", r.Title, r.Issues)
				}
			}
			if blocks != len(c.Blocks) {
				t.Errorf("%d blocks in the parts, want %d", blocks, len(c.Blocks))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("titles (-want +got):\n%s", diff)
			}
		})
	}
}
