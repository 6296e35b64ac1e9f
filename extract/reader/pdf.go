package reader

import (
	"context"
	"fmt"

	"gongkai"
	"gongkai/extract"
)

// newPDF returns the source for PDF files.
func newPDF(Options) source { return noPDF{} }

type noPDF struct{}

func (noPDF) Read(_ context.Context, d *gongkai.Document) (*extract.Content, error) {
	return nil, fmt.Errorf("read %s: %w: PDF", d.Name, extract.ErrUnsupported)
}

func (noPDF) Close() error { return nil }
