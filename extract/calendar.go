package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Reports exist from fiscal year 2008 on, when the Regulation came into force.
const (
	firstFiscalYear = 2008
	lastFiscalYear  = 2099
)

const (
	yearDigits = `(?:20\d\d|[二2][〇零○oO0][〇零○oO一二三四五六七八九0-9]{2})`
	zhDate     = `[〇零○一二三四五六七八九十]{1,3}`
)

var (
	yearPattern      = regexp.MustCompile(`(?:^|[^\d.])(` + yearDigits + `)(?:年度?|[^\d.\-/]|$)`)
	shortYearPattern = regexp.MustCompile(`(?:^|[^\d])([0-4]\d)年`)
	datePattern      = regexp.MustCompile(`(20\d\d)(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})`)
	compactPattern   = regexp.MustCompile(`^(20\d\d)(\d\d)(\d\d)(?:\d{6})?$`)
	periodPattern    = regexp.MustCompile(`(` + yearDigits + `)[年\-/.](?:(\d{1,2}|` + zhDate + `)[月\-/.])?(\d{1,2}|` + zhDate + `)日?起?` +
		`(?:至|到|-|~|～)(?:(` + yearDigits + `|同|当|本)[年\-/.])?(?:(\d{1,2}|` + zhDate + `)[月\-/.])?(\d{1,4}|` + zhDate + `)日?`)
	periodContext = regexp.MustCompile(`期限|时限|统计|时段|时间范围|起止|数据|本报告|年度报告|年报`)
	publishLabel  = regexp.MustCompile(`(?:发布|公布|公开|发稿|发文|成文|生成|更新)(?:日期|时间)[::]?`)
)

// yearsNamed returns the distinct years that s names, in order of appearance.
func yearsNamed(s string) []int {
	var found []int
	for start := 0; start < len(s); {
		m := yearPattern.FindStringSubmatchIndex(s[start:])
		if m == nil {
			break
		}
		if y := readYear(s[start+m[2] : start+m[3]]); y != 0 && !slices.Contains(found, y) {
			found = append(found, y)
		}
		start += m[3]
	}
	return found
}

// titleYears also takes two-digit years: 23年政府信息公开工作年度报告.
func titleYears(s string) []int {
	found := yearsNamed(s)
	if len(found) > 0 {
		return found
	}
	if m := shortYearPattern.FindStringSubmatch(s); m != nil {
		if y := readYear("20" + m[1]); y != 0 {
			return []int{y}
		}
	}
	return nil
}

// readYear reads 2023 or 二〇二三; 0 if it is no year a report can be of.
func readYear(s string) int {
	y, err := strconv.Atoi(zhYearDigits.Replace(s))
	if err != nil || y < firstFiscalYear-1 || y > lastFiscalYear {
		return 0
	}
	return y
}

var zhYearDigits = strings.NewReplacer("〇", "0", "零", "0", "○", "0", "o", "0", "O", "0", "一", "1", "二", "2",
	"三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// isoDate returns YYYY-MM-DD if the three make a day of the calendar.
func isoDate(year, month, day int) (string, bool) {
	if year < firstFiscalYear-1 || year > lastFiscalYear || month < 1 || month > 12 || day < 1 {
		return "", false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), true
}

// readDate returns the first date in s, white space dropped before.
func readDate(s string) (string, bool) {
	m := compactPattern.FindStringSubmatch(s)
	if m == nil {
		m = datePattern.FindStringSubmatch(s)
	}
	if m == nil {
		return "", false
	}
	return isoDate(plainInt(m[1]), plainInt(m[2]), plainInt(m[3]))
}

// readPublished finds "发布日期：2020-01-31" in a short line; nothing in prose.
func readPublished(s string) (string, bool) {
	at := publishLabel.FindStringIndex(s)
	if at == nil {
		return "", false
	}
	rest := s[at[1]:]
	if m := datePattern.FindStringIndex(rest); m == nil || m[0] > 0 {
		return "", false
	}
	return readDate(rest)
}

// readPeriod finds the statistical period in text without white space. Lost
// characters are forgiven where only one reading is a day: 11日 at the start
// is 1月1日, 1231日 at the end is 12月31日.
func readPeriod(s string) ([2]string, bool) {
	for _, sentence := range strings.FieldsFunc(s, func(r rune) bool { return r == '。' || r == '\n' || r == ';' }) {
		if !periodContext.MatchString(sentence) {
			continue
		}
		m := periodPattern.FindStringSubmatch(sentence)
		if m == nil {
			continue
		}
		from, ok1 := periodDay(readYear(m[1]), m[2], m[3])
		year := readYear(m[1])
		if y := readYear(m[4]); y != 0 {
			year = y
		}
		to, ok2 := periodDay(year, m[5], m[6])
		if ok1 && ok2 && from < to {
			return [2]string{from, to}, true
		}
	}
	return [2]string{}, false
}

func periodDay(year int, month, day string) (string, bool) {
	if month == "" { // 月 or 日 is lost
		switch day {
		case "11":
			month, day = "1", "1"
		case "1231":
			month, day = "12", "31"
		default:
			return "", false
		}
	}
	return isoDate(year, dayNumber(month), dayNumber(day))
}

func dayNumber(s string) int {
	v, ok := readNumeral(s)
	n, whole := v.Whole()
	if !ok || !whole || n > 99 {
		return 0
	}
	return int(n)
}

// plainInt reads digits that a pattern has matched.
func plainInt(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
