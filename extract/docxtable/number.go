package docxtable

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// lists numbers paragraphs as Word does: many reports write the 一、 of their
// headings with an automatic list, so it is not in the text.
type lists struct {
	levels   map[string][]listLevel // by list
	abstract map[string]string      // list to the definition it counts with
	counts   map[string][]int       // by definition, one for each level
}

type listLevel struct {
	start        int
	format, text string
}

type numberingXML struct {
	Abstract []struct {
		ID     string `xml:"abstractNumId,attr"`
		Levels []struct {
			Level  string `xml:"ilvl,attr"`
			Start  value  `xml:"start"`
			Format value  `xml:"numFmt"`
			Text   value  `xml:"lvlText"`
		} `xml:"lvl"`
	} `xml:"abstractNum"`
	Nums []struct {
		ID       string `xml:"numId,attr"`
		Abstract value  `xml:"abstractNumId"`
	} `xml:"num"`
}

const listLevels = 9

// readLists reads the numbering part.
func readLists(part []byte) (*lists, error) {
	l := &lists{levels: map[string][]listLevel{}, abstract: map[string]string{}, counts: map[string][]int{}}
	if part == nil {
		return l, nil
	}
	var x numberingXML
	if err := xml.Unmarshal(part, &x); err != nil {
		return nil, fmt.Errorf("read numbering: %w", damaged(err))
	}
	defined := map[string][]listLevel{}
	for _, a := range x.Abstract {
		levels := make([]listLevel, listLevels)
		for _, e := range a.Levels {
			if i, err := strconv.Atoi(e.Level); err == nil && i >= 0 && i < listLevels {
				start, err := strconv.Atoi(e.Start.Val)
				if err != nil {
					start = 1
				}
				levels[i] = listLevel{start: start, format: e.Format.Val, text: e.Text.Val}
			}
		}
		defined[a.ID] = levels
	}
	for _, n := range x.Nums {
		l.levels[n.ID], l.abstract[n.ID] = defined[n.Abstract.Val], n.Abstract.Val
	}
	return l, nil
}

// next returns the number of the next paragraph of a list, such as "一、";
// empty if there is none or it is a bullet.
func (l *lists) next(list, level string) string {
	if l == nil || l.levels[list] == nil {
		return ""
	}
	levels := l.levels[list]
	at, err := strconv.Atoi(level)
	if err != nil || at < 0 || at >= listLevels {
		at = 0
	}
	counts := l.counts[l.abstract[list]]
	if counts == nil {
		counts = make([]int, listLevels)
		for i := range counts {
			counts[i] = levels[i].start - 1
		}
		l.counts[l.abstract[list]] = counts
	}
	counts[at]++
	for i := at + 1; i < listLevels; i++ {
		counts[i] = levels[i].start - 1
	}
	if levels[at].format == "bullet" || levels[at].format == "none" {
		return ""
	}
	text := levels[at].text
	for i := range at + 1 {
		n := max(counts[i], levels[i].start)
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), formatNumber(n, levels[i].format))
	}
	return text
}

// formatNumber writes n in one of the formats that Chinese documents use;
// any other becomes decimal.
func formatNumber(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
		"ideographDigital", "chineseLegalSimplified":
		return chinese(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	case "decimalFullWidth":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(max(n, 0)))
	case "lowerLetter", "upperLetter":
		if n >= 1 && n <= 26 {
			return string(rune(map[bool]int{true: 'a', false: 'A'}[format == "lowerLetter"] + n - 1))
		}
	}
	return strconv.Itoa(n)
}

// chinese writes numbers up to 99 as 一, 十, 十一, 二十, 九十九.
func chinese(n int) string {
	digits := []rune("〇一二三四五六七八九")
	if n < 0 || n > 99 {
		return strconv.Itoa(n)
	}
	if n < 10 {
		return string(digits[n])
	}
	s := "十"
	if n >= 20 {
		s = string(digits[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}
