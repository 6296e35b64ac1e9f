package release

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"gongkai"
	"gongkai/analysis"
	"gongkai/internal/words"
)

//go:embed report.html
var reportHTML string

// A rankPage is what the template shows.
type rankPage struct {
	*analysis.Ranking
	Release  *Manifest // nil if it is none
	Reported int       // of those that had to publish
	Strata   []rankStratum
	Bands    []analysis.Band
	Draft    bool // nobody has confirmed all that it says
}

type rankStratum struct {
	Title     string
	Standings []rankSheet
	analysis.Stratum
}

// A rankSheet is the score sheet of one agency.
type rankSheet struct {
	analysis.Standing
	Findings, Withdrawn []analysis.Finding
}

// HTML writes the report. A release and what changed in it are shown if
// there is one.
func HTML(r *analysis.Ranking, release *Manifest) ([]byte, error) {
	adverse := map[string][]analysis.Finding{}
	for _, f := range r.Findings {
		adverse[f.AgencyKey] = append(adverse[f.AgencyKey], f)
	}
	withdrawn := map[string][]analysis.Finding{}
	for _, f := range r.Withdrawn {
		withdrawn[f.AgencyKey] = append(withdrawn[f.AgencyKey], f)
	}
	page := rankPage{Ranking: r, Release: release, Bands: analysis.Bands()}
	page.Reported, _ = r.Found()
	page.Draft = release == nil && r.Unconfirmed() > 0 || release != nil && release.Draft
	for _, s := range r.Strata {
		shown := rankStratum{Title: stratumTitle(s.Name), Stratum: s}
		for _, st := range s.Standings {
			shown.Standings = append(shown.Standings, rankSheet{st, adverse[st.AgencyKey], withdrawn[st.AgencyKey]})
		}
		page.Strata = append(page.Strata, shown)
	}
	t, err := template.New("rank").Funcs(rankFuncs).Parse(reportHTML)
	if err != nil {
		return nil, fmt.Errorf("template of the report: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, page); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return b.Bytes(), nil
}

// stratumTitle says in Chinese which agencies a stratum is of.
func stratumTitle(name string) string {
	if name == analysis.AllSizes {
		return "全部机关（数量少，不按申请量分组）"
	}
	return "办理申请量" + strings.NewReplacer(" requests or more", "件以上", " requests", "件", "-", "—").Replace(name)
}

// reasonWords are the reasons of a release in Chinese.
var reasonWords = map[string]string{
	ReasonFirst: "首次发布", "source_revised": "原件有新版本", "extractor_fixed": "我方读取有更正", "agency_corrected": "机关已更正", ReasonRules: "规则有变",
}

// standingText tells in Chinese where an agency stood in a release.
func standingText(s *Standing) string {
	switch {
	case s == nil:
		return "不在本组"
	case s.Rank == 0:
		return "未排名"
	}
	return fmt.Sprintf("%s分 %s（封顶%s） 第%d名", s.Score, s.Band, s.Capped, s.Rank)
}

// chinese puts the words of the queries into Chinese. Ids of rules and cells stay.
var chinese = strings.NewReplacer(
	" days after ", "日，晚于期限", "(date stated by the page)", "（页面日期）", "(date stated by the list of reports)", "（列表日期）", "(date in the URL)", "（网址日期）",
	"sections without content: ", "没有内容的部分：", "考核, 社会评议 or 责任追究 are not spoken of", "未写明考核、社会评议、责任追究", " cells of ", "格缺失，共", " are missing", "格",
	"form of another time", "非当年格式", "a table is missing", "缺表", "missing or extra rows", "缺行或多行", "images without text", "图片版", "another notice cited", "引用其他通知",
	"the text says ", "正文为", ", the table ", "，表格为", "section 五 has less than 20 characters", "第五部分不足20字",
	" of last year", "（上年报告）", "sum of the applicants", "各类申请人之和", "sum of the results", "各项结果之和", "table 三", "表三", "table 四", "表四", "the figure", "该格", "its whole part", "整数部分", "the text", "正文", " for ", "，应为", "; ", "；",
)

// rankFuncs are the words of the template.
var rankFuncs = template.FuncMap{
	"one":     func(v float64) string { return words.Fixed(v, 1) },
	"two":     func(v float64) string { return words.Fixed(v, 2) },
	"chinese": chinese.Replace,
	"percent": func(v float64) string { return words.Fixed(100*v, 0) + "%" },
	"scope": func(s string) string {
		return map[string]string{"own": "本机关", "consolidated": "汇总", "local_level": "本级", "unknown": "范围不明"}[s]
	},
	"weighing": func(name string) string {
		return map[string]string{analysis.EqualWeights: "各项相同", analysis.EvenWeights: "按数据：与标准差成反比，各项影响相同"}[name]
	},
	"dimension": func(name string) string {
		return map[string]string{
			"d1_timeliness": "及时性", "d2_completeness": "完整性", "d3_format": "格式", "d4_arithmetic": "勾稽关系", "d5_continuity": "年度衔接", "d6_text": "文表一致",
		}[name]
	},
	"basis": func(name string) string {
		return map[string]string{
			"d1_timeliness":   "按时公布得1；迟一天减1/60，迟60天以上得0。以页面日期、列表日期为证；网址中的日期经人工确认才作为迟延的依据；我方首次见到的日期只用于证明未迟。没有全国性期限的（乡镇、街道），本项不适用。",
			"d2_completeness": "六个部分有内容的比例与格式全部单元格中印有数字的比例，各占一半；空白、斜线、横线不算数字；无规章制定权的，不计规章各格；人民政府另含考核、社会评议、责任追究。有单元格未找到的，本项待定。",
			"d3_format":       "1减：非当年格式0.4；每缺一表0.4；缺行或多行每行0.05（至多0.3）；图片版0.3；引用其他通知0.05。",
			"d4_arithmetic":   "1减扣分/10：总计列收支不平3，总计列合计不符、复议诉讼合计不符2，其余1；同一差额视为一处错误，只扣一次，扣在最重处。只计读数无疑的单元格；空白使等式无法检验的，按不成立扣分。九成以上等式读数无疑方可评价，否则待定。",
			"d5_continuity":   "上年结转与上年报告一致0.6；规范性文件存量衔接0.3（不符扣半）；各类申请人结转0.1。上年报告自身收支不平的，不作比较。",
			"d6_text":         "1减：正文数字与表格不符，每处0.25；内容雷同0.5；第五部分空缺0.25。",
		}[name]
	},
	"others":    otherDocuments,
	"beside":    besideText,
	"reply":     words.Reply,
	"reason":    func(s string) string { return reasonWords[s] },
	"standing":  standingText,
	"withdrawn": func(v analysis.Value) bool { return v.Reply.Status == gongkai.ReplyWithdrawn && v.Detail != "" },
	"place": func(op analysis.Operand) string {
		p := words.OperandPlace(&op)
		switch {
		case p.Page > 0:
			return fmt.Sprintf("第%d页（框%.0f,%.0f—%.0f,%.0f）", p.Page, p.Box.X0, p.Box.Y0, p.Box.X1, p.Box.Y1)
		case p.Table > 0:
			return fmt.Sprintf("第%d个表第%d行第%d列", p.Table, p.Row, p.Column)
		}
		return "位置不详"
	},
	"absence": func(x analysis.Absent) string {
		switch {
		case x.Confirmed:
			return "未公布（经人工确认）：0分，E级，列于最后，不分先后"
		case x.Unread:
			return "见到文件，我方未能读取"
		case x.Unpublished:
			return "名单载明未公布"
		}
		return "我方未找到"
	},
	"link": func(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") },
	"faulty": func(s rankSheet) bool {
		for _, v := range s.Values {
			if v.Known && v.Value < 1 || v.Reply.Status == gongkai.ReplyWithdrawn {
				return true
			}
		}
		return len(s.Findings)+len(s.Withdrawn) > 0
	},
}
