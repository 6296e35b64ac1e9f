package reader

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"gongkai/extract"
)

const maxParts = 1000

// mhtmlPage returns the first HTML part of a web page saved as one file.
func mhtmlPage(body []byte) ([]byte, error) {
	m, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(body, "\r\n\t \ufeff")))
	if err != nil {
		return nil, fmt.Errorf("read saved page: %w: %w", extract.ErrDamaged, err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return nil, fmt.Errorf("read saved page: %w: no boundary", extract.ErrDamaged)
	}
	r := multipart.NewReader(m.Body, params["boundary"])
	for range maxParts {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read saved page: %w: %w", extract.ErrDamaged, err)
		}
		if t, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); t != "text/html" {
			continue
		}
		var in io.Reader = part
		switch strings.ToLower(part.Header.Get("Content-Transfer-Encoding")) {
		case "quoted-printable":
			in = quotedprintable.NewReader(part)
		case "base64":
			in = base64.NewDecoder(base64.StdEncoding, part)
		}
		page, err := io.ReadAll(in)
		if err != nil {
			return nil, fmt.Errorf("read saved page: %w: %w", extract.ErrDamaged, err)
		}
		return page, nil
	}
	return nil, fmt.Errorf("read saved page: %w: no HTML part", extract.ErrDamaged)
}
