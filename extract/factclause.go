package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A factClause is a piece of a sentence between commas, with what the pieces
// before it say about it.
type factClause struct {
	text    string // folded, years written as 本年, 上年, 下年, 他年
	depth   int    // brackets around it
	opening bool   // the first one within its brackets
	breaks  bool   // a semicolon stands before it
}

// splitSentences cuts a paragraph behind 。！？ and returns the pieces as printed.
func splitSentences(paragraph string) []string {
	var sentences []string
	start := 0
	for i, r := range paragraph {
		if r == '。' || r == '！' || r == '？' || r == '!' || r == '?' {
			end := i + utf8.RuneLen(r)
			sentences = append(sentences, paragraph[start:end])
			start = end
		}
	}
	sentences = append(sentences, paragraph[start:])
	kept := sentences[:0]
	for _, s := range sentences {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// joinParagraphs mends paragraphs that a page break or a line end has cut: a
// line that does not end a sentence goes on in the next one.
func joinParagraphs(text string) []string {
	var paragraphs []string
	open := false
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if open && !startsItem.MatchString(line) {
			paragraphs[len(paragraphs)-1] += line
		} else {
			paragraphs = append(paragraphs, line)
		}
		open = !isItemHeading(line) && !strings.ContainsAny(lastRune(line), "。；：！？:;!?）)”")
	}
	return paragraphs
}

// isItemHeading reports whether line is a heading such as （二）依申请公开情况.
func isItemHeading(line string) bool {
	return startsItem.MatchString(line) && utf8.RuneCountInString(line) < 24 && !strings.ContainsAny(line, "，,。")
}

var startsItem = regexp.MustCompile(`^(?:[#*]*\s*)?(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十])`)

var relativeYears = strings.NewReplacer(
	"上一年度", "上年", "上一年", "上年", "上年度", "上年", "去年", "上年", "往年", "上年",
	"下一年度", "下年", "下一年", "下年", "下年度", "下年", "次年", "下年", "明年", "下年",
	"本年度", "本年", "今年", "本年")

// splitClauses cuts a folded sentence at commas, semicolons, colons and
// brackets, and at 、 beside a figure (予以公开5件、部分公开1件).
func splitClauses(folded string, year int) []factClause {
	s := relativeYears.Replace(relateYears(joinThousands(folded), year))
	var clauses []factClause
	start, depth := 0, 0
	next := factClause{}
	cut := func(end, from int) {
		if end > start {
			next.text = s[start:end]
			clauses = append(clauses, next)
			next = factClause{depth: depth}
		}
		start = from
	}
	for i, r := range s {
		after := i + utf8.RuneLen(r)
		switch r {
		case ',', ':', '。', '!', '?':
			cut(i, after)
		case ';':
			cut(i, after)
			next.breaks = depth == 0
		case '(', '[':
			cut(i, after)
			depth = min(depth+1, 8)
			next.depth, next.opening = depth, true
		case ')', ']':
			cut(i, after)
			depth = max(depth-1, 0)
			next.depth, next.opening = depth, false
		case '、':
			figure := after < len(s) && s[after] >= '0' && s[after] <= '9' && !isDigits(lastRune(s[:i]))
			if figure || strings.ContainsAny(lastRune(s[:i]), "件条个元次份起宗例%") {
				cut(i, after)
			}
		}
	}
	cut(len(s), len(s))
	return clauses
}

// relateYears writes years from the report's point of view. If the year of
// the report is not known, all are others. A bare number is a year only where
// 年 was lost before 共 or the like.
func relateYears(s string, year int) string {
	if !strings.Contains(s, "20") && !strings.Contains(s, "19") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.') {
			i++
		}
		if i == start {
			i++
			b.WriteByte(s[start])
			continue
		}
		number, rest := s[start:i], s[i:]
		unit := 0
		for _, word := range []string{"年度", "年"} {
			if unit == 0 && strings.HasPrefix(rest, word) {
				unit = len(word)
			}
		}
		bare := strings.HasPrefix(rest, "共") || strings.HasPrefix(rest, "全年") || strings.HasPrefix(rest, "我")
		if len(number) != 4 || !isDigits(number) || number[:2] != "20" && number[:2] != "19" || unit == 0 && !bare {
			b.WriteString(number)
			continue
		}
		b.WriteString(relativeYear(plainInt(number), year))
		i += unit
	}
	return b.String()
}

func relativeYear(y, year int) string {
	switch {
	case year == 0:
	case y == year:
		return "本年"
	case y == year-1:
		return "上年"
	case y == year+1:
		return "下年"
	}
	return "他年"
}

// joinThousands drops the commas of 1,466.
func joinThousands(s string) string {
	if !strings.Contains(s, ",") {
		return s
	}
	b := make([]byte, 0, len(s))
	digits := 0 // before this place
	for i := 0; i < len(s); i++ {
		if s[i] == ',' && digits >= 1 && digits <= 3 && threeDigits(s[i+1:]) {
			b, digits = append(b, s[i+1:i+4]...), 3
			i += 3
			continue
		}
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		} else {
			digits = 0
		}
		b = append(b, s[i])
	}
	return string(b)
}

// threeDigits reports whether s starts with three digits and not a fourth.
func threeDigits(s string) bool {
	return len(s) >= 3 && isDigits(s[:3]) && (len(s) == 3 || s[3] < '0' || s[3] > '9')
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
