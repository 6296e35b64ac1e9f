package transport

import (
	"bytes"
	"mime"
	"strings"

	"gongkai/internal/octets"
)

// magics are the beginnings of files that are not text.
var magics = []struct{ prefix, mediaType string }{
	{"PK\x03\x04", "application/zip"},                                 // DOCX, XLSX and OFD too
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"}, // DOC, XLS, WPS
	{"{\\rtf", "application/rtf"},
	{"Rar!\x1a\x07", "application/vnd.rar"},
	{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
	{"\x1f\x8b", "application/gzip"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"GIF8", "image/gif"},
	{"BM", "image/bmp"},
	{"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"},
}

// htmlTags begin web pages, or the fragments of them that list interfaces send.
var htmlTags = [][]byte{
	[]byte("<!doctype html"), []byte("<html"), []byte("<head"), []byte("<body"), []byte("<meta"), []byte("<title"),
	[]byte("<table"), []byte("<div"), []byte("<ul"), []byte("<li"), []byte("<a "), []byte("<p"), []byte("<span"), []byte("<script"), []byte("<iframe"), []byte("<frameset"),
}

// sniff tells the media type from the bytes, and whether they are text. What
// the server declared decides only between kinds of text.
func sniff(b []byte, declared string) (mediaType string, text bool) {
	head := b[:min(len(b), 4096)]
	if bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) {
		return "application/pdf", false
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.mediaType, false
		}
	}
	if octets.MarkedUTF16(head) {
		return "text/html", true // UTF-16: tags cannot be searched for yet
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return "application/octet-stream", false
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(head, []byte("{")) || bytes.HasPrefix(head, []byte("[")) {
		return "application/json", true
	}
	if hasHTMLTag(head) {
		return "text/html", true
	}
	if bytes.HasPrefix(head, []byte("<")) {
		return "application/xml", true
	}
	if t, _, err := mime.ParseMediaType(declared); err == nil && (strings.HasPrefix(t, "text/") || strings.HasSuffix(t, "json") || strings.HasSuffix(t, "javascript")) {
		return t, true
	}
	return "text/plain", true
}

// hasHTMLTag reports whether one of htmlTags stands in b.
func hasHTMLTag(b []byte) bool {
	for {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			return false
		}
		b = b[i:]
		for _, tag := range htmlTags {
			if len(b) >= len(tag) && bytes.EqualFold(b[:len(tag)], tag) {
				return true
			}
		}
		b = b[1:]
	}
}
