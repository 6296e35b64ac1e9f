package pdftable

import (
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/adler32"
	"io"
	"regexp"
	"slices"
	"strconv"
)

// maxInflated bounds what a check inflates; a report holds a few megabytes.
const maxInflated = 64 << 20

// errInflated is met by a file that holds more.
var errInflated = fmt.Errorf("its streams hold more than %d MB and were not all checked", maxInflated>>20)

// An inspection walks over the streams of a file and tells damage that PDFium
// passes over in silence, showing what is left: every deflated stream but
// those of pictures carries a checksum.
type inspection struct {
	body     []byte
	inflate  io.ReadCloser
	inflated int64
}

// inspect returns what is wrong with the streams of an open file, or nil. A
// wrong /Length and a checksum left out are not wrong: there are programs that
// write them so.
func inspect(body []byte) error {
	in := &inspection{body: body, inflate: flate.NewReader(bytes.NewReader(nil))}
	end := 0 // of the stream before
	for {
		keyword := bytes.Index(body[end:], []byte("stream"))
		if keyword < 0 {
			return nil
		}
		keyword += end
		start := lineAfter(body, keyword+len("stream"))
		switch {
		case bytes.HasSuffix(body[:keyword], []byte("end")):
			return fmt.Errorf("at byte %d a stream ends that did not begin", keyword)
		case start < 0: // a word in a string
			end = keyword + len("stream")
			continue
		}
		dictionary := body[max(end, keyword-maxDictionary):keyword]
		if at := bytes.LastIndex(dictionary, []byte(" obj")); at >= 0 {
			dictionary = dictionary[at:]
		}
		after, err := in.stream(dictionary, start)
		if err != nil {
			return fmt.Errorf("the stream at byte %d is damaged: %w", start, err)
		}
		end = after
	}
}

// maxDictionary bounds the dictionary of a stream, in bytes.
const maxDictionary = 1 << 16

// lineAfter returns where the line after the one that ends at i starts; -1 if
// no line ends there.
func lineAfter(body []byte, i int) int {
	switch rest := body[i:]; {
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return i + 2
	case bytes.HasPrefix(rest, []byte("\n")), bytes.HasPrefix(rest, []byte("\r")):
		return i + 1
	}
	return -1
}

var (
	filterEntry = regexp.MustCompile(`/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]()]*|\d+\s+\d+\s+R)`)
	filterName  = regexp.MustCompile(`/[^\s/\]]*`)
	lengthEntry = regexp.MustCompile(`/Length\s+(\d+)(\s+\d+\s+R)?`)
	picture     = regexp.MustCompile(`/Subtype\s*/Image\b`)
)

var endstream = []byte("endstream")

var filters = []string{
	"/FlateDecode", "/Fl", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL",
	"/CCITTFaxDecode", "/CCF", "/DCTDecode", "/DCT", "/JBIG2Decode", "/JPXDecode", "/Crypt",
}

// stream checks the stream whose data starts at start and returns where it
// ends.
func (in *inspection) stream(dictionary []byte, start int) (end int, err error) {
	size := in.size(dictionary, start)
	if size < 0 {
		return 0, errors.New("it has no end")
	}
	end = start + size
	data := in.body[start:end]
	end += bytes.Index(in.body[end:], endstream) + len(endstream)
	if !bytes.HasSuffix(bytes.TrimRight(dictionary, "\x00\t\n\f\r "), []byte(">>")) {
		return 0, errors.New("its dictionary has no end")
	}
	return end, in.data(dictionary, data)
}

// data checks the data of a stream by its filters.
func (in *inspection) data(dictionary, data []byte) error {
	entry := filterEntry.FindSubmatch(dictionary)
	if entry == nil {
		if isZlib(data) && in.check(data) == nil {
			return errors.New("its filter is not named")
		}
		return nil
	}
	var names []string
	for _, name := range filterName.FindAll(entry[1], -1) {
		names = append(names, string(name))
		if !slices.Contains(filters, string(name)) {
			return fmt.Errorf("its filter %q does not exist", name)
		}
	}
	if len(names) == 0 || picture.Match(dictionary) {
		return nil
	}
	if name := names[0]; len(names) > 1 && (name == "/ASCII85Decode" || name == "/A85") {
		var err error
		data, _, _ = bytes.Cut(data, []byte("~>"))
		if data, err = io.ReadAll(ascii85.NewDecoder(bytes.NewReader(data))); err != nil {
			return err
		}
		names = names[1:]
	}
	if names[0] == "/FlateDecode" || names[0] == "/Fl" {
		return in.check(data)
	}
	return nil
}

// size is the length of the stream's data: as the dictionary says where the
// stream ends there, else up to the first end; -1 if there is none.
func (in *inspection) size(dictionary []byte, start int) int {
	data := in.body[start:]
	if entry := lengthEntry.FindSubmatch(dictionary); entry != nil && len(entry[2]) == 0 {
		n, err := strconv.Atoi(string(entry[1]))
		if err == nil && n <= len(data) && bytes.HasPrefix(bytes.TrimLeft(data[n:min(len(data), n+20)], "\r\n "), endstream) {
			return n
		}
	}
	return bytes.Index(data, endstream)
}

// isZlib looks for the first two bytes of zlib data.
func isZlib(data []byte) bool {
	return len(data) > 2 && data[0]&0x0f == 8 && binary.BigEndian.Uint16(data)%31 == 0
}

// check inflates zlib data and compares its checksum.
func (in *inspection) check(data []byte) error {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil
	case !isZlib(data):
		return errors.New("its first bytes are wrong")
	}
	rest := bytes.NewReader(data[2:])
	if err := in.inflate.(flate.Resetter).Reset(rest, nil); err != nil {
		return err
	}
	sum := adler32.New()
	n, err := io.Copy(sum, io.LimitReader(in.inflate, maxInflated+1-in.inflated))
	if in.inflated += n; in.inflated > maxInflated {
		return errInflated
	}
	if err != nil {
		return err
	}
	var want [4]byte
	if _, err := io.ReadFull(rest, want[:]); err != nil {
		return nil //nolint:nilerr // the checksum is left out
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return errors.New("its checksum is wrong")
	}
	return nil
}
