package transport

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	freeRatio = 1 << 20 // bytes that a body may decode to whatever the ratio
	maxRatio  = 100
)

// decode undoes the content encoding of a body within limits and returns the
// bytes and the name of what was undone. A body that claims to be gzip and does
// not begin as one is taken as it is: servers behind proxies send such.
func decode(raw []byte, contentEncoding string, limit int64) ([]byte, string, error) {
	var r io.Reader
	var err error
	name := strings.ToLower(strings.TrimSpace(contentEncoding))
	switch name {
	case "", "identity":
		return raw, "", nil
	case "gzip", "x-gzip":
		name = "gzip"
		if !bytes.HasPrefix(raw, []byte("\x1f\x8b")) {
			return raw, "", nil
		}
		r, err = gzip.NewReader(bytes.NewReader(raw))
	case "deflate":
		if r, err = zlib.NewReader(bytes.NewReader(raw)); err != nil {
			r, err = flate.NewReader(bytes.NewReader(raw)), nil // some servers leave out zlib's wrapping
		}
	default:
		err = errors.New("only gzip was asked for")
	}
	if err != nil {
		return nil, "", &Error{Code: Encoding, Detail: name, Err: err}
	}
	allowed := max(freeRatio, maxRatio*int64(len(raw)))
	body, err := io.ReadAll(io.LimitReader(r, min(allowed, limit)+1))
	switch n := int64(len(body)); {
	case n > limit:
		return nil, "", &Error{Code: Size, Detail: fmt.Sprintf("more than %d bytes when decompressed", limit)}
	case n > allowed:
		return nil, "", &Error{Code: Ratio, Detail: fmt.Sprintf("%d bytes decompress to more than %d", len(raw), allowed)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, "", &Error{Code: Incomplete, Detail: "the compressed body ends early", Err: err}
	case err != nil:
		return nil, "", &Error{Code: Encoding, Detail: name, Err: err}
	}
	return body, name, nil
}
