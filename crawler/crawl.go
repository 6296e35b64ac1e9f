package crawler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"gongkai"
)

// A Sink keeps documents. Putting the same document twice is no error. When
// Put returns nil the document is safe.
type Sink interface {
	Put(ctx context.Context, d *gongkai.Document) error
}

// An Anatomist takes report pages apart. Package platform has one.
type Anatomist interface {
	Dissect(p *Page) Anatomy
}

// An Anatomy is what a report page holds besides its text.
type Anatomy struct {
	Title string   // the page's own title; empty if none
	Files []Link   // what it offers: attachments, embedded and framed documents
	Parts []string // addresses of the further pages of a report that is split (_1.html …)
	Moved string   // where a page without content of its own sends its reader; empty if nowhere

	Headings int // how many of the headings of a report its text has
}

// Options say what to crawl and with what. Sites, Platforms, Get, Sink,
// Anatomist and Journal are required.
type Options struct {
	Sites     []*Site
	Platforms map[string]Platform
	Get       Getter
	Sink      Sink
	Anatomist Anatomist
	Journal   *Journal
	Now       func() time.Time // default time.Now
	Run       string           // name of the run; default its start in UTC
	All       bool             // visit everything, due or not
	FromYear  int              // fiscal years wanted; 0 is no bound
	ToYear    int
	Parallel  int           // groups of sites at a time; default 16
	Done      func(Outcome) // called once for each outcome, never twice at a time; may be nil
}

// Crawl visits all that is due on the sites. Sites run in parallel, sites of
// one registrable domain one after the other. Trouble with a site is in the summary; the
// error is for what stops the run: a cancelled ctx, a full disk. The summary
// is valid even then.
func Crawl(ctx context.Context, o Options) (*RunSummary, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Parallel <= 0 {
		o.Parallel = 16
	}
	started := o.Now()
	if o.Run == "" {
		o.Run = started.UTC().Format("20060102T150405Z")
	}
	if err := check(o); err != nil {
		return nil, err
	}
	r := &RunSummary{Run: o.Run, Started: started}
	var mu sync.Mutex
	if done := o.Done; done != nil {
		o.Done = func(out Outcome) { mu.Lock(); defer mu.Unlock(); done(out) }
	}
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(o.Parallel)
	var sums sync.Mutex
	for _, sites := range byDomain(o.Sites) {
		group.Go(func() error {
			for _, s := range sites {
				sum, visited, err := crawlSite(inner, o, s)
				sums.Lock()
				if visited {
					r.Sites = append(r.Sites, sum)
				} else {
					sum.Missing, sum.Late = Gaps(o.Journal, s, o.Now(), false)
					r.NotDue = append(r.NotDue, sum)
				}
				sums.Unlock()
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	for _, sites := range [][]*SiteSummary{r.Sites, r.NotDue} {
		slices.SortFunc(sites, func(a, b *SiteSummary) int { return strings.Compare(a.Site, b.Site) })
	}
	r.Finished = o.Now()
	return r, errors.Join(err, o.Journal.Sync())
}

func check(o Options) error {
	if o.Get == nil || o.Sink == nil || o.Journal == nil || o.Anatomist == nil {
		return errors.New("crawl: Get, Sink, Anatomist and Journal are required")
	}
	for _, s := range o.Sites {
		for i := range s.Columns {
			if name := s.PlatformOf(&s.Columns[i]); o.Platforms[name] == nil {
				return fmt.Errorf("crawl %s: no platform %q", s.ID, name)
			}
		}
	}
	return nil
}

// byDomain puts sites that share a registrable domain, directly or through
// others, into one group. Groups and their members are in the order of the sites' ids.
func byDomain(sites []*Site) [][]*Site {
	sites = slices.SortedFunc(slices.Values(sites), func(a, b *Site) int { return strings.Compare(a.ID, b.ID) })
	leader := map[string]string{} // domain → domain that stands for its group
	var find func(h string) string
	find = func(h string) string {
		if leader[h] == "" || leader[h] == h {
			return h
		}
		leader[h] = find(leader[h])
		return leader[h]
	}
	for _, s := range sites {
		for _, h := range s.Hosts {
			leader[find(Domain(h))] = find(Domain(s.Hosts[0]))
		}
	}
	at := map[string]int{}
	var groups [][]*Site
	for _, s := range sites {
		key := find(Domain(s.Hosts[0]))
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], s)
	}
	return groups
}
