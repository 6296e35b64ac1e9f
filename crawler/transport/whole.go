package transport

import (
	"bytes"
	"encoding/json"
)

// looksWhole reports whether a body that came without a length shows by itself
// that it is not cut off. It is asked only where HTTP cannot tell.
func looksWhole(b []byte) bool {
	tail := b[max(0, len(b)-2048):]
	switch mediaType, _ := sniff(b, ""); mediaType {
	case "text/html":
		return bytes.Contains(bytes.ToLower(tail), []byte("</html>"))
	case "application/pdf":
		return bytes.Contains(tail, []byte("%%EOF"))
	case "application/zip":
		return bytes.Contains(b[max(0, len(b)-66000):], []byte("PK\x05\x06"))
	case "application/json":
		return json.Valid(b)
	case "application/xml":
		return bytes.HasSuffix(bytes.TrimSpace(tail), []byte(">"))
	}
	return false
}
