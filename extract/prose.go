package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldProse makes s ready for matching: full-width characters narrow, dashes
// alike, traditional characters simplified, all white space and the marks of
// Markdown dropped. offsets says where in s each byte of the result comes
// from; its last entry is len(s). It is foldText and simplify in one pass,
// with the way back.
func foldProse(s string) (folded string, offsets []int) {
	b := make([]byte, 0, len(s))
	offsets = make([]int, 0, len(s)+1)
	for i, r := range s {
		if r = foldRune(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
		for len(offsets) < len(b) {
			offsets = append(offsets, i)
		}
	}
	return simplifyProse(string(b)), append(offsets, len(s))
}

// simplifyProse is simplify for folded prose. It never changes the length, so
// that offsets keep their meaning.
func simplifyProse(folded string) string {
	if !containsAny(folded, traditionalSigns) {
		return folded
	}
	simple := proseTraditional.Replace(simplify(folded))
	if len(simple) != len(folded) {
		return folded
	}
	return simple
}

// squeeze folds s as foldProse does but leaves traditional characters, for
// what is kept as printed.
func squeeze(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r = foldRune(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// proseTraditional adds to the characters of labels those of prose.
var proseTraditional = strings.NewReplacer(strings.Fields(
	"體 体 問 问 題 题 縣 县 鎮 镇 鄉 乡 廳 厅 號 号 將 将 餘 余 約 约 億 亿 兩 两 較 较 時 时 間 间 個 个 從 从 " +
		"長 长 衆 众 眾 众 證 证 圖 图 島 岛 灣 湾 慶 庆 廣 广 東 东 漢 汉 寧 宁 濱 滨 陽 阳 陰 阴 龍 龙 雲 云 貴 贵 蘭 兰 麗 丽")...)

// traditionalSigns occur in every report in traditional characters.
var traditionalSigns = []string{"開", "報", "請", "辦", "處", "訴", "況"}

// foldRune returns r as it is matched, or -1 if it does not count.
func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		if r <= ' ' || r == '*' || r == '#' {
			return -1
		}
		return r
	case r >= 0x4e00 && r <= 0x9fff:
		return r
	case r >= 0xff01 && r <= 0xff5e:
		return foldRune(r - 0xfee0)
	case strings.ContainsRune("—–‐‑−﹣―─", r):
		return '-'
	case strings.ContainsRune("\u200b\u200c\u200d\u2060\ufeff\u00ad", r) || unicode.IsSpace(r):
		return -1
	}
	return r
}

// foldSpace makes all white space single spaces, trims, and drops invisible
// characters.
func foldSpace(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	for _, r := range s {
		switch {
		case r != ' ' && foldRune(r) < 0 && r != '*' && r != '#' && !unicode.IsSpace(r):
		case unicode.IsSpace(r):
			space = len(b) > 0
		default:
			if space {
				b, space = append(b, ' '), false
			}
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// lastRune returns the last character of s, or "".
func lastRune(s string) string {
	if s == "" {
		return ""
	}
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
