package octets

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

// What can be wrong with an encoded body. One that ends early gives
// io.ErrUnexpectedEOF, wrapped.
var (
	ErrSize  = errors.New("too large when decompressed")
	ErrRatio = errors.New("decompresses to too much")
)

// Decode undoes the content encoding of a body within limits and returns the
// bytes and the name of what was undone. A body that claims to be gzip and does
// not begin as one is taken as it is: servers behind proxies send such.
func Decode(raw []byte, encoding string, limit int64) (body []byte, name string, err error) {
	name = strings.ToLower(strings.TrimSpace(encoding))
	switch name {
	case "", "identity":
		return raw, "", nil
	case "x-gzip":
		name = "gzip"
	}
	if name == "gzip" && !bytes.HasPrefix(raw, []byte("\x1f\x8b")) {
		return raw, "", nil
	}
	r, err := opened(raw, name)
	if err != nil {
		return nil, "", fmt.Errorf("decode %s: %w", name, err)
	}
	allowed := max(freeRatio, maxRatio*int64(len(raw)))
	body, err = io.ReadAll(io.LimitReader(r, min(allowed, limit)+1))
	switch n := int64(len(body)); {
	case n > limit:
		return nil, "", fmt.Errorf("%w: more than %d bytes", ErrSize, limit)
	case n > allowed:
		return nil, "", fmt.Errorf("%w: %d bytes become more than %d", ErrRatio, len(raw), allowed)
	case err != nil:
		return nil, "", fmt.Errorf("decode %s: %w", name, err)
	}
	return body, name, nil
}

// opened returns a reader of the bytes below the encoding.
func opened(raw []byte, encoding string) (io.Reader, error) {
	switch encoding {
	case "gzip":
		return gzip.NewReader(bytes.NewReader(raw))
	case "deflate":
		if r, err := zlib.NewReader(bytes.NewReader(raw)); err == nil {
			return r, nil
		}
		return flate.NewReader(bytes.NewReader(raw)), nil // some servers leave out zlib's wrapping
	}
	return nil, errors.New("only gzip was asked for")
}
