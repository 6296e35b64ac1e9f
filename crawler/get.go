package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"gongkai"
)

// A Request asks a Getter for one resource.
type Request struct {
	URL    string
	Method string      // "" is GET
	Form   url.Values  // body of a POST, form-encoded
	Header http.Header // extra headers, such as Referer; may be nil
	Kind   RequestKind // decides limits and what may be revisited
}

// RequestKind says what a request is for.
type RequestKind string

// The kinds of request.
const (
	KindList       RequestKind = "list"       // a page that lists reports, or its data
	KindDocument   RequestKind = "document"   // a report page
	KindAttachment RequestKind = "attachment" // a file linked from a report page
)

// A Page is the answer to a Request.
type Page struct {
	Document  *gongkai.Document // the bytes as served and where they came from
	UTF8      []byte            // the body as UTF-8 if it is text, else nil
	FinalURL  string            // the address after redirects
	Status    int               // HTTP status
	Unchanged bool              // the server, or the archive, says: same bytes as before
}

// A Getter fetches one resource politely: allow-list, robots.txt, delay,
// retries. It returns a *Failure if there is nothing to be had.
type Getter func(ctx context.Context, req Request) (*Page, error)

// FailureKind says why a resource or a list could not be had. It decides when
// the next try is.
type FailureKind string

// The kinds of failure.
const (
	FailNetwork      FailureKind = "network"      // no connection, time-out, broken transfer
	FailStatus       FailureKind = "status"       // an HTTP status that is no success
	FailGone         FailureKind = "gone"         // 404 or 410
	FailHostDown     FailureKind = "host_down"    // the host failed several times in a row: not asked again
	FailSoft404      FailureKind = "soft404"      // a "not found" page sent as 200 or by redirect
	FailBlocked      FailureKind = "blocked"      // a ban, or a firewall's refusal: never retried in a loop
	FailChallenge    FailureKind = "challenge"    // a script that tests the browser, in the place of the page: as blocked
	FailCaptcha      FailureKind = "captcha"      // the visitor is to prove that they are a person: as blocked
	FailScript       FailureKind = "script"       // a list that a script makes: the detail names what the script asks
	FailRobots       FailureKind = "robots"       // robots.txt says no
	FailOffSite      FailureKind = "off_site"     // a host that is not on the allow-list
	FailLimit        FailureKind = "limit"        // size, time or redirect limit
	FailTLS          FailureKind = "tls"          // no TLS connection on the site's terms
	FailBudget       FailureKind = "budget"       // left to the next run: the budget is used up, or the night is over
	FailEmpty        FailureKind = "empty"        // a list without items
	FailUnrecognised FailureKind = "unrecognised" // a page that the platform does not understand
	FailShort        FailureKind = "short"        // a list that gives fewer entries than it says it has
	FailEntry        FailureKind = "entry"        // an entry of a list without a title or an address: the others are read
	FailTrap         FailureKind = "trap"         // a pager or tree that does not end
	FailStore        FailureKind = "store"        // the archive did not take it
	FailCrash        FailureKind = "crash"        // handling it killed or panicked earlier runs
	FailCancelled    FailureKind = "cancelled"    // the run was stopped
	FailOther        FailureKind = "other"
)

// Walled reports whether the site keeps us out. Such an address rests for a week
// and more; no wall is ever worked around.
func (k FailureKind) Walled() bool {
	return k == FailBlocked || k == FailChallenge || k == FailCaptcha
}

// A Failure is an error with the kind that decides what happens next.
type Failure struct {
	Kind       FailureKind
	URL        string
	Status     int           // HTTP status, if there was one
	RetryAfter time.Duration // what the server asked for; 0 if nothing
	Err        error         // the cause; may be nil
}

// Error names the address, the kind and the cause.
func (f *Failure) Error() string {
	s := fmt.Sprintf("%s: %s", f.URL, f.Kind)
	if f.Status != 0 {
		s += fmt.Sprintf(" (HTTP %d)", f.Status)
	}
	if f.Err != nil {
		s += ": " + f.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

// Fail returns a Failure whose cause is written like fmt.Errorf.
func Fail(kind FailureKind, address, format string, args ...any) *Failure {
	return &Failure{Kind: kind, URL: address, Err: fmt.Errorf(format, args...)}
}

// FailureOf returns the kind of err: its Failure's, FailNetwork for a time-out
// of the context, else FailOther.
func FailureOf(err error) FailureKind {
	if f, ok := errors.AsType[*Failure](err); ok {
		return f.Kind
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return FailNetwork
	}
	return FailOther
}
