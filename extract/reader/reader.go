package reader

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gongkai"
	"gongkai/extract"
	"gongkai/extract/docxtable"
	"gongkai/extract/htmltable"
	"gongkai/extract/pdftable"
	"gongkai/extract/texttable"
	"gongkai/internal/octets"
)

// maxBytes bounds one document of any kind.
const maxBytes = 64 << 20

// A source reads the documents of one kind and holds resources until closed.
type source interface {
	Read(ctx context.Context, d *gongkai.Document) (*extract.Content, error)
	Close() error
}

// Options say how documents are read. The zero value is good for tests.
type Options struct {
	OCR      bool   // recognise scanned pages, if tesseract is installed
	CacheDir string // where the PDF engine keeps its compiled code; empty: a folder in the user's cache
	Workers  int    // PDF documents read at a time; 0: one for each CPU
	// PDFWorker is how this program is told to call pdftable.RunWorker, such as
	// ["pdf-worker"]. If empty, PDF files are read in this process, where a
	// parser that hangs cannot be stopped.
	PDFWorker []string
	// Worker is the same for all other documents, and RunWorker of this package.
	Worker []string
}

// A Reader reads documents of any kind. It may be used by several goroutines.
type Reader struct {
	pdf   source
	apart source // reads all but PDF in another process; nil reads here
}

// New returns a Reader. Close it after use.
func New(o Options) *Reader {
	r := &Reader{pdf: pdftable.NewPool(pdftable.Options{
		Workers: o.Workers, CacheDir: o.CacheDir, OCR: o.OCR, WorkerCommand: o.PDFWorker,
	})}
	if o.Worker != nil {
		r.apart = newPool(o.Worker, o.Workers)
	}
	return r
}

// Close frees what the Reader holds.
func (r *Reader) Close() error {
	err := r.pdf.Close()
	if r.apart != nil {
		err = errors.Join(err, r.apart.Close())
	}
	return err
}

// Read reads a document. The error wraps one of the errors of package extract
// and names the document and what to do next. A reader that panics counts as a
// damaged document.
func (r *Reader) Read(ctx context.Context, d *gongkai.Document) (c *extract.Content, err error) {
	defer func() {
		if p := recover(); p != nil {
			c, err = nil, fmt.Errorf("read %s: %w: the reader stopped: %v", d.Name, extract.ErrDamaged, p)
		}
	}()
	if len(d.Body) > maxBytes {
		return nil, fmt.Errorf("read %s: %w: %d bytes, limit %d", d.Name, extract.ErrLimit, len(d.Body), maxBytes)
	}
	k, err := sniff(d.Body)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", d.Name, err)
	}
	if r.apart != nil && k != pdfKind {
		return r.apart.Read(ctx, d)
	}
	switch k {
	case pdfKind:
		return r.pdf.Read(ctx, d)
	case packageKind, legacyKind:
		return docxtable.Read(ctx, d)
	case mhtmlKind:
		page, err := mhtmlPage(d.Body)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", d.Name, err)
		}
		return readHTML(ctx, withBody(d, page))
	case htmlKind:
		return readHTML(ctx, d)
	case textKind:
		return readText(ctx, d)
	case emptyKind:
		return nil, fmt.Errorf("read %s: %w: the file is empty: fetch it again", d.Name, extract.ErrDamaged)
	}
	return nil, fmt.Errorf("read %s: %w: neither PDF, DOCX, web page nor text", d.Name, extract.ErrUnsupported)
}

// ShowPage draws page n of a PDF file as it is displayed, at dpi dots an inch
// or fewer: see pdftable.Pool.Show. Other documents have no pages
// (extract.ErrUnsupported).
func (r *Reader) ShowPage(ctx context.Context, d *gongkai.Document, n, dpi int) (*pdftable.Picture, error) {
	pool, ok := r.pdf.(*pdftable.Pool)
	if k, err := sniff(d.Body); !ok || err != nil || k != pdfKind {
		return nil, fmt.Errorf("draw page %d of %s: %w: it is not a PDF file", n, d.Name, extract.ErrUnsupported)
	}
	return pool.Show(ctx, d, n, dpi)
}

// readHTML reads a page. A page without a standard table may hold tables as
// text in paragraphs: then its paragraphs are read as a text file is.
func readHTML(ctx context.Context, d *gongkai.Document) (*extract.Content, error) {
	c, err := htmltable.Read(ctx, d)
	if err != nil || hasForm(c) {
		return c, err
	}
	var text strings.Builder
	for i := range c.Blocks {
		if b := &c.Blocks[i]; b.Level > 0 {
			fmt.Fprintf(&text, "%s %s\n", strings.Repeat("#", b.Level), b.Text)
		} else {
			fmt.Fprintf(&text, "%s\n", b.Text)
		}
	}
	if flat := texttable.Parse(text.String()); hasForm(flat) {
		c.Blocks = flat.Blocks
		c.Issues = append(c.Issues, flat.Issues...)
		c.Issues = append(c.Issues, gongkai.Issue{
			Code: gongkai.IssueStream, Detail: "the tables are written as text in paragraphs of the page",
		})
	}
	return c, nil
}

func hasForm(c *extract.Content) bool {
	for i := range c.Blocks {
		if g := c.Blocks[i].Grid; g != nil && htmltable.FormTable(g) {
			return true
		}
	}
	return false
}

// readText decodes a text file and reads it.
func readText(ctx context.Context, d *gongkai.Document) (*extract.Content, error) {
	text, odd := octets.Text(d.Body)
	c, err := texttable.Read(ctx, withBody(d, []byte(text)))
	if err != nil {
		return nil, err
	}
	if odd != "" {
		c.Issues = append(c.Issues, gongkai.Issue{Code: gongkai.IssueCharset, Detail: odd})
	}
	return c, nil
}

func withBody(d *gongkai.Document, body []byte) *gongkai.Document {
	copied := *d
	copied.Body = body
	return &copied
}
