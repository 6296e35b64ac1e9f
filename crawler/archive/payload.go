package archive

import (
	"bytes"
	"errors"
	"fmt"

	"gongkai/internal/octets"
)

// head splits the block of an HTTP record into its head, with the empty line,
// and the payload.
func head(block []byte) (head, payload []byte, err error) {
	i := bytes.Index(block, []byte("\r\n\r\n"))
	if i < 0 {
		return nil, nil, errors.New("HTTP record without an end of its head")
	}
	return block[:i+4], block[i+4:], nil
}

// payload returns the payload that is stored in a record.
func payload(r *record) ([]byte, error) {
	if r.get("WARC-Type") == "resource" {
		return r.block, nil
	}
	_, p, err := head(r.block)
	return p, err
}

// checkPayload compares the payload of a capture's principal record with the
// digests that the record and the metadata give.
func checkPayload(r *record, e *Entry) error {
	if e.Payload == "" {
		return nil
	}
	got := e.Payload
	if e.Type == TypeResponse || e.Type == TypeResource {
		p, err := payload(r)
		if err != nil {
			return err
		}
		got = hexSum(p)
	}
	if want := r.get("WARC-Payload-Digest"); want != "sha256:"+got || e.Payload != got {
		return fmt.Errorf("payload digest is sha256:%s, record says %s, metadata says sha256:%s", got, want, e.Payload)
	}
	return nil
}

// bytes returns the document's bytes out of the record that stores them,
// checked against the hash.
func (e *Entry) bytes(r *record) ([]byte, error) {
	p, err := payload(r)
	if err != nil {
		return nil, err
	}
	body, _, err := octets.Decode(p, e.Encoding, maxBlock)
	if err != nil {
		return nil, err
	}
	if got := hexSum(body); got != e.Hash {
		return nil, fmt.Errorf("the document's hash is %s, metadata says %s", got, e.Hash)
	}
	return body, nil
}
