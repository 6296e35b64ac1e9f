package transport

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const maxRedirects = 5

// allow lets a request through only if its scheme, host and port are on the
// site's list, and follows a chain of redirects for five hops.
func allow(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		j, _ := req.Context().Value(jobKey{}).(*Job)
		if j == nil || j.Site == nil {
			return nil, errors.New("request without a job and its site: " + req.URL.String())
		}
		if why := j.Site.refuses(req.URL); why != "" {
			return nil, &Error{Code: OffSite, URL: req.URL.String(), Detail: why}
		}
		n := 0
		for r := req; r.Response != nil && r.Response.Request != nil; r = r.Response.Request {
			n++
		}
		if n > maxRedirects {
			return nil, &Error{Code: Redirect, URL: req.URL.String(), Detail: "more than 5 redirects"}
		}
		if n > 0 && req.URL.Scheme == "http" && req.Response.Request.URL.Scheme == "https" {
			j.trace().Downgraded = true
		}
		resp, err := next.RoundTrip(req)
		if err == nil {
			j.trace().Hops = append(j.trace().Hops, Hop{URL: req.URL.String(), Status: resp.StatusCode})
			resp.Request = req
		}
		return resp, err
	})
}

// refuses says why the site's list does not cover u; empty if it does. Hosts
// are compared as they stand, so that no other spelling of an address passes.
func (s *Site) refuses(u *url.URL) string {
	var port string
	switch u.Scheme {
	case "http":
		port = "80"
	case "https":
		port = "443"
	default:
		return "the scheme is " + u.Scheme
	}
	if u.User != nil {
		return "there is a user name in the address"
	}
	host := strings.ToLower(u.Host)
	if p := u.Port(); p == port || p == "80" || p == "443" || p == "" {
		host = strings.ToLower(u.Hostname())
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
	}
	if !slices.Contains(s.Hosts, host) && !s.under(host) {
		return "host " + host + " is not on the list of site " + s.ID
	}
	return ""
}

// under reports whether a host is one of the site's domain.
func (s *Site) under(host string) bool {
	return s.Domain != "" && (host == s.Domain || strings.HasSuffix(host, "."+s.Domain))
}
