package oddities

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// month is when a captured document is looked at again, in days.
const month = 30 * 24 * time.Hour

// nights are sites that change, or say that they do.
func nights() []Case {
	return append(validators(), append(editions(), redesigns()...)...)
}

// validators are answers about what has changed since. Report 1 is looked at
// again the night after.
func validators() []Case {
	answer := func(name string, h http.HandlerFunc, second string, more ...Night) Case {
		return Case{
			Number: 23, Name: name, Platform: "generic", Column: "/nb/", Pages: Pages{"/nb/": list("", 1), show(1): h}, Want: captured(1),
			Nights: append([]Night{{All: true, Want: []string{second + " " + show(1)}}}, more...),
		}
	}
	tag := func(h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.Header().Set("ETag", `"1"`); h(w, r) }
	}
	var asked, dated, loads atomic.Int64
	return []Case{
		answer("ETag honoured", tag(func(w http.ResponseWriter, r *http.Request) {
			switch again := asked.Add(1) > 1; {
			case again && r.Header.Get("If-None-Match") != `"1"`:
				http.Error(w, "asked for everything again", http.StatusInternalServerError)
			case again:
				w.WriteHeader(http.StatusNotModified)
			default:
				report(1)(w, r)
			}
		}), "unchanged"),
		answer("ETag ignored", tag(report(1)), "unchanged"),
		answer("304 whatever was asked", tag(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("If-None-Match") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			report(1+min(1, int(dated.Add(1)-1)))(w, r) // a new edition, if somebody asks for it
		}), "unchanged", Night{After: month + 24*time.Hour, Want: []string{"revised " + show(1)}}),
		answer("Last-Modified is always now", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
			report(1)(w, r)
		}, "unchanged"),
		answer("a counter of visits", func(w http.ResponseWriter, r *http.Request) {
			send(page(1, fmt.Sprintf("<p>一、总体情况</p><p>浏览次数：%d</p>", loads.Add(1))))(w, r)
		}, "revised"),
	}
}

// editions are reports that are corrected or taken back.
func editions() []Case {
	const agency = "[[agency]]\nid = \"990100-czj\"\nname = \"示例市财政局\"\nlevel = \"prefecture\"\ntype = \"department\""
	edition := func(name string, second Night) Case {
		return Case{Number: 23, Name: name, Platform: "generic", Column: "/nb/", Site: agency, Pages: Pages{"/nb/": list("", 1)}.with(1), Want: captured(1), Nights: []Night{second}}
	}
	corrected := strings.Replace(strings.ReplaceAll(row(1), title(1), title(1)+"（更正）"), show(1), show(9), 1)
	return []Case{
		edition("更正 at the same address", Night{After: month, Pages: Pages{show(1): send(page(1, "<p>一、总体情况（更正）</p>"))}, Want: []string{"revised " + show(1)}}),
		edition("更正 at a second address", Night{
			Pages: Pages{"/nb/": send("<ul>" + corrected + row(1) + "</ul>"), show(9): send(page(1, "<p>一、总体情况（更正）</p>"))},
			Want:  []string{"known " + show(1), "new " + show(9)},
			// the older one is met again after it
			Notes: []string{"version " + show(9)},
		}),
		edition("withdrawn: 404, and still in the list", Night{After: month, Pages: Pages{show(1): status(404, "")}, Want: []string{"problem:gone " + show(1)}}),
		edition("withdrawn: no longer in the list", Night{Pages: Pages{"/nb/": list("", 2)}.with(2), Want: []string{"new " + show(2)}, Notes: []string{"unlisted " + show(1), "unmatched " + show(2)}}),
	}
}

// redesigns are lists that look different from one night to the next.
func redesigns() []Case {
	redesign := func(name string, second Night) Case {
		return Case{Number: 24, Name: name, Platform: "generic", Column: "/nb/", Pages: Pages{"/nb/": list("", upTo(40)...)}.with(40), Want: captured(40), Nights: []Night{second}}
	}
	var gone []string
	for _, n := range upTo(40)[25:] {
		gone = append(gone, "unlisted "+show(n))
	}
	var moved strings.Builder
	for _, n := range upTo(40) {
		fmt.Fprintf(&moved, `<div class="card" data-href="%s"><b>%s</b></div>`, show(n), title(n))
	}
	return []Case{
		redesign("redesign: 40 links become none", Night{Pages: Pages{"/nb/": send(moved.String())}, Want: []string{"problem:unrecognised /nb/"}, Notes: []string{"alert:column nb"}}),
		redesign("redesign: 40 links become 25", Night{Pages: Pages{"/nb/": list("", upTo(25)...)}, Want: outcomes("known", 25), Notes: append([]string{"alert:drop nb"}, gone...)}),
		redesign("redesign: other classes, the same links", Night{
			Pages: Pages{"/nb/": send(`<table class="new"><tr><td>` + strings.NewReplacer("<li>", "<p>", "</li>", "</p>").Replace(rows(upTo(40)...)) + `</td></tr></table>`)},
			Want:  outcomes("known", 40),
		}),
		redesign("redesign: the column has moved", Night{Pages: Pages{"/nb/": status(404, "")}, Want: []string{"problem:gone /nb/"}, Notes: []string{"alert:column nb"}}),
	}
}
