package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"gongkai/web"
)

var anchor = regexp.MustCompile(`href="(/[^"#]*)"`)

var ranked = regexp.MustCompile(`/rank/\d+/`)

// TestLinks follows every link of the site from its first page, in both
// languages: none is broken, and every page has its headers.
func TestLinks(t *testing.T) {
	t.Parallel()
	s := site(t, web.Options{Warehouse: published(t)})
	seen, queue := map[string]bool{}, []string{"/", "/en/"}
	for len(queue) > 0 {
		path := strings.ReplaceAll(queue[0], "&amp;", "&")
		queue = queue[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		if ranked.MatchString(path) {
			continue // each takes a second: TestRanking
		}
		status, h, body := get(t, s, path)
		if status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
		if !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'self'") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", path, h)
		}
		if strings.Contains(body, "<script") || strings.Contains(body, " style=") {
			t.Errorf("%s needs what the policy forbids", path)
		}
		if strings.Contains(body, os.TempDir()) {
			t.Errorf("%s tells where files lie", path)
		}
		for _, m := range anchor.FindAllStringSubmatch(body, -1) {
			queue = append(queue, m[1])
		}
	}
	for _, want := range []string{"/a/a-1", "/en/a/b-1", "/a/a-1.csv", "/rules.json", "/static/gongkai.css"} {
		if !seen[want] {
			t.Errorf("no page leads to %s", want)
		}
	}
}

// TestFindings wants a finding that counts, and one that may be our misreading,
// each told as what it is, with both figures.
func TestFindings(t *testing.T) {
	t.Parallel()
	s := site(t, web.Options{Warehouse: published(t)})
	_, _, sure := get(t, s, "/a/b-1")
	if !strings.Contains(sure, "✕ 不符") || !strings.Contains(sure, "1,299 ≠ 1,234") && !strings.Contains(sure, "1,234 ≠ 1,299") {
		t.Errorf("the page of 乙局 does not show its finding:\n%s", sure)
	}
	_, _, doubt := get(t, s, "/en/a/c-1")
	if strings.Contains(doubt, "✕ disputed") || !strings.Contains(doubt, "in doubt, not counted") {
		t.Errorf("the page of 丙局 does not tell doubt:\n%s", doubt)
	}
	link := regexp.MustCompile(`href="(/r/[0-9a-z]+)"`).FindStringSubmatch(sure)
	if link == nil {
		t.Fatal("no link to the report")
	}
	_, _, report := get(t, s, link[1])
	if !regexp.MustCompile(`id="requests.new_received.total" class="n bad"[^>]*>1299 <b>✕</b>`).MatchString(report) {
		t.Error("the report does not mark the cell")
	}
	if n := strings.Count(report, `<td id="`); n != 200 {
		t.Errorf("the report shows %d cells, want 200", n)
	}
	_, _, data := get(t, s, link[1]+".json")
	var rows []map[string]any
	if err := json.Unmarshal([]byte(data), &rows); err != nil || len(rows) != 200 {
		t.Errorf("%d rows as JSON: %v", len(rows), err)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	s := site(t, web.Options{Warehouse: published(t)})
	for _, path := range []string{"/a/none", "/r/zzzzzzzzzzzzzzzzzz", "/r/-1", "/r/7", "/nowhere", "/en/nowhere", "/a/%00", "/a/..%2f..%2fetc"} {
		status, _, body := get(t, s, path)
		if status != http.StatusNotFound || !strings.Contains(body, "E_NOT_FOUND") {
			t.Errorf("%s: %d", path, status)
		}
	}
	status, h, _ := get(t, s, "/a/none.json")
	if status != http.StatusNotFound || h.Get("Content-Type") != "application/problem+json" {
		t.Errorf("JSON of no agency: %d %s", status, h.Get("Content-Type"))
	}
	for _, c := range []struct {
		method, host string
		want         int
	}{{"GET", "evil.example:8765", http.StatusMisdirectedRequest}, {"POST", "localhost", http.StatusMethodNotAllowed}, {"GET", "[::1]:8765", 200}} {
		r := httptest.NewRequest(c.method, "/", nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s of %s: %d, want %d", c.method, c.host, w.Code, c.want)
		}
	}
}

func TestMonitors(t *testing.T) {
	t.Parallel()
	s := site(t, web.Options{Warehouse: published(t)})
	for _, path := range []string{"/healthz", "/readyz"} {
		if status, _, _ := get(t, s, path); status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
	}
	s.Close()
	if status, _, _ := get(t, s, "/healthz"); status != http.StatusOK {
		t.Errorf("/healthz without data: %d", status)
	}
	for _, path := range []string{"/readyz", "/"} {
		if status, _, _ := get(t, s, path); status != http.StatusServiceUnavailable {
			t.Errorf("%s without data: %d", path, status)
		}
	}
}
