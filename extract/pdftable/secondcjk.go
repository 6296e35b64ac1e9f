package pdftable

import (
	"strings"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// A charset decodes the strings of fonts whose encoding is one of the
// predefined CMaps for Chinese, which the second reader takes for bytes.
type charset struct{ encoding.Encoding }

func (c charset) Decode(raw string) string {
	s, err := c.NewDecoder().String(raw)
	if err != nil {
		return ""
	}
	return s
}

// charsetOf returns the encoding of a font without a ToUnicode map that names
// a CMap for simplified Chinese, else nil.
func charsetOf(font pdf.Value) pdf.TextEncoding {
	name := font.Key("Encoding").Name()
	switch {
	case font.Key("ToUnicode").Kind() != pdf.Null:
		return nil
	case strings.HasPrefix(name, "GBK2K-"):
		return charset{simplifiedchinese.GB18030}
	case strings.HasPrefix(name, "GBK-EUC-"), strings.HasPrefix(name, "GBKp-EUC-"), strings.HasPrefix(name, "GB-EUC-"), strings.HasPrefix(name, "GBpc-EUC-"):
		return charset{simplifiedchinese.GBK}
	case strings.HasPrefix(name, "UniGB-UTF16-"):
		return charset{unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	}
	return nil
}
