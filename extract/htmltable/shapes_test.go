package htmltable

import (
	"strings"
	"testing"
)

// TestShapes reads figures as editors and publishing systems write them. Each
// must come out exactly, or so that nobody takes it for another figure.
func TestShapes(t *testing.T) {
	for _, tt := range []struct{ name, cell, want string }{
		// Exact.
		{"empty paragraph", "<p>&nbsp;</p>", ""},
		{"empty paragraph of an editor", "<p><br/></p>", ""},
		{"empty paragraph of Word", "<p class=MsoNormal align=center><span lang=EN-US style='mso-bidi-font-size:10.5pt'><o:p>&nbsp;</o:p></span></p>", ""},
		{"conditional comments of Word", "<!--[if !supportEmptyParas]-->&nbsp;<!--[endif]--><o:p></o:p>", ""},
		{"revealed conditional", "<![if !vml]>5<![endif]>", "5"},
		{"hidden conditional", "<!--[if gte mso 9]><xml><w:x>9</w:x></xml><![endif]-->5", "5"},
		{"namespace", "<?xml:namespace prefix = o ns = \"urn:schemas-microsoft-com:office:office\" />5<o:p></o:p>", "5"},
		{"XML island", "<xml><w:data>9</w:data></xml>5", "5"},
		{"smart tag", "<st1:chmetcnv UnitName='件' SourceValue='5' w:st='on'>5</st1:chmetcnv>", "5"},
		{"VML text box", "<v:shape><v:textbox>5</v:textbox></v:shape>", "5"},
		{"spacing of Word", "<span style='mso-spacerun:yes'>&nbsp; </span>5", "5"},
		{"hidden by Word", "<span style='display:none;mso-hide:all'>9</span>5", "5"},
		{"value of a spreadsheet beside it", "<font x:num='5.00'>5</font>", "5"},
		{"digits in several spans", "<div><span>1</span><span style='color:red'>2</span><font>3</font></div>", "123"},
		{"comment in a number", "1<!-- 9 -->2", "12"},
		{"place to break", "1<wbr>2&shy;3&#8203;4", "1234"},
		{"full width", "１２", "１２"},
		{"no-break space as separator", "1&nbsp;234", "1 234"},
		{"all of it raised", "<sup>5</sup>", "5"},
		{"raised words", "5<sup>件</sup>", "5件"},
		{"nothing struck out", "<s> </s>5", "5"},
		{"a line of its own", "<span style='display:block'>5</span>", "5"},
		{"form controls", "<input value='5'><input type='hidden' value='9'>", "5"},
		{"words with an ornament", "行政许可<img src='new.gif'>", "行政许可"},
		{"a picture of one pixel", "<img src='spacer.gif' width='1' height='1'>", ""},
		{"a hidden picture", "<img src='5.png' style='display: none'>", ""},
		// Not a figure.
		{"note mark", "5<sup>2</sup>", "5^2"},
		{"note mark by style", "5<span style='vertical-align: super'>2</span>", "5^2"},
		{"note mark in front, and a blank", "<sup>2</sup> 345", "2^345"},
		{"lowered", "1<sub>0</sub>", "1^0"},
		{"struck out", "<s>5</s>6", "~5~6"},
		{"struck out by style", "<span style='text-decoration:line-through'>5</span>6", "~5~6"},
		{"revision of Word", "<del cite='mailto:x'><span>5</span></del><ins>6</ins>", "~5~6"},
		{"too small to see", "<span style='font-size:0px'>9</span>5", "~9~5"},
		{"transparent", "<span style='opacity: 0'>9</span>5", "~9~5"},
		{"right to left", "<bdo dir=rtl>12</bdo>", "~12~"},
		{"right to left by a character", "&#x202E;12", "\u202e12"},
		{"a picture", "<img src='5.png'>", "\uFFFC"},
		{"a picture of the last digit", "1<img src='5.png'>", "1\uFFFC"},
		{"a drawing", "<svg><text>5</text></svg>", "\uFFFC"},
		{"written by a script", "<script>document.write('5')</script>", "\uFFFC"},
		{"a field to fill in", "<textarea>5</textarea>", "\uFFFC"},
		{"two spans with the line end of the source between them", "<span>1</span>\n<span>2</span>", "1 2"},
		{"two lines", "1<br>2", "1 2"},
		{"two boxes", "<span style='display:block'>1</span><span style='display:block'>2</span>", "1 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := read(t, "<table><tr><td>自然人<td>商业企业<tr><td>1<td>"+tt.cell+"</table>")
			g := c.Blocks[0].Grid
			if g == nil {
				t.Fatalf("no table:\n%s", dump(c))
			}
			cell := g.Rows[1][1]
			if cell.Text != tt.want {
				t.Errorf("read %q, want %q", cell.Text, tt.want)
			}
			if number := strings.Trim(tt.want, "0123456789０１２ ") == "" && !strings.Contains(tt.want, " 2"); number && cell.Second != tt.want {
				t.Errorf("second reading %q, want %q", cell.Second, tt.want)
			}
		})
	}
}

// TestBrokenFigure: digits on two lines are one figure or two; only sums tell.
func TestBrokenFigure(t *testing.T) {
	for cell, want := range map[string]bool{
		"1<br>234": true, "<p>1</p><p>234</p>": true, "1\n234": true, "<table><tr><td>1<td>234</table>": true,
		"1 234": false, "1,234": false, "<p>1234</p><p>&nbsp;</p>": false, "\n 5 \n": false,
	} {
		c := read(t, "<table><tr><td>自然人<td>商业企业<tr><td>1<td>"+cell+"</table>")
		if got := c.Blocks[0].Grid.Rows[1][1]; got.Uncertain != want {
			t.Errorf("%q: read %q, uncertain %v, want %v", cell, got.Text, got.Uncertain, want)
		}
	}
}

// TestWordPage reads the frame that Word puts around a table.
func TestWordPage(t *testing.T) {
	page := `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- @page Section1 {size:595.3pt 841.9pt;} td {mso-style-parent:"";} --></style></head><body lang=ZH-CN style='tab-interval:21.0pt'>
<div class=Section1><p class=MsoNormal><b><span lang=EN-US>二、主动公开政府信息情况<o:p></o:p></span></b></p>
<table class=MsoNormalTable border=0 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <colgroup><col width=100 style='mso-width-source:userset'><col width=50 span=2></colgroup>
 <thead><tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=100 rowspan=2><p><span>信息内容</span></p></td><td colspan=2>本年</td></tr>
 <tr><td>制发件数</td><td>废止<span lang=EN-US><br></span>件数</td></tr></thead>
 <tr><td>规章</td><td valign=top style='mso-border-alt:solid windowtext .5pt'><p align=center>1<o:p></o:p></p></td><td><p>&nbsp;</p></td></tr>
 <thead><tr><td>信息内容</td><td>制发件数</td><td>废止件数</td></tr></thead>
 <tr style='mso-yfti-lastrow:yes'><td rowspan=2>行政规范性文件</td><td rowspan=2>2</td><td colspan=3>3</td></tr>
 <tr></tr>
 <![if !supportMisalignedColumns]><tr height=0><td width=100 style='border:none'></td><td width=50 style='border:none'></td><td width=50 style='border:none'></td></tr><![endif]>
</table></div></body></html>`
	want := "| 信息内容 | 本年 | < |\n| ^ | 制发件数 | 废止 件数 |\n| 规章 | 1 |  |\n| 信息内容 | 制发件数 | 废止件数 |\n" +
		"| 行政规范性文件 | 2 | 3 |\n| ^ | ^ | ~ |\n|  |  |  |"
	c := read(t, page)
	if got := drawing(c); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
	if len(c.Issues) > 0 {
		t.Errorf("issues %v", c.Issues)
	}
}
