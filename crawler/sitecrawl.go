package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A siteCrawl is one visit to one site.
type siteCrawl struct {
	Options
	site    *Site
	sum     *SiteSummary
	match   *matcher
	seen    map[string]bool    // addresses that have an outcome in this run
	listed  map[string]bool    // task ids met in lists or on pages
	broken  map[string]bool    // columns that could not be read in full
	fails   map[string]int     // network failures in a row, by host
	known   map[edition]string // addresses of the reports captured so far
	blocked bool               // the site blocked something in this run
	full    bool               // every column was visited
}

// errStop wraps what ends the whole run.
var errStop = errors.New("run stopped")

// hostFails is how many network failures in a row make a host count as down.
const hostFails = 3

// crawlSite visits what is due on s. It returns false if nothing was.
func crawlSite(ctx context.Context, o Options, s *Site) (*SiteSummary, bool, error) {
	c := &siteCrawl{
		Options: o, site: s, sum: newSummary(s.ID), match: newMatcher(s),
		seen: map[string]bool{}, listed: map[string]bool{}, broken: map[string]bool{}, fails: map[string]int{}, full: true,
	}
	c.Get = c.count(o.Get)
	c.known = c.editions()
	visited := false
	for i := range s.Columns {
		col := &s.Columns[i]
		task, _ := o.Journal.Get(s.listTask(col))
		if !o.All && !task.Due(o.Now(), false) {
			c.full = false
			continue
		}
		visited = true
		if err := c.column(ctx, col); err != nil {
			return c.sum, true, err
		}
	}
	for _, p := range s.Pins {
		task, _ := o.Journal.Get(s.docTask(Resolve(p.URL, p.URL)))
		if !o.All && !task.Due(o.Now(), true) {
			continue
		}
		visited = true
		if err := c.pin(ctx, p); err != nil {
			return c.sum, true, err
		}
	}
	if visited {
		if err := c.assess(); err != nil {
			return c.sum, true, err
		}
	}
	return c.sum, visited, nil
}

func (s *Site) listTask(c *Column) string     { return s.ID + " list:" + c.ID }
func (s *Site) docTask(address string) string { return s.ID + " " + address }
func (c *siteCrawl) allowed(address string) bool {
	host, err := hostOf(address)
	return err == nil && c.site.Allows(host)
}

// count wraps get with the site's budget, allow-list and counters.
func (c *siteCrawl) count(get Getter) Getter {
	return func(ctx context.Context, req Request) (*Page, error) {
		if !c.allowed(req.URL) {
			return nil, Fail(FailOffSite, req.URL, "host is not in the hosts of site %s", c.site.ID)
		}
		if c.sum.Requests >= c.site.Budget {
			return nil, Fail(FailBudget, req.URL, "budget of %d requests is used up", c.site.Budget)
		}
		host := hostName(req.URL)
		if c.fails[host] >= hostFails {
			return nil, Fail(FailHostDown, req.URL, "%d network failures in a row", hostFails)
		}
		c.sum.Requests++
		p, err := get(ctx, req)
		switch {
		case err == nil && p != nil && p.Document != nil:
			c.fails[host] = 0
			c.sum.Bytes += int64(len(p.Document.Body))
			return p, nil
		case err == nil:
			return nil, Fail(FailOther, req.URL, "the getter returned no document")
		case FailureOf(err) == FailNetwork:
			c.fails[host]++
		case FailureOf(err) == FailBudget: // nothing was sent
			c.sum.Requests--
		default:
			c.fails[host] = 0
		}
		return nil, err
	}
}

func hostName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// column reads one list and the documents behind it.
func (c *siteCrawl) column(ctx context.Context, col *Column) error {
	task, _ := c.Journal.Get(c.site.listTask(col))
	task.Site, task.Column, task.URL = c.site.ID, col.ID, col.URL
	before := task
	if err := c.lease(&task); err != nil {
		return err
	}
	c.sum.Columns++
	c.sum.Visited = append(c.sum.Visited, col.ID)
	links, failed, err := c.list(ctx, col)
	if err != nil {
		return errors.Join(err, c.release(before, task))
	}
	c.sum.Expected += len(links)
	for i, l := range links {
		if err := c.link(ctx, col, l); err != nil {
			for _, rest := range links[i+1:] {
				c.skip(Outcome{Column: col.ID, URL: rest.URL, Title: rest.Title}, SkipCancelled)
			}
			return errors.Join(err, c.release(before, task))
		}
	}
	return c.closeList(col, task, len(links), failed)
}

// list collects the links of a column. failed is the first failure of a list
// page, before others one that casts doubt on the list; err ends the run.
func (c *siteCrawl) list(ctx context.Context, col *Column) (links []Link, failed, err error) {
	if col.Shape == ShapeReport {
		return c.yearly(col), nil, nil
	}
	for l, err := range c.platformLinks(ctx, col) {
		if ctx.Err() != nil {
			return nil, nil, c.cancelled(ctx)
		}
		if err == nil {
			links = append(links, l)
			continue
		}
		if FailureOf(err) == FailStore {
			c.listProblem(col, err)
			return nil, nil, fmt.Errorf("%w: %w", errStop, err)
		}
		if failed == nil || doubtful(FailureOf(err)) && !doubtful(FailureOf(failed)) {
			failed = err
		}
		c.listProblem(col, err)
	}
	return links, failed, nil
}

// platformLinks is the platform's Links with its panics turned into errors.
func (c *siteCrawl) platformLinks(ctx context.Context, col *Column) func(yield func(Link, error) bool) {
	return func(yield func(Link, error) bool) {
		ours := false // a panic of the consumer is not the platform's
		defer func() {
			if ours {
				return
			}
			if v := recover(); v != nil {
				yield(Link{}, Fail(FailCrash, col.URL, "platform %s: %v", c.site.PlatformOf(col), v))
			}
		}()
		for l, err := range c.Platforms[c.site.PlatformOf(col)].Links(ctx, c.site, col, c.Get) {
			ours = true
			more := yield(l, err)
			ours = false
			if !more {
				return
			}
		}
	}
}

// listProblem gives a list page that failed its outcome.
func (c *siteCrawl) listProblem(col *Column, err error) {
	out := Outcome{Column: col.ID, URL: col.URL, Result: Problem, Failure: FailureOf(err), Detail: err.Error()}
	if f, ok := errors.AsType[*Failure](err); ok && f.URL != "" {
		out.URL = f.URL
	}
	switch {
	case out.Failure == FailEmpty && c.emptyOK():
		out.Result, out.Failure, out.Skip = Skipped, "", SkipEmptyOK
	case out.Failure == FailBudget:
		out.Result, out.Failure, out.Skip = Skipped, "", SkipBudget
		c.broken[col.ID] = true
	default:
		c.broken[col.ID] = true
		c.sum.alert(AlertColumn, col.ID, "%v", err)
	}
	c.sum.Expected++
	c.finish(out)
}

func (c *siteCrawl) emptyOK() bool {
	return c.site.EmptyOKUntil != "" && c.Now().In(Shanghai).Format(time.DateOnly) <= c.site.EmptyOKUntil
}

// closeList writes what became of a list. A visit with a drop is no measure for
// the next ones: the alert stays until the links are back, or until a person
// states in the site file how many are usual now.
func (c *siteCrawl) closeList(col *Column, task Task, items int, failed error) error {
	if failed != nil && !(FailureOf(failed) == FailEmpty && c.emptyOK()) {
		if doubtful(FailureOf(failed)) {
			task.Doubt = AlertColumn
		}
		return c.fail(task, failed)
	}
	task.Items, task.Doubt = items, ""
	if usual := cmp.Or(col.Usual, median(task.Counts)); items*10 < usual*7 {
		c.sum.alert(AlertDrop, col.ID, "%d links where %d are usual", items, usual)
		task.Doubt = AlertDrop
	} else {
		task.Counts = append(task.Counts, items)
	}
	task.State, task.Tries, task.Kind, task.Detail, task.Next = TaskDone, 0, "", "", time.Time{}
	if n := len(task.Counts); n > 7 {
		task.Counts = task.Counts[n-7:]
	}
	return c.set(task)
}

// yearly makes the links of a column whose reports have one address a year.
func (c *siteCrawl) yearly(col *Column) []Link {
	var links []Link
	last := c.Now().In(Shanghai).Year() - 1
	for i := range c.site.Agencies {
		a := &c.site.Agencies[i]
		if a.Column != col.ID && a.ID != col.Agency {
			continue
		}
		for y := last; y >= max(a.FirstYear, 2008) && (a.FirstYear > 0 || y >= 2019); y-- {
			address := strings.NewReplacer("{year}", strconv.Itoa(y), "{uscc}", a.USCC, "{id}", a.ID).Replace(col.URL)
			links = append(links, Link{
				URL: Resolve(address, address), Title: fmt.Sprintf("%s%d年政府信息公开工作年度报告", a.Name, y),
				Unit: a.Name, Year: y, Page: col.URL,
			})
		}
	}
	return links
}

func (c *siteCrawl) lease(t *Task) error {
	t.State, t.At = TaskLeased, c.Now() // the start counts: a run may end after midnight
	t.Tries++
	return c.set(*t)
}

// release gives a task back when the run is stopped in order: it did not die.
func (c *siteCrawl) release(before, leased Task) error {
	leased.State, leased.Tries, leased.Kind, leased.Next = TaskFailed, before.Tries, FailCancelled, c.Now()
	return c.set(leased)
}

func (c *siteCrawl) fail(t Task, err error) error {
	after := time.Duration(0)
	if f, ok := errors.AsType[*Failure](err); ok {
		after = f.RetryAfter
	}
	t.State, t.Kind, t.Detail = TaskFailed, FailureOf(err), err.Error()
	if t.Kind == FailBudget {
		t.Tries = max(t.Tries-1, 0)
	}
	t.Next = nextTry(c.Now(), t.Kind, t.Tries, after)
	return c.set(t)
}

// set writes a task to the journal. A journal that cannot be written ends the run.
func (c *siteCrawl) set(t Task) error {
	t.Run = c.Run
	if err := c.Journal.Set(t); err != nil {
		return fmt.Errorf("%w: %w", errStop, err)
	}
	return nil
}

// skip gives one expected thing the outcome that it was left out.
func (c *siteCrawl) skip(out Outcome, reason SkipReason) {
	out.Result, out.Skip = Skipped, reason
	c.finish(out)
}

// stop gives the thing in hand its outcome when err ends the run.
func (c *siteCrawl) stop(ctx context.Context, out Outcome, err error) error {
	if ctx.Err() != nil {
		c.skip(out, SkipCancelled)
		return c.cancelled(ctx)
	}
	out.Result, out.Failure, out.Detail = Problem, FailStore, err.Error()
	c.finish(out)
	return err
}

func (c *siteCrawl) cancelled(ctx context.Context) error {
	return fmt.Errorf("crawl %s: %w", c.site.ID, context.Cause(ctx))
}

// finish gives one expected thing its outcome.
func (c *siteCrawl) finish(o Outcome) {
	o.Site = c.site.ID
	if o.Failure.Walled() {
		c.blocked = true
	}
	c.sum.count(o)
	if c.Done != nil {
		c.Done(o)
	}
}

func (c *siteCrawl) notice(code, column, address, format string, args ...any) {
	c.sum.Notices = append(c.sum.Notices, Notice{Code: code, Column: column, URL: address, Detail: fmt.Sprintf(format, args...)})
}
