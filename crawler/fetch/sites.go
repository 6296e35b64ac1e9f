package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/transport"
)

// ForSites returns a Getter for a crawl of the sites. The site of a request is
// found by its host; sites that share a host are treated by the strictest of
// their rules. What it gets is archived as evidence (transport.KindPage): only
// the crawler's Sink makes documents.
func ForSites(sites []*crawler.Site, chain http.RoundTripper) crawler.Getter {
	get, rules := New(chain), rulesOf(sites)
	return func(ctx context.Context, r crawler.Request) (*crawler.Page, error) {
		u, err := url.Parse(r.URL)
		if err != nil || u.Host == "" {
			return nil, crawler.Fail(crawler.FailOffSite, r.URL, "not an address that can be fetched")
		}
		site := rules[strings.ToLower(u.Host)]
		if site == nil {
			site = rules[strings.ToLower(u.Hostname())] // a default port that was written out
		}
		if site == nil {
			return nil, crawler.Fail(crawler.FailOffSite, r.URL, "host %s is on no site's list", u.Host)
		}
		return page(ctx, get, r, site)
	}
}

// ForSite returns a Getter for one site, to look at it before it has a file.
func ForSite(site *transport.Site, chain http.RoundTripper) crawler.Getter {
	get := New(chain)
	return func(ctx context.Context, r crawler.Request) (*crawler.Page, error) { return page(ctx, get, r, site) }
}

func page(ctx context.Context, get Getter, r crawler.Request, site *transport.Site) (*crawler.Page, error) {
	kind := transport.KindPage
	if r.Kind == crawler.KindList {
		kind = transport.KindList
	}
	resp, err := get(ctx, Request{URL: r.URL, Method: r.Method, Form: r.Form, Header: r.Header, Kind: kind, Site: site})
	if err != nil {
		return nil, failure(ctx, r.URL, err)
	}
	return &crawler.Page{
		Document: resp.Document, UTF8: resp.UTF8, FinalURL: resp.FinalURL, Status: resp.Status, Unchanged: resp.Unchanged,
	}, nil
}

// rulesOf gives every host the rules of its site.
func rulesOf(sites []*crawler.Site) map[string]*transport.Site {
	rules := map[string]*transport.Site{}
	for _, s := range sites {
		own := &transport.Site{
			ID: s.ID, Hosts: lower(s.Hosts), Delay: time.Duration(s.Delay), Budget: s.Budget,
			Private: s.AllowPrivate, LegacyTLS: s.TLS.Legacy, SkipVerify: s.TLS.Insecure, TLSReason: s.TLS.Reason,
		}
		if s.Robots.Ignore {
			own.IgnoreRobots = s.Robots.Reason
		}
		for _, h := range own.Hosts {
			if rules[h] == nil {
				rules[h] = own
				continue
			}
			rules[h] = strictest(rules[h], own)
		}
	}
	return rules
}

func lower(hosts []string) []string {
	out := make([]string, len(hosts))
	for i, h := range hosts {
		out[i] = strings.ToLower(h)
	}
	return out
}

// strictest joins the rules of two sites on one host. Each may redirect to the
// other's hosts.
func strictest(a, b *transport.Site) *transport.Site {
	s := *a
	s.ID = a.ID + "+" + b.ID
	s.Hosts = slices.Concat(a.Hosts, b.Hosts)
	s.Delay = max(a.Delay, b.Delay)
	if a.Delay == 0 || b.Delay == 0 { // the default, which is not short
		s.Delay = max(s.Delay, transport.DefaultDelay)
	}
	if b.Budget > 0 && (a.Budget == 0 || b.Budget < a.Budget) {
		s.Budget = b.Budget
	}
	if b.IgnoreRobots == "" {
		s.IgnoreRobots = ""
	}
	if b.TLSReason == "" {
		s.TLSReason = ""
	}
	s.Private = a.Private && b.Private
	s.LegacyTLS, s.SkipVerify = a.LegacyTLS && b.LegacyTLS, a.SkipVerify && b.SkipVerify
	return &s
}

// kinds tells what the crawler makes of a code.
var kinds = map[transport.Code]crawler.FailureKind{
	transport.Size: crawler.FailLimit, transport.Ratio: crawler.FailLimit, transport.Header: crawler.FailLimit,
	transport.Redirect: crawler.FailLimit,
	transport.Encoding: crawler.FailNetwork, transport.Incomplete: crawler.FailNetwork, transport.Empty: crawler.FailNetwork,
	transport.Timeout: crawler.FailNetwork, transport.Network: crawler.FailNetwork, transport.DNS: crawler.FailNetwork,
	transport.HostDown: crawler.FailNetwork, transport.TLS: crawler.FailTLS,
	transport.PrivateAddress: crawler.FailOffSite, transport.OffSite: crawler.FailOffSite, transport.BadURL: crawler.FailOffSite,
	transport.Robots: crawler.FailRobots, transport.Status: crawler.FailStatus, transport.Budget: crawler.FailBudget,
	transport.Challenge: crawler.FailChallenge, transport.Captcha: crawler.FailCaptcha, transport.Odd: crawler.FailOther,
	transport.Blocked: crawler.FailBlocked, transport.WAF: crawler.FailBlocked, transport.Login: crawler.FailBlocked,
	transport.Soft404: crawler.FailSoft404, transport.Type: crawler.FailSoft404,
	transport.NotCaptured: crawler.FailOther,
}

// failure puts an error into the crawler's words. Only what the archive did not
// take is a failure of ours; anything else odd fails one address.
func failure(ctx context.Context, address string, err error) error {
	if _, unkept := errors.AsType[*transport.Unkept](err); unkept && ctx.Err() == nil {
		return &crawler.Failure{Kind: crawler.FailStore, URL: address, Err: err}
	}
	e, ok := errors.AsType[*transport.Error](err)
	switch {
	case !ok && ctx.Err() != nil:
		return err
	case !ok:
		return &crawler.Failure{Kind: crawler.FailOther, URL: address, Err: err}
	}
	kind, known := kinds[e.Code]
	switch {
	case !known:
		kind = crawler.FailOther
	case e.Status == http.StatusNotFound && e.Code == transport.Status, e.Status == http.StatusGone:
		kind = crawler.FailGone
	}
	return &crawler.Failure{Kind: kind, URL: address, Status: e.Status, RetryAfter: e.RetryAfter, Err: err}
}
