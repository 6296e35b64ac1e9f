package extract

import (
	"regexp"
	"strings"

	"gongkai"
)

// A figure is what one cell says.
type figure struct {
	State gongkai.State
	Value gongkai.Decimal
	Unit  string // "wan", "yuan" or a counting word; empty if none is printed
	Note  string // words beside the number
	Sign  bool   // a sign is printed, as a character or as 增/减
	Times bool   // 万 or 亿 is printed: the figure may be rounded
}

var (
	// One number, an optional multiplier and counting word, an optional note
	// in brackets. Anything else beside a number makes it Text: half-read
	// figures are worse than unread ones.
	figurePattern = regexp.MustCompile(`^([+-]|增加|减少|新增|增|减)?` +
		`(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)` +
		`(万|亿)?(元|件次|件|条|项|个|份|人次|人|次|宗|例|起|部|批)?` +
		`([⁰¹²³⁴-⁹₀-₉①-⑳]+)?(\([^()]*\)|\[[^\[\]]*\])?[。;,]?$`)
	naPattern = regexp.MustCompile(`^(无|暂无|没有|不适用|未统计|N/?A|n/?a)[。.]?$`)
)

// What readers put in the place of what they do not read as text.
const (
	picture    = '\uFFFC' // a picture, a drawing, a place that a script fills
	unreadable = '\uFFFD' // ink or characters that nobody can make out
)

// readFigure reads the text of one cell. It never turns a blank, a mark or a
// word into zero, and never rounds.
func readFigure(text string) figure {
	if n, ok := smallCount(text); ok {
		return figure{State: gongkai.Number, Value: gongkai.Int(n)}
	}
	s := foldText(text)
	switch {
	case s == "":
		return figure{State: gongkai.Blank}
	case strings.Trim(s, `/\`) == "":
		return figure{State: gongkai.Slash}
	case strings.Trim(s, "-") == "":
		return figure{State: gongkai.Dash}
	case len(s) <= 16 && naPattern.MatchString(s):
		return figure{State: gongkai.NAText}
	case strings.ContainsRune(s, picture), strings.ContainsRune(s, unreadable):
		return figure{State: gongkai.Unreadable}
	case s == "零" || s == "〇":
		return figure{State: gongkai.Number}
	}
	if !strings.ContainsAny(s, "0123456789") {
		return figure{State: gongkai.Text}
	}
	if head, note, ok := strings.Cut(s, "^"); ok { // a raised figure is a note on the one before it
		f := readFigure(head)
		if f.State != gongkai.Number || f.Note != "" {
			return figure{State: gongkai.Text}
		}
		f.Note = raise("^" + note)
		return f
	}
	m := figurePattern.FindStringSubmatch(s)
	if m == nil {
		return figure{State: gongkai.Text}
	}
	value, err := gongkai.ParseDecimal(strings.NewReplacer(",", "", " ", "").Replace(m[2]))
	if err != nil {
		return figure{State: gongkai.Text}
	}
	f := figure{State: gongkai.Number, Value: value, Note: strings.Trim(m[5]+m[6], "()[]"), Sign: m[1] != ""}
	if m[1] == "-" || strings.HasPrefix(m[1], "减") {
		f.Value = -f.Value
	}
	return f.scale(m[3], m[4])
}

var raisedDigits = strings.NewReplacer("^", "", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// raise spells the raised digits of a note, which readers mark with "^" where
// they follow a digit, as such: 7³.
func raise(s string) string {
	head, note, _ := strings.Cut(s, "^")
	return head + raisedDigits.Replace(note)
}

// smallCount reads up to nine plain digits, as nearly every cell holds.
func smallCount(s string) (int64, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := int64(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int64(s[i]-'0')
	}
	return n, true
}

// scale applies 万 and 亿. Money in 万元, or in 万 alone, stays in 万元, so that
// nothing printed is recalculated: Unit says which.
func (f figure) scale(multiplier, unit string) figure {
	f.Unit, f.Times = unit, multiplier != ""
	if unit == "" && multiplier == "" {
		switch f.Note {
		case "元", "万元", "亿元": // 120（万元）
			multiplier, unit, f.Note = strings.TrimSuffix(f.Note, "元"), "元", ""
		}
	}
	factor := gongkai.Decimal(1)
	switch {
	case multiplier == "万" && (unit == "" || unit == "元"):
		f.Unit = "wan"
		return f
	case multiplier == "万":
		factor = 10_000
	case multiplier == "亿":
		factor, f.Unit = 100_000_000, "yuan"
	case unit == "元":
		f.Unit = "yuan"
	}
	scaled, ok := f.Value.Mul(int64(factor))
	if !ok && f.Value != 0 && factor != 1 {
		return figure{State: gongkai.Text}
	}
	if factor != 1 {
		f.Value = scaled
	}
	return f
}

// thousands matches what may be 1234 or 1 and 234 thousandths.
var thousands = regexp.MustCompile(`^[1-9]\d{0,2}\.\d{3}$`)

// asCount takes a figure for a count of things. 1.234 may be 1234, 1.2万 is
// rounded, and 元 counts nothing: such a cell is Text.
func (f figure) asCount(raw string) figure {
	if f.State == gongkai.Number && (f.Times || f.Unit == "yuan" || thousands.MatchString(strings.Trim(foldText(raw), "+-"))) {
		return figure{State: gongkai.Text}
	}
	return f
}

// foldText makes full-width characters narrow, dashes alike and white space
// single, and trims. It does not apply NFKC, which would read 22① as 221.
func foldText(s string) string {
	s = strings.Map(foldCell, s)
	if strings.Contains(s, "  ") {
		return strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSpace(s)
}

func foldCell(r rune) rune {
	switch {
	case r < 0x80 && r != '\t' && r != '\n' && r != '\r':
		return r
	case r >= 0x2000 && r <= 0x200a: // spaces of all widths
		return ' '
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		if r == '－' {
			return '-'
		}
		return r - 0xFEE0
	}
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad':
		return -1 // invisible
	case '\u00a0', '\u3000', '\u202f', '\u205f', '\t', '\n', '\r':
		return ' '
	case '—', '–', '‐', '‑', '−', '﹣', '―', '─':
		return '-'
	}
	return r
}
