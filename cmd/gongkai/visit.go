package main

import (
	"net/url"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/transport"
	"gongkai/internal/config"
	"gongkai/internal/console"
	"gongkai/internal/pipeline"

	"github.com/spf13/cobra"
	"golang.org/x/net/http/httpproxy"
)

// crawlOptions choose what is visited, and how.
type crawlOptions struct {
	folder string // of site files; empty for those that come with the program
	only   []string
	year   int
	budget int
	due    bool
	road
}

// A road is how sites are reached.
type road struct {
	contact string
	until   string
	proxy   string
	rate    float64
}

func crawlFlags(cmd *cobra.Command, o *crawlOptions) {
	f := cmd.Flags()
	sitesFlag(cmd, &o.folder)
	f.StringArrayVar(&o.only, "site", nil, "only the site with this `id`; may be repeated")
	f.IntVar(&o.year, "year", 0, "only reports for this fiscal `year`")
	f.IntVar(&o.budget, "budget", 0, "at most `n` requests to a site in this run")
	roadFlags(cmd, &o.road)
}

func roadFlags(cmd *cobra.Command, r *road) {
	f := cmd.Flags()
	f.StringVar(&r.contact, "contact", "", "an `address` that sites can write to; it goes into the User-Agent")
	f.StringVar(&r.until, "until", "", "begin no request after this `time` of the day in Shanghai, such as 06:30; the rest is left to the next run")
	f.Float64Var(&r.rate, "rate", 4, "at most `n` requests a second over all sites")
	f.StringVar(&r.proxy, "proxy", "", "reach the sites through the HTTP proxy at `URL`; none for no proxy (default: what $HTTPS_PROXY and $HTTP_PROXY say)")
}

// network says how sites are reached.
func (r *road) network(now time.Time) (c transport.Config, err error) {
	if c.UserAgent, err = transport.Agent(r.contact); err != nil {
		return c, usage("--contact: %v", err)
	}
	if c.Rate = r.rate; !(r.rate > 0 && r.rate <= 1000) {
		return c, usage("--rate %v: more than 0, and at most 1000", r.rate)
	}
	if r.until != "" {
		if c.Until, err = nextTime(now, r.until); err != nil {
			return c, err
		}
	}
	p := httpproxy.FromEnvironment()
	switch r.proxy {
	case "":
	case "none":
		return c, nil
	default:
		if u, err := url.Parse(r.proxy); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" {
			return c, usage("--proxy %q: an address such as http://127.0.0.1:3128, or none", r.proxy)
		}
		p.HTTPProxy, p.HTTPSProxy = r.proxy, r.proxy
	}
	if p.HTTPProxy != "" || p.HTTPSProxy != "" {
		c.Proxy = p.ProxyFunc()
	}
	return c, nil
}

// nextTime is when a clock in Shanghai next shows a time.
func nextTime(now time.Time, clock string) (time.Time, error) {
	at, err := time.Parse("15:04", clock)
	if err != nil {
		return at, usage("--until %q: hours and minutes, such as 06:30", clock)
	}
	now = now.In(crawler.Shanghai)
	y, m, d := now.Date()
	next := time.Date(y, m, d, at.Hour(), at.Minute(), 0, 0, crawler.Shanghai)
	if !next.After(now) {
		next = next.AddDate(0, 0, 1)
	}
	return next, nil
}

// gathering turns the options into a crawl of the real network. All that can be
// wrong with them is told here, before anything is fetched.
func (a *app) gathering(o *crawlOptions) (pipeline.Gathering, error) {
	g := pipeline.Gathering{All: !o.due, From: o.year, To: o.year, Now: time.Now}
	if o.budget < 0 || o.year != 0 && (o.year < 2008 || o.year > 2100) {
		return g, usage("--budget and --year: no such number")
	}
	enabled, err := config.ReadEnabled(a.data)
	if err != nil {
		return g, err
	}
	all, chosen, err := a.folder().Choose(o.folder, o.only, enabled)
	if err != nil {
		return g, err
	}
	r := o.road
	if r.contact == "" {
		r.contact = enabled.Contact
	}
	if g.Network, err = r.network(time.Now()); err != nil {
		return g, err
	}
	if r.contact == "" && abroad(chosen) {
		a.say.Warn("sites cannot see who visits them", console.HintKey, "--contact ADDRESS, or contact = \"ADDRESS\" in gongkai.toml, goes into the User-Agent")
	}
	for _, s := range chosen {
		if o.budget > 0 {
			s.Budget = min(s.Budget, o.budget)
		}
	}
	g.Registry, g.Sites = all, chosen
	return g, nil
}

// abroad reports whether any site lies outside of networks of one's own.
func abroad(sites []*crawler.Site) bool {
	for _, s := range sites {
		if !s.AllowPrivate {
			return true
		}
	}
	return false
}
