package survey

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"gongkai/crawler"
	"gongkai/crawler/discover"
	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
)

// Options say how to look at sites.
type Options struct {
	Network  transport.Config
	Folder   string          // where site files are written
	Sites    []*crawler.Site // that are known already: an agency has one site
	Parallel int             // registrable domains at a time; default 8
	Requests int             // for one site; default 60
	Delay    time.Duration   // between requests to a host; default 2s, none on loopback
	Private  bool            // the sites may lie in private networks
	Now      func() time.Time
	Done     func(Found) // called once for each site, never twice at a time; may be nil
}

// A Found is what became of the search on one site.
type Found struct {
	*discover.Proposal
	Home discover.Home
	Path string // of the file written; empty if none was
	Err  error  // why there is no file
}

// Sure is the confidence, none if there is no file.
func (f *Found) Sure() discover.Confidence {
	if f.Path == "" {
		return discover.None
	}
	return f.Confidence()
}

// Discover searches the sites of home pages, those of one registrable domain one
// after the other, and writes a file for each that has reports. The surest come
// first. The error is that the run was stopped or a file could not be written.
func Discover(ctx context.Context, homes []discover.Home, o Options) ([]Found, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	chain := transport.New(o.Network)
	defer chain.CloseIdleConnections()
	w := &writer{o: o, register: discover.NewRegister(o.Sites), day: o.Now().In(crawler.Shanghai).Format(time.DateOnly), homes: map[string]string{}}
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(o.Parallel, 8))
	for _, same := range byDomain(homes) {
		group.Go(func() error {
			for _, h := range same {
				if err := inner.Err(); err != nil {
					return context.Cause(inner)
				}
				p, err := search(inner, h, o, chain)
				if inner.Err() != nil {
					return context.Cause(inner)
				}
				if err := w.take(h, p, err); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	slices.SortStableFunc(w.all, func(a, b Found) int {
		return cmp.Or(rank[a.Sure()]-rank[b.Sure()], strings.Compare(a.Home.URL, b.Home.URL))
	})
	return w.all, err
}

var rank = map[discover.Confidence]int{discover.High: 0, discover.Medium: 1, discover.Low: 2, discover.None: 3}

func byDomain(homes []discover.Home) [][]discover.Home {
	at := map[string]int{}
	var groups [][]discover.Home
	for _, h := range homes {
		key := h.URL
		if u, err := url.Parse(h.URL); err == nil {
			key = crawler.Domain(strings.ToLower(u.Host))
		}
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], h)
	}
	return groups
}

// search looks for the lists of one site. A panic is an error of that site.
func search(ctx context.Context, h discover.Home, o Options, chain *transport.Chain) (p *discover.Proposal, err error) {
	defer func() {
		if v := recover(); v != nil {
			p, err = nil, fmt.Errorf("search from %s: panic: %v", h.URL, v)
		}
	}()
	u, err := url.Parse(h.URL)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%q is no http(s) address", h.URL)
	}
	host := strings.ToLower(u.Host)
	site := &transport.Site{
		ID: discover.ID(h.URL), Hosts: []string{host}, Domain: crawler.Domain(host), Delay: o.Delay, Private: o.Private,
	}
	if o.Private && crawler.Loopback(host) {
		site.Delay = -1
	}
	return discover.Search(ctx, h, discover.Options{Get: fetch.ForSite(site, chain), Requests: o.Requests, Private: o.Private})
}

// A writer writes site files, one at a time: agencies and ids must differ.
type writer struct {
	o        Options
	register *discover.Register
	day      string

	mu    sync.Mutex
	homes map[string]string // id → home page
	all   []Found
}

// take writes the file of a proposal. Only a file that cannot be written is an error.
func (w *writer) take(h discover.Home, p *discover.Proposal, failure error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := Found{Proposal: p, Home: h, Err: failure}
	if f.Proposal == nil {
		f.Proposal = &discover.Proposal{Home: h}
	}
	var err error
	if failure == nil {
		f.Path, f.Err, err = w.write(h, p)
	}
	w.all = append(w.all, f)
	if w.o.Done != nil {
		w.o.Done(f)
	}
	return err
}

var errNothing = errors.New("no list of annual reports was found")

func (w *writer) write(h discover.Home, p *discover.Proposal) (path string, fault, err error) {
	if len(p.Columns) == 0 {
		return "", cmp.Or(p.Wall, errNothing), nil
	}
	id := p.Site.ID
	for n := 2; w.homes[p.Site.ID] != "" && w.homes[p.Site.ID] != h.URL; n++ {
		p.Site.ID = fmt.Sprintf("%s-%d", id, n)
	}
	w.homes[p.Site.ID] = h.URL
	path = filepath.Join(w.o.Folder, p.Site.ID+".toml")
	if _, err := os.Stat(path); err == nil {
		return "", fmt.Errorf("%s exists: remove it to have it written anew", path), nil
	}
	text, err := p.File(w.register, w.day)
	if err != nil {
		return "", err, nil
	}
	if err := os.MkdirAll(w.o.Folder, 0o755); err != nil {
		return "", nil, err
	}
	return path, nil, os.WriteFile(path, text, 0o644)
}
