package docxtable

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"gongkai/extract"
)

// Limits on one file.
const (
	maxEntries  = 10_000
	maxUnpacked = 64 << 20 // of all parts that are read
)

// A pack is an opened DOCX package.
type pack struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// open reads the directory of the package.
func open(body []byte) (*pack, error) {
	if err := legacy(body); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("open package: %w: %w", extract.ErrDamaged, err)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("open package: %w: %d entries, limit %d", extract.ErrLimit, len(z.File), maxEntries)
	}
	p := &pack{files: make(map[string]*zip.File, len(z.File)), left: maxUnpacked}
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if _, twice := p.files[name]; !twice {
			p.files[name] = f
		}
	}
	return p, nil
}

// read unpacks one part; it returns nil if there is no such part.
func (p *pack) read(name string) ([]byte, error) {
	f := p.files[name]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("unpack %s: %w", name, extract.ErrEncrypted)
	}
	if f.UncompressedSize64 > uint64(p.left) {
		return nil, fmt.Errorf("unpack %s: %w: %d bytes unpacked, limit %d in all", name, extract.ErrLimit, f.UncompressedSize64, int64(maxUnpacked))
	}
	r, err := f.Open()
	if err != nil {
		if errors.Is(err, zip.ErrAlgorithm) {
			return nil, fmt.Errorf("unpack %s: %w: %w", name, extract.ErrUnsupported, err)
		}
		return nil, fmt.Errorf("unpack %s: %w: %w", name, extract.ErrDamaged, err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, p.left+1))
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w: %w", name, extract.ErrDamaged, err)
	}
	if p.left -= int64(len(b)); p.left < 0 {
		return nil, fmt.Errorf("unpack %s: %w: more than %d bytes unpacked", name, extract.ErrLimit, int64(maxUnpacked))
	}
	return b, nil
}

// main returns the name of the part that holds the text.
func (p *pack) main() (string, error) {
	rels, err := p.read("_rels/.rels")
	if err != nil {
		return "", err
	}
	if target := relation(rels, "/officeDocument"); target != "" {
		if name := strings.TrimPrefix(path.Clean("/"+target), "/"); p.files[name] != nil && strings.Contains(name, "word") {
			return name, nil
		}
	}
	if p.files["word/document.xml"] != nil {
		return "word/document.xml", nil
	}
	what := "a ZIP archive: unpack it and read the documents in it"
	switch {
	case p.files["OFD.xml"] != nil:
		what = "an OFD file: convert it to PDF"
	case p.files["xl/workbook.xml"] != nil:
		what = "a spreadsheet: save it as PDF or as text with tabs"
	case p.files["ppt/presentation.xml"] != nil:
		what = "a presentation: save it as PDF"
	case p.files["content.xml"] != nil:
		what = "an OpenDocument file: convert it to DOCX or PDF"
	}
	return "", fmt.Errorf("open package: %w: this is %s", extract.ErrUnsupported, what)
}

var oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// legacy recognises the container of DOC, WPS and XLS files and of encrypted
// DOCX files. Stream names are in UTF-16.
func legacy(body []byte) error {
	if !bytes.HasPrefix(body, oleMagic) {
		return nil
	}
	has := func(name string) bool {
		wide := make([]byte, 0, 2*len(name))
		for i := range len(name) {
			wide = append(wide, name[i], 0)
		}
		return bytes.Contains(body, wide)
	}
	switch {
	case has("EncryptedPackage"):
		return fmt.Errorf("open package: %w: save the document without a password", extract.ErrEncrypted)
	case has("WordDocument"):
		return fmt.Errorf("open package: %w: a legacy DOC or WPS file: convert it to DOCX or PDF", extract.ErrUnsupported)
	case has("Workbook") || has("Book"):
		return fmt.Errorf("open package: %w: a legacy spreadsheet: convert it to PDF or to text with tabs", extract.ErrUnsupported)
	}
	return fmt.Errorf("open package: %w: a legacy Office file: convert it to DOCX or PDF", extract.ErrUnsupported)
}
