package reader

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode"
	"unicode/utf8"

	"gongkai/extract"
	"gongkai/internal/octets"
)

// A kind is a kind of file.
type kind int

const (
	unknownKind kind = iota
	emptyKind
	pdfKind
	packageKind // ZIP: DOCX, or something that only looks like it
	legacyKind  // OLE: DOC, WPS, XLS, encrypted DOCX
	mhtmlKind
	htmlKind
	textKind
	foreignKind // known, and not readable
)

// foreign lists the files that we can name but not read, with what to do.
var foreign = []struct{ magic, name, next string }{
	{"Rar!\x1a\x07", "a RAR archive", "unpack it and read the documents in it"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and read the documents in it"},
	{"\x1f\x8b", "a gzip file", "unpack it"},
	{"BZh", "a bzip2 file", "unpack it"},
	{"\xfd7zXZ\x00", "an xz file", "unpack it"},
	{"\xff\xd8\xff", "a JPEG image", "look for the report as text, or as a PDF of it"},
	{"\x89PNG\r\n\x1a\n", "a PNG image", "look for the report as text, or as a PDF of it"},
	{"GIF8", "a GIF image", "look for the report as text, or as a PDF of it"},
	{"BM", "a bitmap image", "look for the report as text, or as a PDF of it"},
	{"II*\x00", "a TIFF image", "look for the report as text, or as a PDF of it"},
	{"MM\x00*", "a TIFF image", "look for the report as text, or as a PDF of it"},
	{"RIFF", "a media file", "look for the report as text, or as a PDF of it"},
	{`{\rtf`, "an RTF file", "convert it to DOCX or PDF"},
	{"%!PS", "a PostScript file", "convert it to PDF"},
	{"AT&TFORM", "a DjVu file", "convert it to PDF"},
	{"\xed\xab\xee\xdb", "a package file", "unpack it"},
	{"\x7fELF", "a program", "check the link"},
	{"MZ", "a program", "check the link"},
}

var (
	htmlPattern  = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|table|div|p|span|meta|title|script|tr|td|h[1-6]|font|center|section|article|frameset|br)[\s/>]`)
	mhtmlPattern = regexp.MustCompile(`(?i)^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related`)
)

// sniff tells what body is. For foreignKind the error says what to do.
func sniff(body []byte) (kind, error) {
	trimmed := bytes.TrimLeft(body, " \t\r\n\x00\f")
	if len(trimmed) == 0 {
		return emptyKind, nil
	}
	if bytes.Contains(body[:min(len(body), 1024)], []byte("%PDF-")) {
		return pdfKind, nil
	}
	switch {
	case bytes.HasPrefix(body, []byte("PK\x03\x04")), bytes.HasPrefix(body, []byte("PK\x05\x06")):
		return packageKind, nil
	case bytes.HasPrefix(body, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return legacyKind, nil
	}
	for _, f := range foreign {
		if bytes.HasPrefix(body, []byte(f.magic)) && (len(f.magic) > 2 || binary(body)) {
			return foreignKind, fmt.Errorf("%w: %s: %s", extract.ErrUnsupported, f.name, f.next)
		}
	}
	if binary(body) {
		return unknownKind, nil
	}
	head := decodedHead(body)
	switch {
	case mhtmlPattern.Match(head):
		return mhtmlKind, nil
	case isWordXML(head):
		return foreignKind, fmt.Errorf("%w: Word XML: convert it to DOCX or PDF", extract.ErrUnsupported)
	case htmlPattern.Match(head) || markupInside(body):
		return htmlKind, nil
	}
	return textKind, nil
}

// decodedHead returns the beginning of a text file as UTF-8.
func decodedHead(body []byte) []byte {
	text, _ := octets.Text(body[:min(len(body), 8<<10)&^1])
	return []byte(text)
}

// markupInside finds pages whose first kilobytes are comments or scripts, and
// answers of interfaces that carry a page in a string.
func markupInside(body []byte) bool {
	lower := bytes.ToLower(body[:min(len(body), 10<<20)])
	return bytes.Contains(lower, []byte("</table")) || bytes.Contains(lower, []byte("</html")) ||
		bytes.Contains(lower, []byte(`<\/table`)) || bytes.Contains(lower, []byte(`\u003ctable`))
}

// binary reports whether body is no text in any charset we know: control
// characters that no text has. UTF-16 is text.
func binary(body []byte) bool {
	head := body[:min(len(body), 4096)]
	if len(head) > 1 && (head[0] == 0xff && head[1] == 0xfe || head[0] == 0xfe && head[1] == 0xff) {
		return false
	}
	text, _ := octets.Text(head)
	odd, all := 0, 0
	for _, r := range text {
		all++
		if r == utf8.RuneError || r == 0 || unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Co, r) {
			odd++
		}
	}
	return odd*20 > all
}

// isWordXML holds for documents that Word saved as one XML file.
func isWordXML(head []byte) bool {
	head = bytes.ToLower(head)
	for _, mark := range []string{`progid="word.document"`, "schemas.microsoft.com/office/word/2003/wordml", "<pkg:package"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}
