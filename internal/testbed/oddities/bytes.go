package oddities

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"strings"
	"unicode/utf16"

	"gongkai/internal/testbed/fixture"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// pdf is a file that is a PDF by its ends.
const pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

// gbk encodes words of ours.
func gbk(s string) string {
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return encoded
}

// ole is a compound file with one stream: its header, and a directory in which
// the name of the stream stands.
func ole(stream string) string {
	b := make([]byte, 1024)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for i, u := range utf16.Encode([]rune(stream)) {
		binary.LittleEndian.PutUint16(b[512+2*i:], u)
	}
	return string(b)
}

// zipped is a ZIP of names and contents in turn.
func zipped(inGBK bool, files ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	var errs []error
	for i := 0; i+1 < len(files); i += 2 {
		h := &zip.FileHeader{Name: files[i]}
		if inGBK {
			h.Name, h.NonUTF8 = gbk(h.Name), true
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = io.Copy(w, strings.NewReader(files[i+1]))
		}
		errs = append(errs, err)
	}
	if err := errors.Join(append(errs, z.Close())...); err != nil {
		panic(err) // a bytes.Buffer takes everything
	}
	return b.String()
}

// picture is a grey JPEG.
func picture() string {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 210, 297)), nil); err != nil {
		panic(err)
	}
	return b.String()
}

// scanned is a PDF of pictures.
func scanned() string {
	b, err := fixture.Pictures([][]byte{[]byte(picture())}, 595, 842)
	if err != nil {
		panic(err)
	}
	return string(b)
}
