package pdftable

import (
	"io"
	"regexp"
	"strconv"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
)

// A codeTable decodes the one-byte codes of a Type 3 font by its ToUnicode
// map. The second reader's own decoder goes by the names of the glyphs, which
// such fonts make up (g11).
type codeTable [256]rune

// Decode returns one character for each byte; U+FFFD where the map has none.
func (t *codeTable) Decode(raw string) string {
	runes := make([]rune, len(raw))
	for i := range runes {
		if runes[i] = t[raw[i]]; runes[i] == 0 {
			runes[i] = '\uFFFD'
		}
	}
	return string(runes)
}

// maxMap bounds the bytes read of a ToUnicode map of one-byte codes.
const maxMap = 1 << 18

var (
	mapBlock = regexp.MustCompile(`(?s)beginbf(char|range)\s(.*?)endbf`)
	mapChar  = regexp.MustCompile(`<\s*(\w\w)\s*>\s*<([\w\s]*)>`)
	mapRange = regexp.MustCompile(`<\s*(\w\w)\s*>\s*<\s*(\w\w)\s*>\s*(?:<([\w\s]*)>|\[([^\]]*)\])`)
	mapEntry = regexp.MustCompile(`<([\w\s]*)>`)
)

// type3Codes returns the table of a Type 3 font with a ToUnicode map; nil for
// any other font.
func type3Codes(font pdf.Value) *codeTable {
	stream := font.Key("ToUnicode")
	if font.Key("Subtype").Name() != "Type3" || stream.Kind() != pdf.Stream {
		return nil
	}
	body := stream.Reader()
	defer func() { _ = body.Close() }()
	text, err := io.ReadAll(io.LimitReader(body, maxMap))
	if err != nil {
		return nil
	}
	return readCodeTable(string(text))
}

func readCodeTable(text string) *codeTable {
	t := &codeTable{}
	for _, block := range mapBlock.FindAllStringSubmatch(text, -1) {
		if block[1] == "char" {
			for _, m := range mapChar.FindAllStringSubmatch(block[2], -1) {
				t[hex(m[1])] = oneRune(m[2])
			}
			continue
		}
		for _, m := range mapRange.FindAllStringSubmatch(block[2], -1) {
			low, high, first := int(hex(m[1])), int(hex(m[2])), oneRune(m[3])
			each := mapEntry.FindAllStringSubmatch(m[4], -1)
			for code := low; code <= high; code++ {
				switch n := code - low; {
				case first != 0:
					t[code] = first + rune(n)
				case n < len(each):
					t[code] = oneRune(each[n][1])
				}
			}
		}
	}
	return t
}

func hex(s string) byte {
	n, err := strconv.ParseUint(s, 16, 8)
	if err != nil {
		return 0
	}
	return byte(n)
}

// oneRune reads the UTF-16 of one character; 0 for anything else.
func oneRune(s string) rune {
	var units []uint16
	for i := 0; i+4 <= len(s); i += 4 {
		n, err := strconv.ParseUint(s[i:i+4], 16, 16)
		if err != nil {
			return 0
		}
		units = append(units, uint16(n))
	}
	if runes := utf16.Decode(units); len(runes) == 1 && len(s)%4 == 0 {
		return runes[0]
	}
	return 0
}
