package extract

import "errors"

// Why a document gave no report. Readers and Extract wrap these with the
// document's name; callers decide by errors.Is and record a problem, never an
// empty report.
var (
	// ErrNoTable: the document has text but none of the standard tables
	// (images, attachments, prose only).
	ErrNoTable = errors.New("no standard table found")
	// ErrBlankForm: the tables are there, but every cell is blank: the form
	// itself, not a report of zeros.
	ErrBlankForm = errors.New("every cell of its tables is blank")
	// ErrNoTextLayer: a PDF of page images.
	ErrNoTextLayer = errors.New("no text layer (scanned pages)")
	// ErrEncrypted: a password is needed to open the document.
	ErrEncrypted = errors.New("password needed")
	// ErrDamaged: the bytes are cut or broken and cannot be read to the end.
	ErrDamaged = errors.New("damaged or truncated")
	// ErrLimit: the document exceeds a limit on bytes, pages, time or memory.
	ErrLimit = errors.New("exceeds a limit")
	// ErrUnsupported: a kind of file that no reader knows (OFD, RAR, legacy DOC).
	ErrUnsupported = errors.New("unsupported kind of file")
	// ErrPage: a page of a report that is split over several documents is not at
	// hand or cannot be read.
	ErrPage = errors.New("a page of the report is missing")
	// ErrNotReport: readable, but not an annual report on disclosure.
	ErrNotReport = errors.New("not an annual report on government-information disclosure")
)
