package archive

import (
	"net/url"
	"strings"
	"time"
)

// Visits returns, by host, when a list or document of it was last captured,
// whether or not its bytes were new. Failures, pages that are not what they seem
// and robots.txt are no visit. Hosts are in lower case, with their port if the
// address has one. An error means that the index cannot be read.
func (a *Archive) Visits() (map[string]time.Time, error) {
	visits := map[string]time.Time{}
	for e, err := range a.List() {
		if err != nil {
			return nil, err
		}
		if !e.IsDocument() && e.Kind != KindList || e.Failure != "" || e.Quarantine != "" || e.Status != 200 && e.Status != 304 {
			continue
		}
		u, err := url.Parse(e.URL)
		if err != nil {
			continue
		}
		if host := strings.ToLower(u.Host); e.Time.After(visits[host]) {
			visits[host] = e.Time
		}
	}
	return visits, nil
}
