package transport

import (
	"errors"
	"io"

	"gongkai/internal/octets"
)

// decode undoes the content encoding of a body and returns the bytes and the name of
// what was undone. The error is an *Error.
func decode(raw []byte, encoding string, limit int64) ([]byte, string, error) {
	body, name, err := octets.Decode(raw, encoding, limit)
	switch {
	case err == nil:
		return body, name, nil
	case errors.Is(err, octets.ErrSize):
		return nil, "", &Error{Code: Size, Detail: err.Error()}
	case errors.Is(err, octets.ErrRatio):
		return nil, "", &Error{Code: Ratio, Detail: err.Error()}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, "", &Error{Code: Incomplete, Detail: "the compressed body ends early", Err: err}
	}
	return nil, "", &Error{Code: Encoding, Err: err}
}

// toUTF8 decodes text by the site's charset, if it has one, or by the
// bytes.
func toUTF8(b []byte, siteCharset string) []byte {
	text, _ := octets.TextAs(b, siteCharset)
	return []byte(text)
}
