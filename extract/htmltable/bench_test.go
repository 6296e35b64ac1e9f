package htmltable

import (
	"fmt"
	"strings"
	"testing"

	"gongkai"
)

// wordPage makes a page of about 25 KB as Word pastes it: a table of 25 rows
// and 7 figures with paragraphs and spans in every cell.
func wordPage() []byte {
	var b strings.Builder
	b.WriteString(`<html><head><meta charset="utf-8"><title>某局2023年政府信息公开工作年度报告</title></head><body><div id="zoom"><p>一、总体情况</p><p>` +
		strings.Repeat(sentence, 10) + `</p><p>三、收到和处理政府信息公开申请情况</p><table border="1"><tbody>`)
	for r := range 25 {
		fmt.Fprintf(&b, `<tr><td colspan="2"><p class="MsoNormal"><span>本年新收政府信息公开申请数量%d</span></p></td>`, r)
		for c := range 7 {
			fmt.Fprintf(&b, `<td style="width:80px"><p class="MsoNormal" align="center"><span lang="EN-US">%d</span></p></td>`, r*c)
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table></div></body></html>")
	return []byte(b.String())
}

func BenchmarkHTML(b *testing.B) {
	body := wordPage()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(b.Context(), &gongkai.Document{Name: "bench.html", Body: body}); err != nil {
			b.Fatal(err)
		}
	}
}
