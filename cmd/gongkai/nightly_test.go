package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gongkai/crawler/archive"
	"gongkai/internal/demo"
	"gongkai/internal/notify"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"

	"github.com/google/go-cmp/cmp"
)

// TestNightly tells of two nights: everything is new on the first, nothing on
// the second.
func TestNightly(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole pipeline takes some seconds")
	}
	n := newNights(t, smallWorld)
	var got []*notify.Bulletin
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		stamp, _, _ := strings.Cut(strings.TrimPrefix(r.Header.Get(notify.SignatureHeader), "t="), ",")
		unix, _ := strconv.ParseInt(stamp, 10, 64)
		if want := notify.Signature("secret", body, time.Unix(unix, 0)); r.Header.Get(notify.SignatureHeader) != want {
			t.Errorf("signature %q, want %q", r.Header.Get(notify.SignatureHeader), want)
		}
		b := &notify.Bulletin{}
		if err := json.Unmarshal(body, b); err != nil || r.Header.Get("Idempotency-Key") != b.Run {
			t.Errorf("%v, key %q, run %q", err, r.Header.Get("Idempotency-Key"), b.Run)
		}
		got = append(got, b)
	}))
	defer hook.Close()
	t.Setenv("GONGKAI_WEBHOOK_SECRET", "secret")
	dir := t.TempDir()
	o := nightlyOptions{
		read: pipeline.Reading{Jobs: 2, Batch: 16},
		to:   pipeline.Delivery{Webhook: hook.URL, Feed: filepath.Join(dir, "reports.atom"), Metrics: filepath.Join(dir, "gongkai.prom")},
	}
	for day := range 2 {
		g, err := demo.Replicated(n.world, n.server.Address())
		if err != nil {
			t.Fatal(err)
		}
		g.Now = func() time.Time { return demo.Day.AddDate(0, 0, day) }
		if err := n.app.nightly(t.Context(), g, o); codeOf(err) != exitPartial {
			t.Fatalf("night %d of sites with problems: %v", day, err)
		}
	}
	if len(got) != 2 {
		t.Fatalf("the webhook was called %d times", len(got))
	}
	if len(got[0].New) != n.world.Reports || len(got[0].Missing) != len(n.world.Missing) {
		t.Errorf("first night: %d new, %d missing; published %d, missing %d", len(got[0].New), len(got[0].Missing), n.world.Reports, len(n.world.Missing))
	}
	if len(got[1].New)+len(got[1].Revised)+len(got[1].Missing)+len(got[1].Late) > 0 {
		t.Errorf("second night: %+v", got[1])
	}
	runs, _, err := n.app.folder().Runs()
	if err != nil {
		t.Fatal(err)
	}
	for i := range runs {
		runs[i] = runs[i].Changes()
	}
	if d := cmp.Diff(got, runs); d != "" {
		t.Errorf("run log (-sent +logged):\n%s", d)
	}
	var feed struct {
		Entries []struct {
			ID string `xml:"id"`
		} `xml:"entry"`
	}
	text, err := os.ReadFile(o.to.Feed)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(text, &feed); err != nil || len(feed.Entries) != n.world.Reports {
		t.Errorf("feed: %d entries, %v", len(feed.Entries), err)
	}
	metrics, err := os.ReadFile(o.to.Metrics)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"gongkai_run_failed 0\n", "gongkai_reports_missing " + strconv.Itoa(len(n.world.Missing)) + "\n",
		`gongkai_captured{result="unchanged"} ` + strconv.Itoa(n.world.Reports) + "\n",
	} {
		if !bytes.Contains(metrics, []byte(want)) {
			t.Errorf("metrics lack %q:\n%s", want, metrics)
		}
	}
}

// TestNightlyLocked runs nightly beside another run.
func TestNightlyLocked(t *testing.T) {
	dir := t.TempDir()
	sites := filepath.Join(dir, "sites")
	if err := os.Mkdir(sites, 0o755); err != nil {
		t.Fatal(err)
	}
	d := worldOf(t, replica.Options{Only: []string{"wuzhong-kjj"}}).Declarations[0]
	if err := os.WriteFile(filepath.Join(sites, d.Name), []byte(d.TOML), 0o644); err != nil {
		t.Fatal(err)
	}
	a := newApp(nil, nil, nil)
	a.data = filepath.Join(dir, "data")
	ar, err := archive.Open(a.archiveDir())
	if err != nil {
		t.Fatal(err)
	}
	defer ar.Close()
	for _, command := range []string{"nightly", "crawl"} {
		var messages bytes.Buffer
		code := run(t.Context(), []string{command, "--data", a.data, "--sites", sites}, nil, io.Discard, &messages)
		if code != exitLocked || !strings.Contains(messages.String(), "process "+strconv.Itoa(os.Getpid())) {
			t.Errorf("%s: exit code %d: %s", command, code, &messages)
		}
	}
}

// TestSchedule runs its work at once and goes on after it failed.
func TestSchedule(t *testing.T) {
	a := newApp(nil, io.Discard, io.Discard)
	ran := make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		<-ran
		stop()
	}()
	err := a.schedule(ctx, "0 0 1 1 *", true, func(context.Context) error { close(ran); return errors.New("failed") })
	if err != nil {
		t.Errorf("schedule: %v", err)
	}
	if err := a.schedule(ctx, "every now and then", false, nil); codeOf(err) != exitUsage {
		t.Errorf("a wrong timetable: %v", err)
	}
}
