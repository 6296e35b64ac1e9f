package archive

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
)

// A Damage is a place in the archive that is not as it was written.
type Damage struct {
	File   string // base name of the file
	Offset int64  // where it was noticed, in bytes from the start of the file
	Detail string
	end    int64 // where what is lost ends, in bytes; 0 if that is not known
	torn   bool  // the file just ends here, as after a crash
}

func (d *Damage) Error() string {
	return fmt.Sprintf("archive file %s is damaged at byte %d: %s", d.File, d.Offset, d.Detail)
}

// A group is the records of one capture as they stand in a file.
type group struct {
	offset, length int64
	records        []*record
	entry          *Entry
}

// principal returns the record that holds the capture's payload.
func (g *group) principal() *record {
	for _, r := range g.records {
		if r.get("WARC-Record-ID") == g.entry.Record {
			return r
		}
	}
	return nil
}

// scan reads the groups of a file from the given offset. Damage is passed over:
// reading goes on at the next whole record.
func scan(f *os.File, name string, from int64) iter.Seq2[*group, *Damage] {
	return func(yield func(*group, *Damage) bool) {
		info, err := f.Stat()
		if err != nil {
			yield(nil, &Damage{File: name, Offset: from, Detail: err.Error()})
			return
		}
		s := &scanner{f: f, size: info.Size()}
		s.seek(from)
		g := &group{offset: from}
		for {
			at := s.offset()
			rec, err := readRecord(s.r)
			switch {
			case errors.Is(err, io.EOF):
				if len(g.records) > 0 {
					yield(nil, &Damage{File: name, Offset: g.offset, Detail: "the last capture is not complete", torn: true})
				}
				return
			case err != nil:
				next := s.resync(at + 1)
				torn := next == s.size && (errors.Is(err, io.ErrUnexpectedEOF) || s.zero(at))
				d := &Damage{File: name, Offset: at, Detail: err.Error(), torn: torn}
				if torn {
					d.Offset = g.offset // the whole group was never acknowledged
				}
				if !yield(nil, d) || torn {
					return
				}
				s.seek(next)
				g = &group{offset: next}
				continue
			}
			g.records = append(g.records, rec)
			done, err := g.complete()
			if !done {
				continue
			}
			g.length = s.offset() - g.offset
			if err != nil {
				if !yield(nil, &Damage{File: name, Offset: g.offset, Detail: err.Error()}) {
					return
				}
			} else if !yield(g, nil) {
				return
			}
			g = &group{offset: s.offset()}
		}
	}
}

// complete reports whether the last record ends the group, and then reads its
// entry.
func (g *group) complete() (bool, error) {
	last := g.records[len(g.records)-1]
	switch last.get("WARC-Type") {
	case "warcinfo": // stands before the first capture and belongs to its group
		if len(g.records) > 1 {
			return true, errors.New("a capture without its metadata record")
		}
	case "metadata":
		g.entry = &Entry{}
		if err := json.Unmarshal(last.block, g.entry); err != nil {
			return true, fmt.Errorf("metadata record: %w", err)
		}
		p := g.principal()
		if p == nil {
			return true, fmt.Errorf("the record %s that the metadata is about is not there", g.entry.Record)
		}
		return true, checkPayload(p, g.entry)
	}
	return false, nil
}

// A scanner reads records and knows at which byte it is.
type scanner struct {
	f     *os.File
	size  int64
	start int64
	count *countingReader
	r     *bufio.Reader
}

func (s *scanner) seek(offset int64) {
	s.start = offset
	s.count = &countingReader{r: io.NewSectionReader(s.f, offset, max(0, s.size-offset))}
	s.r = bufio.NewReaderSize(s.count, 64<<10)
}

func (s *scanner) offset() int64 {
	return s.start + s.count.n - int64(s.r.Buffered())
}

// resync returns the offset of the first whole record at or after from, or the
// size of the file if there is none.
func (s *scanner) resync(from int64) int64 {
	buf := make([]byte, 64<<10)
	for at := from; at < s.size; {
		n, err := s.f.ReadAt(buf, at)
		i := bytes.Index(buf[:n], []byte(gzipHeader))
		if i >= 0 {
			probe := bufio.NewReader(io.NewSectionReader(s.f, at+int64(i), s.size-at-int64(i)))
			if _, err := readRecord(probe); err == nil {
				return at + int64(i)
			}
			at += int64(i) + 1
			continue
		}
		if err != nil {
			break
		}
		at += int64(n - len(gzipHeader) + 1) // a header may lie across the border
	}
	return s.size
}

// zero reports whether nothing but zero bytes follow offset: blocks that a file
// system gave to the file and a power cut kept from being filled.
func (s *scanner) zero(offset int64) bool {
	r := bufio.NewReader(io.NewSectionReader(s.f, offset, s.size-offset))
	for {
		c, err := r.ReadByte()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		if c != 0 {
			return false
		}
	}
}

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// sumOf returns the SHA-256 of a stretch of a file.
func sumOf(f io.ReaderAt, offset, length int64) (string, error) {
	h := sha256.New()
	n, err := io.Copy(h, io.NewSectionReader(f, offset, length))
	if err == nil && n < length {
		err = io.ErrUnexpectedEOF
	}
	return hex.EncodeToString(h.Sum(nil)), err
}
