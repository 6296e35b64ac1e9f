package transport

import (
	"context"
	"net/http"
	"time"
)

// A Site is how one web site must be treated. It is not changed after use has
// begun.
type Site struct {
	ID string
	// Hosts is the allow-list: "www.example.gov.cn" stands for ports 80 and 443,
	// "www.example.gov.cn:8080" for that port. Nothing else is ever fetched.
	Hosts []string
	// Domain allows every host of a registrable domain beside Hosts, on the usual
	// ports; empty for none. It is for the search for lists.
	Domain string
	// Private allows addresses of private networks and loopback, of hosts that
	// were asked for: a redirect from another host never leads there.
	Private bool
	// Delay is the least time from the start of a request to a host to the start
	// of the next one. 0 means two seconds; below zero means none, for loopback.
	Delay time.Duration
	// Budget is the most requests to one host in a run. 0 means 5,000.
	Budget int
	// IgnoreRobots gives the reason why robots.txt is not obeyed; empty to obey.
	IgnoreRobots string
	// LegacyTLS allows TLS 1.0 and old ciphers; SkipVerify takes any certificate.
	// Both need a TLSReason, or they have no effect.
	LegacyTLS, SkipVerify bool
	TLSReason             string
	// Charset is the character set of pages that do not reveal it, such as
	// "big5"; empty to recognise UTF-8 and GB18030.
	Charset string
	// NotFound are more phrases of this site's "page not found" pages.
	NotFound []string
}

// DefaultDelay is the delay of a site that names none.
const DefaultDelay = 2 * time.Second

const defaultBudget = 5000

func (s *Site) delay() time.Duration {
	if s.Delay == 0 {
		return DefaultDelay
	}
	return max(0, s.Delay)
}

func (s *Site) budget() int {
	if s.Budget == 0 {
		return defaultBudget
	}
	return s.Budget
}

// The kinds of request.
const (
	KindList       = "list"
	KindDocument   = "document"
	KindAttachment = "attachment"
	KindRobots     = "robots"
	KindPage       = "page" // evidence: a page or file of which somebody else makes a document
)

// A Job is what a request is for.
type Job struct {
	Site  *Site
	Kind  string
	Trace *Trace // filled in by the chain; may be nil
}

// A Trace is what happened to a request and its redirects on their way.
type Trace struct {
	Hops         []Hop
	Downgraded   bool      // a redirect led from https to http
	NotModified  bool      // the server answered 304 and the archive gave the bytes
	Unchanged    bool      // the bytes are those of the last capture (also if NotModified)
	DeclaredType string    // Content-Type as the server sent it
	Document     []byte    // the final body as served, content encoding undone
	Received     time.Time // when the exchange began that gave the bytes; zero if it was not recorded
	Attempts     int       // requests sent, retries included, without robots.txt
}

// A Hop is one response of a chain of redirects.
type Hop struct {
	URL    string
	Status int
}

type jobKey struct{}

// With returns a context for requests of the job.
func With(ctx context.Context, j *Job) context.Context {
	return context.WithValue(ctx, jobKey{}, j)
}

// jobOf returns the job of a request that Allow has let through.
func jobOf(req *http.Request) *Job {
	j, _ := req.Context().Value(jobKey{}).(*Job)
	if j == nil {
		return &Job{}
	}
	return j
}

func (j *Job) trace() *Trace {
	if j.Trace == nil {
		return &Trace{}
	}
	return j.Trace
}

// A roundTripper is a function as an http.RoundTripper.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
