package transport

import (
	"bytes"
	"net/http"
	"strconv"
)

// DeclaredType is the response header that keeps the Content-Type as the server
// sent it, where Normalize has put the true one in its place.
const DeclaredType = "X-Gongkai-Declared-Type"

// normalize gives the crawler a view it can trust: the media type told from the
// bytes, and text in UTF-8. The bytes as served go into the job's trace.
func normalize(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		c, j := contentOf(resp), jobOf(req)
		t := j.trace()
		t.DeclaredType, t.Document = resp.Header.Get("Content-Type"), c.document
		if at := capturedTime(resp); !at.IsZero() {
			t.Received = at
		}
		mediaType, text := c.sniff(t.DeclaredType)
		body := c.document
		if text {
			body = c.utf8(j.Site.Charset)
			mediaType += "; charset=utf-8"
		}
		h := resp.Header.Clone()
		h.Set(DeclaredType, t.DeclaredType)
		h.Set("Content-Type", mediaType)
		h.Del("Content-Encoding")
		h.Set("Content-Length", strconv.Itoa(len(body)))
		resp.Header = h
		resp.Body = &content{Reader: bytes.NewReader(body), raw: c.raw, document: c.document, encoding: c.encoding}
		resp.ContentLength = int64(len(body))
		resp.Uncompressed = true // or colly would look for gzip by the address's ending
		return resp, nil
	})
}
