package crawler

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Domain returns the registrable domain of a host; of an address or a single
// name the host itself, with its port.
func Domain(host string) string {
	name := host
	if u, err := url.Parse("//" + host); err == nil {
		name = u.Hostname()
	}
	if _, err := netip.ParseAddr(name); err == nil || !strings.Contains(name, ".") {
		return host
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return host
	}
	return domain
}

// Loopback reports whether a host is this machine by its name.
func Loopback(host string) bool {
	u, err := url.Parse("//" + host)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback() || u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost")
}
