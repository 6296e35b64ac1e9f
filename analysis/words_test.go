package analysis_test

import (
	"testing"

	"gongkai"
	"gongkai/analysis"
)

const copiedText = `短信提醒覆盖面窄，外出务工人员收不到通知，会议开放流于旁听，代表提出的建议缺少回音。
在车站和集市张贴二维码，扫描即可订阅消息，对代表建议逐条编号，采纳与否都书面说明理由，年底公布办理结果。`

// TestStatusOfWords spoils the reading of reports that are wrong in their
// words: then the finding is ours.
func TestStatusOfWords(t *testing.T) {
	issue := func(code string) func(*gongkai.Report) {
		return func(r *gongkai.Report) { r.Issues = append(r.Issues, gongkai.Issue{Code: code}) }
	}
	say := func(number int, present bool, text string) func(*gongkai.Report) {
		return func(r *gongkai.Report) {
			r.Sections = append(r.Sections, gongkai.Section{Number: number, Present: present, Order: number, Text: text})
		}
	}
	cite := func(r *gongkai.Report) { r.Citations = []string{"国办公开办函〔2019〕60号"} }
	none := func(*gongkai.Report) {}
	recognised := func(r *gongkai.Report) { r.Reader = "ocr" }
	for name, c := range map[string]struct {
		rule        string
		wrong       func(*gongkai.Report) // in both reports
		this, other func(*gongkai.Report)
		want        analysis.Status
	}{
		"copied":                {"TX-DUP", say(5, true, copiedText), none, none, analysis.Disputed},
		"copied, a number text": {"TX-DUP", say(5, true, copiedText), issue(gongkai.IssueText), issue(gongkai.IssueText), analysis.Disputed},
		"copied, recognised":    {"TX-DUP", say(5, true, copiedText), recognised, none, analysis.Suspect},
		"copied, other scan":    {"TX-DUP", say(5, true, copiedText), none, recognised, analysis.Suspect},
		"copied, font":          {"TX-DUP", say(5, true, copiedText), issue(gongkai.IssueFont), none, analysis.Suspect},
		"copied, other charset": {"TX-DUP", say(5, true, copiedText), none, issue(gongkai.IssueCharset), analysis.Suspect},
		"copied, cut":           {"TX-DUP", say(5, true, copiedText), issue(gongkai.IssueLimit), none, analysis.Suspect},
		"empty":                 {"TX-EMPTY5", say(5, true, "无"), none, none, analysis.Disputed},
		"empty, scan":           {"TX-EMPTY5", say(5, true, "无"), issue(gongkai.IssueNoTextLayer), none, analysis.Suspect},
		"no section":            {"TX-EMPTY5", say(5, false, ""), none, none, analysis.Suspect},
		"template":              {"TX-TEMPLATE", issue(gongkai.IssueTemplate), none, none, analysis.Disputed},
		"citation":              {"TX-CITE", cite, none, none, analysis.Disputed},
		"citation, recognised":  {"TX-CITE", cite, recognised, none, analysis.Suspect},
		"years":                 {"TX-YEAR", issue(gongkai.IssueYears), none, none, analysis.Suspect},
	} {
		db := openMemory(t)
		last, this := zeroReport("2022.html", "某局", 2022), zeroReport("2023.html", "某局", 2023)
		c.wrong(last.Reports[0])
		c.wrong(this.Reports[0])
		c.this(this.Reports[0])
		c.other(last.Reports[0])
		load(t, db, last, this)
		_, findings := check(t, db, analysis.CheckOptions{Rules: []string{c.rule}, Year: 2023})
		if len(findings) != 1 || findings[0].Status != c.want {
			t.Errorf("%s: findings %+v, want one of %s that is %s", name, findings, c.rule, c.want)
		}
	}
}
