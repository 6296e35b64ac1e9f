package main

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

// A problem is why a document gave no report, or not all of one.
type problem struct {
	name string // the document
	step string // "open", "read", "extract"
	err  error
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

// kind returns the code of the problem and what to do about it.
func (p *problem) kind() (code, next string) {
	for _, k := range kinds {
		if errors.Is(p.err, k.is) {
			return k.code, k.next
		}
	}
	return "failed", "gongkai doctor checks the installation"
}

// cause returns the reason without the document's name and the step.
func (p *problem) cause() string {
	text := p.err.Error()
	var path *fs.PathError
	if errors.As(p.err, &path) {
		text = path.Err.Error()
	}
	if _, cause, named := strings.Cut(text, p.name+": "); named {
		return cause
	}
	return strings.TrimPrefix(text, p.step+" ")
}

// sayProblem tells of a problem in one line and what to do in another.
func (a *app) sayProblem(p *problem) {
	_, next := p.kind()
	a.say.Error(p.name+": "+p.step+": "+p.cause(), hintKey, next)
}

// read takes a document, with the further pages of a report that is split,
// through reader and extraction. Reports may be there beside a problem: their
// prose was read, but there are no tables.
func read(ctx context.Context, r *reader.Reader, d *gongkai.Document, further ...*gongkai.Document) ([]*gongkai.Report, *problem) {
	content, err := r.ReadPages(ctx, d, further)
	if err != nil && slices.ContainsFunc(d.Transcripts, func(t gongkai.Transcript) bool { return len(t.Cells) > 0 }) {
		content, err = &extract.Content{Reader: "ocr"}, nil // a person could read what the machine cannot
	}
	if err != nil {
		return nil, &problem{name: d.Name, step: "read", err: err}
	}
	reports, err := extract.Extract(d, content)
	for _, report := range reports {
		for _, p := range further {
			report.Further = append(report.Further, gongkai.FurtherPage{Document: p.Hash(), Name: p.Name})
		}
	}
	if err != nil {
		return reports, &problem{name: d.Name, step: "extract", err: err}
	}
	return reports, nil
}

// sayIssues lists what is odd in a report, with --verbose.
func (a *app) sayIssues(r *gongkai.Report) {
	for i := range r.Issues {
		is := &r.Issues[i]
		where := strings.Trim(strings.Join([]string{is.Table, is.Row, is.Column}, "."), ".")
		if where != "" {
			where += ": "
		}
		a.say.Debug(r.Name + ": " + is.Code + ": " + where + is.Detail + placeText(" (", is.Place, ")"))
	}
}
