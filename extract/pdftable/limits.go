package pdftable

import (
	"cmp"
	"time"
)

// Limits bound what one document may cost. A document that meets one is a
// problem with a name (extract.ErrLimit), never a partial result.
type Limits struct {
	Bytes   int64         // size of the file
	Pages   int           // pages of the document
	Glyphs  int           // characters on a page
	Objects int           // drawing objects on a page, and path segments in all of them
	Time    time.Duration // wall time for one document
	OCRTime time.Duration // more wall time where OCR is allowed
}

// DefaultLimits are generous for annual reports, the longest of which have
// some dozens of pages.
func DefaultLimits() Limits {
	return Limits{
		Bytes: 30 << 20, Pages: 100, Glyphs: 200_000, Objects: 200_000,
		Time: 20 * time.Second, OCRTime: 10 * time.Minute,
	}
}

const (
	maxFormDepth = 8  // Form XObjects within Form XObjects
	maxColumns   = 80 // of a grid
	maxRows      = 400
)

// withDefaults fills the fields that are zero.
func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	return Limits{
		Bytes: cmp.Or(l.Bytes, d.Bytes), Pages: cmp.Or(l.Pages, d.Pages), Glyphs: cmp.Or(l.Glyphs, d.Glyphs),
		Objects: cmp.Or(l.Objects, d.Objects), Time: cmp.Or(l.Time, d.Time), OCRTime: cmp.Or(l.OCRTime, d.OCRTime),
	}
}

// wall is the time one document may take.
func (l Limits) wall(ocr bool) time.Duration {
	if ocr {
		return l.Time + l.OCRTime
	}
	return l.Time
}
