package replica

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNewIsPure(t *testing.T) {
	a, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(a.Findings, b.Findings); d != "" {
		t.Errorf("two worlds of one seed differ:\n%s", d)
	}
	for host, h := range a.webs {
		for uri, p := range h.pages {
			if string(p.body) != string(b.webs[host].pages[uri].body) {
				t.Errorf("%s%s differs between two worlds of one seed", host, uri)
			}
		}
	}
	if a.Reports < 60 || len(a.Planted) < 10 {
		t.Errorf("%d reports with %d errors: not much of a world", a.Reports, len(a.Planted))
	}
	t.Logf("%d reports, %d planted, %d findings, %d quirks", a.Reports, len(a.Planted), len(a.Findings), len(a.Quirks))
}
