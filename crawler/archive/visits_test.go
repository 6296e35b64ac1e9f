package archive_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/crawler/archive"
)

// TestVisits wants a visit for every list and document that was had, be its
// bytes new or not, and none for what only looks like one.
func TestVisits(t *testing.T) {
	a := open(t, t.TempDir())
	capture := func(url string, status, hour int, kind, quarantine string) {
		x := exchange(t, url, status, hour, "<html>"+url+"</html>")
		x.Kind, x.Quarantine = kind, quarantine
		record(t, a, x)
	}
	capture("http://www.a.example/list.html", 200, 1, archive.KindList, "")
	capture("http://www.a.example/list.html", 200, 5, archive.KindList, "") // the same bytes
	capture("http://www.a.example/robots.txt", 200, 6, archive.KindRobots, "")
	capture("http://www.a.example/gone.html", 404, 7, archive.KindDocument, "")
	capture("http://b.example:8080/1.html", 200, 8, archive.KindDocument, "")
	capture("http://walled.example/list.html", 200, 9, archive.KindList, "E_BLOCKED")
	got, err := a.Visits()
	if err != nil {
		t.Fatal(err)
	}
	at := func(hour int) time.Time { return time.Date(2024, 2, 1, hour, 0, 0, 0, time.UTC) }
	want := map[string]time.Time{"www.a.example": at(5), "b.example:8080": at(8)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
