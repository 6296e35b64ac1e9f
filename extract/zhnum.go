package extract

import (
	"strings"

	"gongkai"
)

// zhDigits maps Chinese digits to their values; 两 counts, it never spells a year.
var zhDigits = map[rune]int64{
	'零': 0, '〇': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

var zhUnits = map[rune]int64{'十': 10, '百': 100, '千': 1000, '万': 10_000, '亿': 100_000_000}

// readNumeral reads a number as prose prints it: 1,466, 1.2万, 三十二, 一百零五,
// 两. What can be read in two ways (三五, 一百二) is not read.
func readNumeral(s string) (gongkai.Decimal, bool) {
	if s == "" {
		return 0, false
	}
	if s[0] < '0' || s[0] > '9' {
		n, ok := readZhInteger(s)
		return gongkai.Int(n), ok
	}
	plain := strings.TrimRight(s, "百千万亿")
	value, err := gongkai.ParseDecimal(strings.ReplaceAll(plain, ",", ""))
	if err != nil {
		return 0, false
	}
	for _, r := range s[len(plain):] {
		scaled, ok := value.Mul(zhUnits[r])
		if !ok {
			return 0, false
		}
		value = scaled
	}
	return value, true
}

// readZhInteger reads a number in Chinese characters, below 1e12.
func readZhInteger(s string) (int64, bool) {
	if !strings.ContainsAny(s, "十百千万亿") {
		return readZhDigits(s)
	}
	high, rest := int64(0), s
	for _, big := range []string{"亿", "万"} {
		head, tail, found := strings.Cut(rest, big)
		if !found {
			continue
		}
		n, ok := readZhSection(head)
		if !ok || n == 0 {
			return 0, false
		}
		high += n * zhUnits[[]rune(big)[0]]
		if rest = tail; rest == "" {
			return high, true
		}
	}
	n, ok := readZhSection(rest)
	if !ok || n == 0 || high > 0 && n < 1000 && !strings.HasPrefix(rest, "零") && !strings.HasPrefix(rest, "〇") {
		return 0, false // 一万二 is 12,000 to some and nonsense to others
	}
	return high + n, true
}

// readZhSection reads a number below 10,000. Units must fall and a skipped
// unit needs its 零, so that 一百二 is refused.
func readZhSection(s string) (int64, bool) {
	sum, digit, last := int64(0), int64(-1), int64(10_000)
	zero := false
	for _, r := range s {
		if d, ok := zhDigits[r]; ok {
			if digit >= 0 {
				return 0, false
			}
			if d == 0 {
				zero = true
				continue
			}
			digit = d
			continue
		}
		unit := zhUnits[r]
		if unit == 0 || unit >= last || digit < 0 && (unit != 10 || sum > 0) {
			return 0, false
		}
		if digit < 0 {
			digit = 1 // 十五
		}
		sum, digit, last, zero = sum+digit*unit, -1, unit, false
	}
	if digit >= 0 {
		if last != 10 && last != 10_000 && !zero {
			return 0, false
		}
		sum += digit
	}
	return sum, s != ""
}

// readZhDigits reads characters that stand for digits one by one: 八, 二〇二三.
// Two digits without a zero (三五) may mean three or five.
func readZhDigits(s string) (int64, bool) {
	n, count, zero := int64(0), 0, false
	for _, r := range s {
		d, ok := zhDigits[r]
		if !ok || count == 12 || r == '两' && len(s) > len("两") {
			return 0, false
		}
		n, count, zero = n*10+d, count+1, zero || d == 0
	}
	return n, count == 1 || count > 2 || count == 2 && zero && n >= 10
}
