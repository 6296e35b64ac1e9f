package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// A Code names a reason why a request gave no usable answer.
type Code string

// The codes. Each is stable: it stands in the archive and in run logs.
const (
	Size           Code = "E_SIZE"            // larger than allowed for its kind
	Ratio          Code = "E_RATIO"           // grows more than a hundredfold when decompressed
	Encoding       Code = "E_ENCODING"        // a content encoding that was not asked for, or a broken one
	Header         Code = "E_HEADER"          // response headers beyond the limit
	Incomplete     Code = "E_INCOMPLETE"      // the body ended early, or may have
	Empty          Code = "E_EMPTY"           // a 200 without a body
	Timeout        Code = "E_TIMEOUT"         // no answer, a pause, or a drip
	Network        Code = "E_NETWORK"         // connection refused, reset or closed
	DNS            Code = "E_DNS"             // the name does not resolve
	TLS            Code = "E_TLS"             // no handshake, or a certificate that is not valid
	PrivateAddress Code = "E_PRIVATE_ADDRESS" // the host resolves to an address that is not public
	OffSite        Code = "E_OFFSITE"         // scheme, host or port is not on the site's list
	Redirect       Code = "E_REDIRECT"        // more than five redirects, or one to nowhere
	Robots         Code = "E_ROBOTS"          // robots.txt says no
	Status         Code = "E_STATUS"          // an HTTP status that is no answer
	Blocked        Code = "E_BLOCKED"         // a ban, or a firewall's refusal
	Challenge      Code = "E_CHALLENGE"       // a script that tests the browser stands in the place of the page
	Captcha        Code = "E_CAPTCHA"         // the visitor is asked to prove that they are a person
	WAF            Code = "E_WAF"             // a firewall's page with status 200 (quarantined)
	Soft404        Code = "E_SOFT404"         // "not found" with status 200, or the home page (quarantined)
	Login          Code = "E_LOGIN"           // a log-in page (quarantined)
	Type           Code = "E_TYPE"            // a page with little text where a file was asked for (quarantined)
	Budget         Code = "E_BUDGET"          // the host's requests for this run are used up
	HostDown       Code = "E_HOST_DOWN"       // the host failed three times in a row and rests
	BadURL         Code = "E_URL"             // not an address that can be fetched
	Odd            Code = "E_ODD"             // an answer that cannot be handled
	NotCaptured    Code = "E_NOT_CAPTURED"    // a replay asked for what the archive has not
)

// Walled reports whether the site keeps us out. No wall is ever worked around.
func (c Code) Walled() bool { return c == Blocked || c == Challenge || c == Captcha }

// An Unkept error says that the archive did not take an exchange: a failure of
// ours, and the only one that ends a run.
type Unkept struct {
	URL string
	Err error
}

func (e *Unkept) Error() string { return fmt.Sprintf("keep %s: %v", e.URL, e.Err) }

// Unwrap returns the cause.
func (e *Unkept) Unwrap() error { return e.Err }

// An Error says why a request gave no usable answer.
type Error struct {
	Code       Code
	URL        string
	Status     int           // HTTP status, if there was a response
	RetryAfter time.Duration // what the server asked for; 0 if nothing
	Detail     string        // what was seen, in words
	Err        error         // the cause; nil if there is none

	response  *http.Response // for the record: what did arrive
	raw       []byte
	document  []byte
	encoding  string
	truncated string
}

func (e *Error) Error() string {
	s := fmt.Sprintf("fetch %s: %s", e.URL, e.Code)
	if e.Status != 0 {
		s += fmt.Sprintf(" (status %d)", e.Status)
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Quarantined reports whether a whole page was received and archived but is not
// what it was asked for as.
func (e *Error) Quarantined() bool {
	switch e.Code {
	case WAF, Soft404, Login, Type:
		return true
	}
	return false
}

// CodeOf returns the code of err, or "" if it has none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// A stop is a limit on time that ended a request.
type stop string

func (s stop) Error() string { return string(s) }

// networkError gives a failed exchange its code. The end of the caller's
// context is no failure of the exchange and passes unchanged.
func networkError(req *http.Request, caller context.Context, cause, err error) error {
	if caller.Err() != nil {
		return context.Cause(caller)
	}
	e := &Error{URL: req.URL.String(), Err: err}
	if s, ok := errors.AsType[stop](cause); ok {
		e.Code, e.Err = Timeout, s
		return e
	}
	e.Code = codeOfNetwork(err)
	return e
}

func codeOfNetwork(err error) Code {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return DNS
	}
	for _, private := range []error{ssrf.ErrProhibitedIP, ssrf.ErrProhibitedNetwork, ssrf.ErrInvalidHostPort} {
		if errors.Is(err, private) {
			return PrivateAddress
		}
	}
	if isTLS(err) {
		return TLS
	}
	if ne, ok := errors.AsType[net.Error](err); ok && ne.Timeout() {
		return Timeout
	}
	if strings.Contains(err.Error(), "server response headers exceeded") {
		return Header
	}
	return Network
}

func isTLS(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return true
	}
	return strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}
