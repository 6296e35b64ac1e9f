package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"gongkai"
)

// link decides about one entry of a list and fetches it if it is wanted.
func (c *siteCrawl) link(ctx context.Context, col *Column, l Link) error {
	t := ParseTitle(l.Title)
	out := Outcome{Column: col.ID, URL: l.URL, Title: l.Title, Published: l.Published, Detail: l.Note}
	if ctx.Err() != nil {
		return c.stop(ctx, out, nil)
	}
	out.Year = c.year(col, l, t)
	m := c.match.match(cmp.Or(t.Agency, l.Unit), l.Title, l.URL, c.only(col))
	if m.Agency == nil && l.Unit != "" {
		m = c.match.match(l.Unit, "", l.URL, c.only(col))
	}
	if m.Agency != nil {
		out.Agency = m.Agency.ID
	}
	if l.Entry == EntryUnlinked {
		c.notice(NoticeUnlinked, col.ID, l.Page, "%s %s", l.Unit, l.Title)
		c.skip(out, SkipUnlinked)
		return nil
	}
	if reason := c.unwanted(l, t, m, out.Year); reason != "" {
		c.skip(out, reason)
		return nil
	}
	if l.Entry == EntryFile {
		out.Parent = l.Page
		return c.document(ctx, out, KindAttachment, t)
	}
	return c.document(ctx, out, KindDocument, t)
}

// unwanted returns why a link is left out, or "".
func (c *siteCrawl) unwanted(l Link, t Title, m Match, year int) SkipReason {
	switch {
	case m.Ignored:
		return SkipIgnored
	case year != 0 && (year < c.FromYear || c.ToYear != 0 && year > c.ToYear):
		return SkipYear
	}
	switch t.Kind {
	case KindNotice:
		return SkipNotice
	case KindWebsite:
		return SkipWebsite
	case KindRoster:
		return SkipRoster
	case KindOther:
		if l.Title == l.Unit { // a roster's row: the name of 财政局 or 审计局 is no title
			return ""
		}
		return SkipOther
	case KindUnknown:
		if l.Unit == "" && !t.mentions(l.Title) {
			return SkipOther
		}
	case KindReport, KindCorrection:
	}
	return ""
}

// year settles the fiscal year: the title's if it is clear, else the folder's
// or the column's. Where they differ the title stands and a notice is given.
func (c *siteCrawl) year(col *Column, l Link, t Title) int {
	folder := cmp.Or(l.Year, col.Year)
	if len(t.Years) > 1 {
		c.notice(NoticeYears, col.ID, l.URL, "%q names %v", l.Title, t.Years)
		for _, y := range t.Years {
			if y == folder {
				return y
			}
		}
		return 0
	}
	if t.Year != 0 && folder != 0 && t.Year != folder {
		c.notice(NoticeYear, col.ID, l.URL, "%q stands under %d", l.Title, folder)
	}
	return cmp.Or(t.Year, folder)
}

// only returns the one agency that publishes in col, or nil.
func (c *siteCrawl) only(col *Column) *Agency {
	var only *Agency
	for i := range c.site.Agencies {
		a := &c.site.Agencies[i]
		switch {
		case a.ID == col.Agency:
			return a
		case col.Agency == "" && a.Column == col.ID && only != nil:
			return nil
		case col.Agency == "" && a.Column == col.ID:
			only = a
		}
	}
	return only
}

// pin fetches a report whose address is in the site file.
func (c *siteCrawl) pin(ctx context.Context, p Pin) error {
	address := Resolve(p.URL, p.URL)
	c.sum.Expected++
	out := Outcome{URL: address, Agency: p.Agency, Year: p.Year, Title: p.Why}
	for i := range c.site.Agencies {
		if a := &c.site.Agencies[i]; a.ID == p.Agency {
			out.Title = fmt.Sprintf("%s%d年政府信息公开工作年度报告", a.Name, p.Year)
		}
	}
	if p.Year < c.FromYear || c.ToYear != 0 && p.Year > c.ToYear {
		c.skip(out, SkipYear)
		return nil
	}
	return c.document(ctx, out, KindDocument, ParseTitle(out.Title))
}

// document brings one address to its outcome: known, captured, a problem, or
// skipped until later. Files and parts of a page follow as documents of their own.
func (c *siteCrawl) document(ctx context.Context, out Outcome, kind RequestKind, t Title) error {
	id := c.site.docTask(out.URL)
	if c.seen[out.URL] {
		c.skip(out, SkipDuplicate)
		return nil
	}
	c.seen[out.URL], c.listed[id] = true, true
	task, _ := c.Journal.Get(id)
	if !c.All && !task.Due(c.Now(), true) && !renamed(task, out) {
		return c.resting(ctx, out, task)
	}
	before := task
	task.Site, task.Column, task.URL, task.Parent = c.site.ID, out.Column, out.URL, out.Parent
	task.Agency, task.Year, task.Title, task.Published = out.Agency, out.Year, out.Title, out.Published
	if err := c.lease(&task); err != nil {
		return c.stop(ctx, out, err)
	}
	page, anatomy, err := c.fetch(ctx, out, kind)
	switch {
	case ctx.Err() != nil:
		return errors.Join(c.stop(ctx, out, nil), c.release(before, task))
	case err != nil && FailureOf(err) == FailStore:
		return errors.Join(c.stop(ctx, out, fmt.Errorf("%w: %w", errStop, err)), c.release(before, task))
	}
	if err != nil {
		return c.failed(out, task, err)
	}
	if out.Parent == "" && kind == KindDocument && page.UTF8 != nil && undecided(t, anatomy) {
		return c.noReport(out, task, anatomy)
	}
	out = c.complete(out, t, anatomy.Title)
	task.Agency, task.Year, task.Title = out.Agency, out.Year, out.Title
	c.describe(page.Document, out)
	if out.Page == 0 && len(anatomy.Parts) > 0 {
		page.Document.Pages = 1 + len(anatomy.Parts)
	}
	if err := c.Sink.Put(ctx, page.Document); err != nil {
		return errors.Join(c.stop(ctx, out, fmt.Errorf("%w: put %s: %w", errStop, out.URL, err)), c.release(before, task))
	}
	out.SHA256 = page.Document.Hash()
	switch {
	case task.Hash == "":
		out.Result = New
		c.version(out, t)
	case task.Hash != out.SHA256:
		out.Result = Revised
	default:
		out.Result = Unchanged
	}
	if kind == KindDocument && page.UTF8 != nil {
		task.Files, task.Parts, task.Name = anatomy.Files, nil, ""
		if page.Document.Pages > 0 {
			task.Parts, task.Name = anatomy.Parts, page.Document.Name
		}
	}
	task.State, task.Tries, task.Kind, task.Detail, task.Next = TaskDone, 0, "", "", time.Time{}
	task.Hash, task.Captured = out.SHA256, c.Now()
	if err := c.set(task); err != nil {
		return c.stop(ctx, out, err)
	}
	c.captured(out)
	return c.related(ctx, out, task)
}

// undecided reports whether a page whose title may be a report's is none by its
// text: it has fewer than two of the headings of a report and offers no file.
func undecided(t Title, a Anatomy) bool {
	own := ParseTitle(a.Title)
	return t.Kind == KindUnknown && own.Kind != KindReport && own.Kind != KindCorrection && a.Headings < fewestHeadings && len(a.Files) == 0
}

const fewestHeadings = 2

// noReport leaves out a page that is no report by its text. It is looked at
// again as documents are.
func (c *siteCrawl) noReport(out Outcome, task Task, a Anatomy) error {
	task.State, task.Tries, task.Kind, task.Next = TaskDone, 0, "", time.Time{}
	task.Detail = fmt.Sprintf("its text has %d of the headings of a report", a.Headings)
	if err := c.set(task); err != nil {
		return c.stop(context.Background(), out, err)
	}
	out.Detail = task.Detail
	c.skip(out, SkipOther)
	return nil
}

// renamed reports whether a document is now known under another agency or year
// than it was captured with: it is put again, with the right ones.
func renamed(task Task, out Outcome) bool {
	return task.Hash != "" && (out.Agency != "" && out.Agency != task.Agency || out.Year != 0 && out.Year != task.Year)
}

// fetch gets a page, goes along once where a page without content sends its
// reader, and takes it apart. A panic of a parser becomes a Failure.
func (c *siteCrawl) fetch(ctx context.Context, out Outcome, kind RequestKind) (page *Page, a Anatomy, err error) {
	defer func() {
		if v := recover(); v != nil {
			page, err = nil, Fail(FailCrash, out.URL, "%v", v)
		}
	}()
	page, err = c.Get(ctx, Request{URL: out.URL, Kind: kind})
	if err != nil || kind != KindDocument || page.UTF8 == nil {
		return page, a, err
	}
	a = c.Anatomist.Dissect(page)
	if a.Moved == "" || a.Moved == out.URL {
		return page, a, nil
	}
	page, err = c.Get(ctx, Request{URL: a.Moved, Kind: kind})
	if err != nil || page.UTF8 == nil {
		return page, Anatomy{}, err
	}
	return page, c.Anatomist.Dissect(page), nil
}

// complete fills in what the list left open from the page's own title: lists
// cut titles short and leave out years.
func (c *siteCrawl) complete(out Outcome, t Title, title string) Outcome {
	own := ParseTitle(title)
	if out.Parent != "" || own.Kind != KindReport && own.Kind != KindCorrection {
		return out
	}
	if t.Truncated {
		out.Title = title
	}
	out.Year = cmp.Or(out.Year, own.Year)
	if out.Agency == "" && own.Agency != "" && (t.Agency == "" || t.Truncated) {
		if m := c.match.match(own.Agency, "", out.URL, nil); m.Agency != nil {
			out.Agency = m.Agency.ID
		}
	}
	return out
}

// captured gives a document that is in the archive its outcome.
func (c *siteCrawl) captured(out Outcome) {
	if out.Agency == "" && out.Parent == "" && len(c.site.Agencies) > 0 {
		c.notice(NoticeUnmatched, out.Column, out.URL, "%q", out.Title)
	}
	c.finish(out)
}

// describe completes the provenance of a document.
func (c *siteCrawl) describe(d *gongkai.Document, out Outcome) {
	d.Name, d.URL = cmp.Or(d.Name, out.URL), cmp.Or(d.URL, out.URL)
	d.AgencyID, d.Year = out.Agency, out.Year
	d.LinkTitle, d.Published = out.Title, out.Published
	d.Page, d.FirstPage = out.Page, out.FirstPage
	if d.Fetched.IsZero() {
		d.Fetched = c.Now()
	}
}

// resting gives the outcome of a document that is not due.
func (c *siteCrawl) resting(ctx context.Context, out Outcome, task Task) error {
	switch {
	case task.Hash != "": // also if later tries failed
		out.Result, out.SHA256, out.Detail = Known, task.Hash, task.Detail
		out.Agency, out.Year = cmp.Or(out.Agency, task.Agency), cmp.Or(out.Year, task.Year)
		c.captured(out)
		return c.related(ctx, out, task) // those that a killed run left pending are fetched
	case task.State == TaskDone: // looked at, and no report
		out.Result, out.Skip, out.Detail = Skipped, SkipOther, task.Detail
	case task.State == TaskLeased:
		out.Result, out.Failure, out.Detail = Problem, FailCrash, "earlier runs died at it"
	default:
		out.Result, out.Skip, out.Detail = Skipped, SkipBackoff, task.Detail
	}
	c.finish(out)
	return nil
}

// failed gives the outcome of a document that could not be had.
func (c *siteCrawl) failed(out Outcome, task Task, err error) error {
	kind := FailureOf(err)
	out.Result, out.Failure, out.Detail = Problem, kind, err.Error()
	switch {
	case kind == FailBudget:
		out.Result, out.Failure, out.Skip = Skipped, "", SkipBudget
	case kind == FailHostDown:
		out.Result, out.Failure, out.Skip = Skipped, "", SkipHostDown
	case (kind == FailGone || kind == FailSoft404) && task.Hash == "" && c.notYet(out):
		out.Result, out.Failure, out.Skip = Skipped, "", SkipNotYet
	}
	if err := c.fail(task, err); err != nil {
		return c.stop(context.Background(), out, err)
	}
	c.finish(out)
	return nil
}

// notYet reports whether the report is not due yet.
func (c *siteCrawl) notYet(out Outcome) bool {
	for i := range c.site.Agencies {
		a := &c.site.Agencies[i]
		if a.ID == out.Agency && out.Year != 0 {
			d, ok := Deadline(a.Level, a.Type, out.Year)
			return !ok && out.Year >= c.Now().In(Shanghai).Year()-1 || ok && c.Now().Before(d.AddDate(0, 0, 1))
		}
	}
	return false
}

// related follows the further pages and the files of a page.
func (c *siteCrawl) related(ctx context.Context, page Outcome, task Task) error {
	type item struct {
		out   Outcome
		kind  RequestKind
		title Title
	}
	var items []item
	add := func(address, title string, kind RequestKind) *Outcome {
		out := Outcome{
			Column: page.Column, URL: address, Title: cmp.Or(title, page.Title), Agency: page.Agency,
			Year: page.Year, Published: page.Published, Parent: page.URL,
		}
		items = append(items, item{out, kind, ParseTitle(title)})
		return &items[len(items)-1].out
	}
	for i, p := range task.Parts {
		out := add(p, "", KindDocument) // attachments often stand on the last page
		out.Page, out.FirstPage = i+2, task.Name
	}
	for _, f := range task.Files {
		add(f.URL, f.Title, KindAttachment)
	}
	c.sum.Expected += len(items)
	for i, it := range items {
		switch it.title.Kind {
		case KindNotice, KindWebsite, KindOther:
			c.skip(it.out, SkipAttachment)
			continue
		case KindReport, KindCorrection, KindRoster, KindUnknown:
		}
		if err := c.document(ctx, it.out, it.kind, it.title); err != nil {
			for _, rest := range items[i+1:] {
				c.skip(rest.out, SkipCancelled)
			}
			return err
		}
	}
	return nil
}
