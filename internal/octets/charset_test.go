package octets

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

const sentence = "本年度共收到政府信息公开申请12件，均已按期答复，没有行政复议和行政诉讼。"

func encoded(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestText(t *testing.T) {
	page := "<html><body>" + sentence + "</body></html>"
	liar := `<meta charset="gb2312">` + page
	script := "<script>" + strings.Repeat("var a = 1;\n", 400) + "</script>" + page
	traditional := strings.Repeat("本年度共收到政府資訊公開申請，均已答覆，沒有行政訴訟。這個國家的機關應當對申請進行說明。", 5)
	utf16le := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM)
	utf16be := xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
	badByte := strings.Repeat(sentence, 5)
	badByte = badByte[:300] + "\xff" + badByte[300:]
	for _, tt := range []struct {
		name string
		body []byte
		want string
		odd  bool
	}{
		{"UTF-8", []byte(page), page, false},
		{"UTF-8 whose meta says gb2312", []byte(liar), liar, false},
		{"UTF-8 with a byte order mark", []byte("\xef\xbb\xbf" + page), page, false},
		{"UTF-8 with one bad byte", []byte(badByte), strings.Replace(badByte, "\xff", "\uFFFD", 1), true},
		{"UTF-8 cut in the last character", []byte(sentence[:len(sentence)-1]), strings.TrimSuffix(sentence, "。"), true},
		{"UTF-8, few characters", []byte("<p>规章</p>"), "<p>规章</p>", false},
		{"GBK without a header", encoded(t, simplifiedchinese.GBK, page), page, false},
		{"GBK behind a long script", encoded(t, simplifiedchinese.GBK, script), script, false},
		{"GBK, few characters", encoded(t, simplifiedchinese.GBK, "<td>规章</td><td>0</td>"), "<td>规章</td><td>0</td>", false},
		{"GB18030 with a rare character", encoded(t, simplifiedchinese.GB18030, "㙍村镇人民政府"), "㙍村镇人民政府", false},
		{"GBK cut in the last character", encoded(t, simplifiedchinese.GBK, sentence+"公")[:len(encoded(t, simplifiedchinese.GBK, sentence))+1], sentence + "\uFFFD", true},
		{"Big5", encoded(t, traditionalchinese.Big5, traditional), traditional, false},
		{"UTF-16 with a mark", encoded(t, utf16le, page), page, false},
		{"UTF-16 without a mark", encoded(t, utf16be, page), page, false},
		{"ASCII", []byte("<td>0</td>"), "<td>0</td>", false},
		{"empty", nil, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, odd := Text(tt.body)
			if got != tt.want || (odd != "") != tt.odd {
				t.Errorf("got %.80q, odd %q\nwant %.80q, odd %v", got, odd, tt.want, tt.odd)
			}
		})
	}
}

// FuzzText: the result is always valid UTF-8, and valid UTF-8 is not changed.
func FuzzText(f *testing.F) {
	f.Add([]byte(sentence))
	f.Add(encoded(f, simplifiedchinese.GBK, sentence))
	f.Add([]byte("\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, odd := Text(body)
		if !utf8.ValidString(got) {
			t.Fatalf("not UTF-8: %q", got)
		}
		if odd == "" && strings.Contains(got, "\uFFFD") && !strings.Contains(string(body), "\uFFFD") {
			t.Fatalf("a bad byte passed unseen: %q from %q", got, body)
		}
	})
}
