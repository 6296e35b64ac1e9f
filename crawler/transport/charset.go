package transport

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// toUTF8 decodes text. Neither the header nor the meta tag decides: both are
// often wrong. A byte order mark does, then the site's charset if it has one,
// then the bytes: UTF-8 if that leaves no more unreadable characters than
// GB18030 would, which also keeps a UTF-8 page with one bad byte. It may return b
// itself.
func toUTF8(b []byte, siteCharset string) []byte {
	switch charsetOfBOM(b) {
	case "utf-8":
		return bytes.ToValidUTF8(b[3:], []byte("\uFFFD"))
	case "utf-16":
		return decodeWith(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), b)
	}
	if siteCharset != "" {
		if e, _ := charset.Lookup(siteCharset); e != nil {
			return decodeWith(e, b)
		}
	}
	if whole := trimCutRune(b); utf8.Valid(whole) {
		if len(whole) == len(b) {
			return b
		}
		return bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	gbk := decodeWith(simplifiedchinese.GB18030, b)
	asUTF8 := bytes.ToValidUTF8(b, []byte("\uFFFD"))
	if score(asUTF8) >= score(gbk) {
		return asUTF8
	}
	return gbk
}

func charsetOfBOM(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\xff\xfe")):
		return "utf-16"
	}
	return ""
}

func decodeWith(e encoding.Encoding, b []byte) []byte {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	return out
}

// trimCutRune drops the beginning of a character at the very end.
func trimCutRune(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
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

// common are the characters most frequent in official Chinese. GB18030 read as
// UTF-8, or the other way round, gives hardly any of them.
const common = "的一是不了在有人国政府信息公开工作年度报告申请行政机关主动依法中和为大上个地方时要以会可对生能而子那得于着下自之发后作里用道然家种事成多经么去法学如都同现当没动面起看定天分还进好小部其些样理心本前但因只从想实日军者意无力它与长把机十民第次数月件结果合计总题情况规定收费处理复议诉讼"

// score is the number of common characters less the unreadable ones, which
// weigh ten times as much.
func score(b []byte) int {
	n := 0
	for _, r := range string(b[:min(len(b), 256<<10)]) {
		switch {
		case r == utf8.RuneError:
			n -= 10
		case r >= 0x4e00 && r <= 0x9fff && strings.ContainsRune(common, r):
			n++
		}
	}
	return n
}
