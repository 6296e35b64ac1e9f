package octets

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

// Text turns the bytes of a page or text file into a string. It goes by the
// bytes alone: headers and meta tags are wrong too often. Text that is valid
// UTF-8 is UTF-8; otherwise the readings as UTF-8, GB18030 and Big5 are
// compared. The second result says in words what no charset explains; it is
// empty if all bytes were understood.
func Text(body []byte) (text, odd string) {
	if text, odd, ok := decodeUTF16(body); ok {
		return text, odd
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if utf8.Valid(body) {
		return string(body), ""
	}
	whole := trimCutRune(body)
	if utf8.Valid(whole) && hanzi(whole) > 0 {
		return string(whole), "the last character is cut: the text may be incomplete"
	}
	if sequences, errors := hanzi(whole), invalid(whole); sequences > 10*errors {
		return oddText("UTF-8", strings.ToValidUTF8(string(body), "\uFFFD"), errors)
	}
	gb := decode(simplifiedchinese.GB18030, body)
	best, name := gb, "GB18030"
	if t := strings.ToValidUTF8(string(body), "\uFFFD"); common(t) > common(best) {
		best, name = t, "UTF-8"
	}
	// Big5 shares its byte ranges with GBK: only a clear win counts.
	if t := decode(traditionalchinese.Big5, body); common(t) > 0.1 && common(t) > 2*common(best) {
		best, name = t, "Big5"
	}
	return oddText(name, best, strings.Count(best, "\uFFFD"))
}

// TextAs decodes a text whose charset somebody has named. A byte order mark knows better;
// a name that is not known says nothing.
func TextAs(body []byte, charset string) (text, odd string) {
	e, _ := htmlcharset.Lookup(charset)
	if e == nil || marked(body) {
		return Text(body)
	}
	text = decode(e, body)
	return oddText(charset, text, strings.Count(text, "\uFFFD"))
}

// marked reports whether a byte order mark stands before the text.
func marked(body []byte) bool {
	return MarkedUTF16(body) || bytes.HasPrefix(body, []byte("\xef\xbb\xbf"))
}

// MarkedUTF16 reports whether the byte order mark of UTF-16 stands before the text.
func MarkedUTF16(body []byte) bool {
	return bytes.HasPrefix(body, []byte{0xff, 0xfe}) || bytes.HasPrefix(body, []byte{0xfe, 0xff})
}

func oddText(charset, text string, errors int) (string, string) {
	if errors == 0 {
		return text, ""
	}
	return text, fmt.Sprintf("read as %s with %d places that are not valid", charset, errors)
}

func decode(e encoding.Encoding, body []byte) string {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return ""
	}
	return string(out)
}

// decodeUTF16 reads UTF-16 by its byte order mark or, without one, by the zero
// bytes that ASCII markup leaves in every second place.
func decodeUTF16(body []byte) (text, odd string, ok bool) {
	order, skip := xunicode.LittleEndian, 2
	switch {
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		order = xunicode.BigEndian
	default:
		skip = 0
		var zeros [2]int
		head := body[:min(len(body), 1024)]
		for i, b := range head {
			if b == 0 {
				zeros[i%2]++
			}
		}
		switch few := len(head) / 6; {
		case len(head) < 32:
			return "", "", false
		case zeros[0] > few && zeros[0] > 5*zeros[1]:
			order = xunicode.BigEndian
		case zeros[1] > few && zeros[1] > 5*zeros[0]:
		default:
			return "", "", false
		}
	}
	text = decode(xunicode.UTF16(order, xunicode.IgnoreBOM), body[skip:])
	text, odd = oddText("UTF-16", text, strings.Count(text, "\uFFFD"))
	return text, odd, true
}

// trimCutRune drops an incomplete UTF-8 sequence at the end.
func trimCutRune(b []byte) []byte {
	for i := 1; i <= min(3, len(b)); i++ {
		c := b[len(b)-i]
		if utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// hanzi counts the valid three-byte sequences of b: in a GBK page they are rare.
func hanzi(b []byte) int {
	n := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if size >= 3 && unicode.Is(unicode.Han, r) {
			n++
		}
		b = b[size:]
	}
	return n
}

func invalid(b []byte) int {
	n := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			n++
		}
		b = b[size:]
	}
	return n
}

// frequent holds characters that any Chinese page on this subject is full of,
// in both scripts.
const frequent = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飛" +
	"這個國為時來們對會發動過說產種後學經進著電裡現實兩體機當點從業應開還間樣與關線內數變條沒結問無係軍題黨員總設長頭資邊級圖統見計別論運農幾區強決戰則據處隊給門規熱領東導壓爭濟階術極聯認權證淨轉單風專務萬達積議聲報鬥類離華確張馬節話況傳許廣記議訊"

var frequentSet = sync.OnceValue(func() map[rune]bool {
	set := make(map[rune]bool, 700)
	for _, r := range frequent {
		set[r] = true
	}
	return set
})

// common is the share of frequent characters among the non-ASCII ones of s.
// Undecodable places count against it.
func common(s string) float64 {
	set := frequentSet()
	hits, all := 0, 0
	for i, r := range s {
		if i > 1<<18 {
			break
		}
		if r < utf8.RuneSelf || unicode.IsPunct(r) {
			continue
		}
		all++
		if set[r] {
			hits++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(hits) / float64(all)
}
