package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"gongkai"
	"gongkai/extract"
	"gongkai/extract/reader"
)

// A Problem is why a document gave no report, or not all of one.
type Problem struct {
	Name string // the document
	Step string // "open", "read", "extract"
	Err  error
}

// kinds gives, for each reason, the code in the warehouse and what to do.
var kinds = []struct {
	is         error
	code, next string
}{
	{extract.ErrPage, "missing_page", "crawl again: the outcome of the page's address says why it is not there"},
	{extract.ErrNoTable, "no_table", "look for the tables in attachments and images of the page; the text was read"},
	{extract.ErrBlankForm, "blank_form", "this is the form, not a report of zeros: look for the filled one; nothing of it is counted"},
	{extract.ErrNoTextLayer, "no_text_layer", "the pages are pictures: add --ocr (needs tesseract with chi_sim), or find the report as text"},
	{extract.ErrEncrypted, "encrypted", "remove the password, for example with qpdf --decrypt, and run again"},
	{extract.ErrDamaged, "damaged", "fetch the file again and compare its size with that on the site"},
	{extract.ErrLimit, "limit", "split the document, or convert it to DOCX or text"},
	{extract.ErrUnsupported, "unsupported", "convert it to PDF, DOCX, HTML or text"},
	{extract.ErrNotReport, "not_report", "check that this is the annual report and not a notice about it"},
	{errNotFile, "unreadable", "give a file or a folder"},
	{fs.ErrNotExist, "unreadable", "check the path"},
	{fs.ErrPermission, "unreadable", "check the permissions of the file"},
}

// Kind returns the code of the problem and what to do about it.
func (p *Problem) Kind() (code, next string) {
	for _, k := range kinds {
		if errors.Is(p.Err, k.is) {
			return k.code, k.next
		}
	}
	return "failed", "gongkai doctor checks the installation"
}

// Cause returns the reason without the document's name and the step.
func (p *Problem) Cause() string {
	text := p.Err.Error()
	var path *fs.PathError
	if errors.As(p.Err, &path) {
		text = path.Err.Error()
	}
	if _, cause, named := strings.Cut(text, p.Name+": "); named {
		return cause
	}
	return strings.TrimPrefix(text, p.Step+" ")
}

// Read takes a document, with the further pages of a report that is split,
// through reader and extraction. Reports may be there beside a problem: their
// prose was read, but there are no tables.
func Read(ctx context.Context, r *reader.Reader, d *gongkai.Document, further ...*gongkai.Document) ([]*gongkai.Report, *Problem) {
	content, err := r.ReadPages(ctx, d, further)
	if err != nil && slices.ContainsFunc(d.Transcripts, func(t gongkai.Transcript) bool { return len(t.Cells) > 0 }) {
		content, err = &extract.Content{Reader: "ocr"}, nil // a person could read what the machine cannot
	}
	if err != nil {
		return nil, &Problem{Name: d.Name, Step: "read", Err: err}
	}
	reports, err := extract.Extract(d, content)
	for _, report := range reports {
		for _, p := range further {
			report.Further = append(report.Further, gongkai.FurtherPage{Document: p.Hash(), Name: p.Name})
		}
	}
	if err != nil {
		return reports, &Problem{Name: d.Name, Step: "extract", Err: err}
	}
	return reports, nil
}
