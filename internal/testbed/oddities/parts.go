package oddities

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// send answers with a page.
func send(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, body) // a client that went away is its own affair
	}
}

// status answers with a status, a body and header fields in pairs.
func status(code int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

// raw answers with exactly these bytes and closes the connection.
func raw(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = io.WriteString(c, s)
		_ = c.Close()
	}
}

// to redirects.
func to(code int, address string) http.HandlerFunc { return status(code, "", "Location", address) }

// drip sends a byte a second and promises many.
func drip(w http.ResponseWriter, r *http.Request) {
	const promised = 100_000
	w.Header().Set("Content-Length", fmt.Sprint(promised))
	for range promised {
		if _, err := io.WriteString(w, "x"); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-time.After(time.Second):
		case <-r.Context().Done():
			return
		}
	}
}

// title is that of the n-th report of a case.
func title(n int) string {
	name := fmt.Sprintf("第%d街道办事处", n)
	if names := []string{"财政局", "教育局", "民政局", "司法局", "水利局"}; n <= len(names) {
		name = names[n-1]
	}
	return "示例市" + name + "2023年政府信息公开工作年度报告"
}

// page is a page of the n-th report with a body.
func page(n int, body string) string {
	return "<html><head><title>" + title(n) + "</title></head><body><h1>" + title(n) + "</h1>" + body + "</body></html>"
}

// report is the n-th report as a page.
func report(n int) http.HandlerFunc { return send(page(n, "<p>一、总体情况</p>")) }

// show is the address of the n-th report.
func show(n int) string { return fmt.Sprintf("/show/%d.html", n) }

// row is a line of a list.
func row(n int) string {
	return fmt.Sprintf(`<li><a href="%s" title="%s">%s</a><span>2024-01-%02d</span></li>`, show(n), title(n), title(n), (n-1)%28+1)
}

// rows are lines of a list.
func rows(ns ...int) string {
	var b strings.Builder
	for _, n := range ns {
		b.WriteString(row(n))
	}
	return b.String()
}

// list is a page with lines and what stands below them.
func list(below string, ns ...int) http.HandlerFunc {
	return send("<html><body><ul>" + rows(ns...) + "</ul>" + below + "</body></html>")
}

// upTo counts from 1 to n.
func upTo(n int) []int {
	var all []int
	for i := range n {
		all = append(all, i+1)
	}
	return all
}

// with adds the reports from the first to the n-th.
func (p Pages) with(n int) Pages {
	for _, i := range upTo(n) {
		if p[show(i)] == nil {
			p[show(i)] = report(i)
		}
	}
	return p
}

// captured are the outcomes of the first n reports when all is well, and more.
func captured(n int, more ...string) []string { return outcomes("new", n, more...) }

// outcomes are the outcomes of the first n reports if all have one result, and
// more.
func outcomes(result string, n int, more ...string) []string {
	for _, i := range upTo(n) {
		more = append(more, result+" "+show(i))
	}
	slices.Sort(more)
	return more
}

// plain is a case of one night without more to say.
func plain(number int, name, platform, column string, pages Pages, want []string, notes ...string) Case {
	return Case{Number: number, Name: name, Platform: platform, Column: column, Pages: pages, Want: want, Notes: notes}
}
