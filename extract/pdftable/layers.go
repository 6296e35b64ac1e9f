package pdftable

import "bytes"

// hasLayers reports whether the file may have optional content, which may be
// hidden. What stands in compressed objects cannot be seen from here.
func hasLayers(body []byte) bool {
	return bytes.Contains(body, []byte("/OCProperties")) || bytes.Contains(body, []byte("/OCG"))
}
