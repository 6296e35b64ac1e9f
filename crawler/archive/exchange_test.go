package archive_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nlnwa/gowarc/v3"

	"gongkai/crawler/archive"
)

func zip(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exchange makes a document fetched at the given hour.
func exchange(t *testing.T, url string, status, hour int, body string) *archive.Exchange {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User-Agent", "gongkai")
	return &archive.Exchange{
		Started: time.Date(2024, 2, 1, hour, 0, 0, 0, time.UTC), Request: req, Address: "192.0.2.7",
		Response: &http.Response{StatusCode: status, Header: http.Header{
			"Content-Type": {"text/html"}, "Etag": {`"v1"`}, "Last-Modified": {"Mon, 01 Jan 2024 00:00:00 GMT"},
		}},
		Payload: []byte(body), Document: []byte(body), Kind: archive.KindDocument, Year: 2023, AgencyID: "a",
	}
}

func record(t *testing.T, a *archive.Archive, xs ...*archive.Exchange) {
	t.Helper()
	for _, x := range xs {
		if err := a.Record(t.Context(), x); err != nil {
			t.Fatal(err)
		}
	}
}

func types(a *archive.Archive) string {
	var s string
	for e, err := range a.List() {
		if err != nil {
			return err.Error()
		}
		s += e.Type + " "
	}
	return s
}

func TestRecordStoresBytesOnce(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	const url = "https://www.example.gov.cn/zfxxgk/t1.html"
	first := exchange(t, url, 200, 1, "报告")
	same := exchange(t, url, 200, 2, "报告")
	same.Year = 2022 // the registry was put right
	elsewhere := exchange(t, url+"?copy", 200, 3, "报告")
	notModified := exchange(t, url, 304, 4, "")
	notModified.Response.Header, notModified.Year = http.Header{}, 2022
	changed := exchange(t, url, 200, 5, "更正后的报告")
	record(t, a, first, same, elsewhere, notModified, changed)
	if got, want := types(a), "response revisit revisit revisit response "; got != want {
		t.Errorf("types are %q, want %q", got, want)
	}
	docs := documents(t, a)
	if len(docs) != 2 || string(docs[0].Body) != "报告" || string(docs[1].Body) != "更正后的报告" {
		t.Fatalf("documents: %v", docs)
	}
	if docs[0].Year != 2022 || !docs[0].Fetched.Equal(first.Started) || docs[0].Name != url || docs[0].AgencyID != "a" {
		t.Errorf("first document is %+v", docs[0])
	}
	checkSound(t, a, 5)
	want := map[string]int{"warcinfo": 1, "request": 5, "response": 2, "revisit": 3, "metadata": 5}
	if diff := cmp.Diff(want, readStrictly(t, dir)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
}

// TestDocumentsThatReturn: bytes that an address gave, gave up and gives again
// are dated by their return. Another address that gives them says nothing, and
// neither does one that is asked again.
func TestDocumentsThatReturn(t *testing.T) {
	a := open(t, t.TempDir())
	const one, two = "https://www.example.gov.cn/t1.html", "https://www.example.gov.cn/t2.html"
	var all []*archive.Exchange
	for i, x := range [][2]string{{one, "A"}, {one, "B"}, {two, "A"}, {two, "A"}, {one, "A"}, {one, "A"}, {two, "C"}} {
		all = append(all, exchange(t, x[0], 200, i+1, x[1]))
	}
	all[5].AgencyID = "b" // the registry was put right
	record(t, a, all...)
	var got []time.Time
	for _, d := range documents(t, a) {
		got = append(got, d.Returned)
	}
	if diff := cmp.Diff([]time.Time{all[4].Started, {}, {}}, got); diff != "" {
		t.Errorf("A, B and C returned (-want +got):\n%s", diff)
	}
	for i, d := range documents(t, a) {
		if want := []string{"b", "b", "a"}[i]; d.AgencyID != want {
			t.Errorf("document %d is of agency %s, want %s", i, d.AgencyID, want)
		}
	}
}

func TestRecordKeepsWhatIsNoDocument(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	const url = "https://www.example.gov.cn/"
	missing := exchange(t, url+"gone", 404, 1, "not here")
	missing.Failure = "E_STATUS"
	soft := exchange(t, url+"soft", 200, 2, "页面不存在")
	soft.Quarantine = "E_SOFT404"
	list := exchange(t, url+"list", 200, 3, "list")
	list.Kind = archive.KindList
	cut := exchange(t, url+"cut", 200, 4, "%PDF half")
	cut.Truncated, cut.Failure = "disconnect", "E_INCOMPLETE"
	dead := exchange(t, url+"dead", 200, 5, "")
	dead.Response, dead.Failure, dead.Detail = nil, "E_TIMEOUT", "no answer in 30s"
	empty := exchange(t, url+"empty", 200, 6, "")
	empty.Failure = "E_EMPTY"
	record(t, a, missing, soft, list, cut, dead, empty)
	if docs := documents(t, a); len(docs) != 0 {
		t.Errorf("documents: %v", docs)
	}
	if got, want := types(a), "response response response failure failure response "; got != want {
		t.Errorf("types are %q, want %q", got, want)
	}
	checkSound(t, a, 6)
	if n := readStrictly(t, dir)["response"]; n != 5 {
		t.Errorf("%d response records, want 5", n)
	}
	_, err := a.Replay(time.Time{}).RoundTrip(dead.Request)
	if f, ok := errors.AsType[*archive.CapturedFailure](err); !ok || f.Code() != "E_TIMEOUT" {
		t.Errorf("replay of a failure: %v", err)
	}
}

func TestContentEncodingIsKeptAndUndone(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	x := exchange(t, "https://www.example.gov.cn/a.html", 200, 1, "年度报告")
	x.Payload, x.Encoding = zip(t, "年度报告"), "gzip"
	x.Response.Header.Set("Content-Encoding", "gzip")
	record(t, a, x)
	if docs := documents(t, a); len(docs) != 1 || string(docs[0].Body) != "年度报告" {
		t.Fatalf("documents: %v", docs)
	}
	resp, err := a.Replay(time.Time{}).RoundTrip(x.Request)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.Equal(body, x.Payload) || resp.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("replayed %q, %v, header %v", body, err, resp.Header)
	}
	checkSound(t, a, 1)
	readStrictly(t, dir)
}

func TestReplay(t *testing.T) {
	a := open(t, t.TempDir())
	const url = "https://www.example.gov.cn/t1.html"
	first := exchange(t, url, 200, 1, "one")
	unchanged := exchange(t, url, 304, 2, "")
	unchanged.Response.Header = http.Header{}
	two := exchange(t, url, 200, 3, "two")
	gone := exchange(t, url, 404, 4, "gone")
	gone.Failure = "E_STATUS"
	post := exchange(t, url, 200, 5, "page 2")
	post.Request.Method, post.Form = http.MethodPost, []byte("page=2")
	record(t, a, first, unchanged, two, gone, post)
	for _, tc := range []struct {
		name   string
		rt     http.RoundTripper
		status int
		body   string
	}{
		{"first night", a.Replay(first.Started), 200, "one"},
		{"night of the 304", a.Replay(unchanged.Started), 200, "one"},
		{"third night", a.Replay(two.Started), 200, "two"},
		{"latest", a.Replay(time.Time{}), 404, "gone"},
		{"good", a.Good(), 200, "two"},
	} {
		resp, err := tc.rt.RoundTrip(first.Request)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || string(body) != tc.body || resp.StatusCode != tc.status {
			t.Errorf("%s: %d %q %v", tc.name, resp.StatusCode, body, err)
		}
		if resp.Header.Get("ETag") != `"v1"` {
			t.Errorf("%s: header %v", tc.name, resp.Header)
		}
	}
	for form, want := range map[string]error{"page=2": nil, "page=3": archive.ErrNotFound} {
		req, err := http.NewRequest(http.MethodPost, url, bytes.NewBufferString(form))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Replay(time.Time{}).RoundTrip(req); !errors.Is(err, want) {
			t.Errorf("POST %s: %v, want %v", form, err, want)
		}
	}
	early := first.Started.Add(-time.Hour)
	if _, err := a.Replay(early).RoundTrip(first.Request); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("replay of a time before the first capture: %v", err)
	}
}

// checkSound demands that the archive verifies with n captures.
func checkSound(t *testing.T, a *archive.Archive, n int) {
	t.Helper()
	totals, found, err := a.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		t.Errorf("verify: %v", d)
	}
	if totals.Captures != n {
		t.Errorf("verified %d captures, want %d", totals.Captures, n)
	}
}

// readStrictly has an independent reader validate every record, and returns
// how many there are of each type.
func readStrictly(t *testing.T, dir string) map[string]int {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, name := range names {
		r, err := gowarc.NewWarcFileReader(name, 0, gowarc.WithStrictValidation())
		if err != nil {
			t.Fatal(err)
		}
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", filepath.Base(name), err)
			}
			if odd, err := rec.WarcRecord.ValidateDigest(); err != nil || len(odd)+len(rec.Validation) > 0 {
				t.Errorf("%s at %d: %v %v %v", filepath.Base(name), rec.Offset, err, odd, rec.Validation)
			}
			count[rec.WarcRecord.Type().String()]++
			if err := rec.Close(); err != nil {
				t.Errorf("%s at %d: %v", filepath.Base(name), rec.Offset, err)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return count
}
