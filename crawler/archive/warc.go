package archive

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// maxBlock bounds the block of a record that is read, in bytes: more than the
// largest document that can be stored, so that a damaged length cannot make us
// allocate without bound.
const maxBlock = 1 << 30

// A field is one line of a WARC header.
type field struct{ name, value string }

// A record is one WARC record in memory.
type record struct {
	fields []field
	block  []byte   // as it was read
	parts  [][]byte // as it will be written
}

func (r *record) get(name string) string {
	for _, f := range r.fields {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// newRecord makes a record of the given type, whose block is the parts. More
// fields can be added.
func newRecord(kind, id, target string, at time.Time, contentType string, parts ...[]byte) *record {
	r := &record{parts: parts, fields: append(make([]field, 0, 12),
		field{"WARC-Type", kind},
		field{"WARC-Record-ID", id},
		field{"WARC-Date", at.UTC().Format(dateLayout)},
	)}
	if target != "" {
		r.add("WARC-Target-URI", target)
	}
	r.add("Content-Type", contentType)
	r.add("WARC-Block-Digest", digest(parts...))
	return r
}

// dateLayout is the W3C date of WARC/1.1, to the microsecond.
const dateLayout = "2006-01-02T15:04:05.000000Z"

// add appends a header field. Line breaks cannot be smuggled in: they become
// spaces.
func (r *record) add(name, value string) {
	if value != "" {
		r.fields = append(r.fields, field{name, lineBreaks.Replace(value)})
	}
}

var lineBreaks = strings.NewReplacer("\r", " ", "\n", " ")

func digest(parts ...[]byte) string {
	return "sha256:" + hexSum(parts...)
}

// hexSum returns the SHA-256 of the parts as one.
func hexSum(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(make([]byte, 0, sha256.Size)))
}

// appendTo writes r as one gzip member, with a compressor that can be used
// again.
func (r *record) appendTo(w *bytes.Buffer, z *compressor) error {
	head := append(z.head[:0], "WARC/1.1\r\n"...)
	for _, f := range r.fields {
		head = append(append(append(append(head, f.name...), ": "...), f.value...), "\r\n"...)
	}
	size := 0
	for _, p := range r.parts {
		size += len(p)
	}
	head = append(strconv.AppendInt(append(head, "Content-Length: "...), int64(size), 10), "\r\n\r\n"...)
	z.head = head
	return z.member(w, slices.Concat([][]byte{head}, r.parts, [][]byte{[]byte("\r\n\r\n")})...)
}

// A compressor makes gzip members. The fastest level costs a tenth more room
// than the default, and a record takes a third of the time.
type compressor struct {
	gzip *gzip.Writer
	head []byte // reused
	last int    // how long the last group became, in bytes
}

func newCompressor() *compressor {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return &compressor{gzip: w}
}

// member appends one member that holds a record.
func (z *compressor) member(w *bytes.Buffer, parts ...[]byte) error {
	z.gzip.Reset(w)
	z.gzip.ModTime = time.Unix(0, 0) // which stands for none
	for _, p := range parts {
		if _, err := z.gzip.Write(p); err != nil {
			return err
		}
	}
	return z.gzip.Close()
}

// gzipHeader starts every member that we write. Gzip's checksum does not cover
// it, so the reader compares it byte for byte.
const gzipHeader = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"

// readRecord reads one member from r, which must stand at its start, and checks
// everything in it that can be checked. It returns io.EOF at the end of r and
// io.ErrUnexpectedEOF, wrapped, if the member is cut off.
func readRecord(r *bufio.Reader) (*record, error) {
	head, err := r.Peek(len(gzipHeader))
	if len(head) == 0 {
		return nil, io.EOF
	}
	if !strings.HasPrefix(gzipHeader, string(head)) {
		return nil, errors.New("not the start of a gzip member")
	}
	if err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	z.Multistream(false)
	rec, err := parseRecord(bufio.NewReader(z))
	if err != nil {
		return nil, err
	}
	return rec, rec.check()
}

// parseRecord reads one uncompressed record and demands that nothing follows.
func parseRecord(r *bufio.Reader) (*record, error) {
	line, err := headerLine(r)
	if err != nil {
		return nil, err
	}
	if line != "WARC/1.1" {
		return nil, fmt.Errorf("record starts with %.20q, not WARC/1.1", line)
	}
	rec := &record{}
	for {
		line, err = headerLine(r)
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		name, value, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, fmt.Errorf("header line %.40q has no colon", line)
		}
		rec.fields = append(rec.fields, field{name, value})
	}
	n, err := strconv.ParseInt(rec.get("Content-Length"), 10, 64)
	if err != nil || n < 0 || n > maxBlock {
		return nil, fmt.Errorf("Content-Length %.20q", rec.get("Content-Length"))
	}
	var block bytes.Buffer // grows with what is there, not with what is claimed
	if _, err := io.CopyN(&block, r, n); err != nil {
		return nil, cut(err)
	}
	rec.block = block.Bytes()
	tail, err := io.ReadAll(io.LimitReader(r, 5))
	if err != nil {
		return nil, err
	}
	if string(tail) != "\r\n\r\n" {
		return nil, fmt.Errorf("record ends with %q", tail)
	}
	return rec, nil
}

// headerLine reads one line of at most 64 KiB, without its end.
func headerLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return "", cut(err)
		}
		if len(line) > 64<<10 {
			return "", errors.New("header line is too long")
		}
	}
	s, ok := strings.CutSuffix(string(line), "\r\n")
	if !ok {
		return "", errors.New("header line without CRLF")
	}
	return s, nil
}

func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// check compares the block digest.
func (r *record) check() error {
	for _, name := range []string{"WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Block-Digest"} {
		if r.get(name) == "" {
			return fmt.Errorf("record has no %s", name)
		}
	}
	if got, want := digest(r.block), r.get("WARC-Block-Digest"); got != want {
		return fmt.Errorf("block digest is %s, record says %s", got, want)
	}
	return nil
}
