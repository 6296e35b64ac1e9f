package main

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/crawler/transport"
	"gongkai/internal/demo"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"

	"github.com/google/go-cmp/cmp"
)

// TestDemo runs the demo as people do.
func TestDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole pipeline takes some seconds")
	}
	var out bytes.Buffer
	code := run(t.Context(), []string{"demo", "--data", filepath.Join(t.TempDir(), "demo")}, nil, &out, io.Discard)
	if code != exitOK || !strings.Contains(out.String(), "missed 0, other 0") {
		t.Errorf("exit code %d:\n%s", code, &out)
	}
}

// TestDemoDiscover: the sites are found from their home pages, and crawled.
func TestDemoDiscover(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole pipeline takes some seconds")
	}
	var out, messages bytes.Buffer
	code := run(t.Context(), []string{"demo", "--discover"}, nil, &out, &messages)
	if code != exitOK || !strings.Contains(out.String(), "discovered 14 of 15 sites") || !strings.Contains(out.String(), "nothing on 10 of 10") {
		t.Errorf("exit code %d:\n%s\n%s", code, &out, &messages)
	}
}

// nights is a replica and a data folder that go through nights.
type nights struct {
	t      *testing.T
	server *replica.Server
	app    *app
	world  *replica.World
	day    int
}

func newNights(t *testing.T, o replica.Options) *nights {
	t.Helper()
	w := worldOf(t, o)
	s, err := replica.Serve(w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	a := newApp(nil, io.Discard, io.Discard)
	a.say = slog.New(slog.DiscardHandler)
	a.data = filepath.Join(t.TempDir(), "data")
	if err := demo.KeepRecords(a.folder(), w); err != nil {
		t.Fatal(err)
	}
	return &nights{t: t, server: s, app: a, world: w}
}

func worldOf(t *testing.T, o replica.Options) *replica.World {
	t.Helper()
	w, err := replica.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// pass lets one night pass on which everything is visited, and tests what
// holds on every night.
func (n *nights) pass() *pipeline.Night {
	n.t.Helper()
	g, err := demo.Replicated(n.world, n.server.Address())
	if err != nil {
		n.t.Fatal(err)
	}
	day := demo.Day.AddDate(0, 0, n.day)
	n.day++
	g.Now = func() time.Time { return day }
	got, err := n.app.pipeline().Nightly(n.t.Context(), g, pipeline.Reading{Jobs: 2, Batch: 16})
	if err != nil {
		n.t.Fatal(err)
	}
	if total := got.Summary.Total(); !total.Conserved() || total.Expected != len(got.Outcomes) {
		n.t.Errorf("expected %d, outcomes %d, %v %v %v", total.Expected, len(got.Outcomes), total.Captured, total.Problems, total.Skips)
	}
	n.polite(g.Sites)
	return got
}

// polite reads the server's log. A request starts no sooner than the delay
// after the one before it started, and that one had started when the one
// before that arrived: so much holds whatever the machine is busy with.
func (n *nights) polite(sites []*crawler.Site) {
	n.t.Helper()
	byHost := map[string][]replica.Hit{}
	for _, h := range n.server.Log() {
		byHost[h.Host] = append(byHost[h.Host], h)
	}
	for _, s := range sites {
		hits := byHost[s.Hosts[0]]
		delete(byHost, s.Hosts[0])
		for i := 2; i < len(hits); i++ {
			if gap := hits[i].At.Sub(hits[i-2].At); gap < time.Duration(s.Delay) {
				n.t.Errorf("%s: three requests within %v, delay %v", s.ID, gap, time.Duration(s.Delay))
			}
		}
	}
	for host := range byHost {
		n.t.Errorf("%s is on no site's list and was asked", host)
	}
}

func (n *nights) show(o replica.Options) {
	n.t.Helper()
	n.world = worldOf(n.t, o)
	n.server.Show(n.world)
}

// exact tests that what was found is what was planted.
func (n *nights) exact(got *pipeline.Night) {
	n.t.Helper()
	if c := demo.Compare(n.world.Findings, got.Findings); len(c.Missed)+len(c.Other) > 0 || c.Found == 0 {
		n.t.Errorf("found %d%s", c.Found, demo.Listed(append(c.Missed, c.Other...)))
	}
}

// TestNights goes through an unchanged night, one with corrections, one with a
// redesign, one with half the hosts down, and one on which all is well again.
func TestNights(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole pipeline takes some seconds")
	}
	n := newNights(t, replica.Options{})
	first := n.pass()
	n.exact(first)
	if wrong := demo.QuirksAmiss(n.world, first.Outcomes); len(wrong) > 0 {
		t.Errorf("quirks:%s", demo.Listed(wrong))
	}
	digest := digestOf(t, n.app.data)
	n.replayed(digest)

	n.show(replica.Options{})
	second := n.pass()
	for _, h := range n.server.Log() {
		if h.Conditional && h.Status != http.StatusNotModified {
			t.Errorf("%s%s: asked again and sent again, status %d", h.Host, h.URI, h.Status)
		}
	}
	if c := second.Summary.Total().Captured; c[crawler.New]+c[crawler.Revised] > 0 || c[crawler.Unchanged] == 0 {
		t.Errorf("an unchanged night: %v", c)
	}
	if got := digestOf(t, n.app.data); got != digest {
		t.Errorf("an unchanged night changed the digest")
	}

	n.show(replica.Options{Night: replica.Corrected})
	third := n.pass()
	if c := third.Summary.Total().Captured; c[crawler.New] != 1 || c[crawler.Revised] != 1 {
		t.Errorf("a night of one revision and one second edition: %v", c)
	}
	n.exact(third)
	digest = digestOf(t, n.app.data)

	n.show(replica.Options{Night: replica.Redesigned})
	fourth := n.pass()
	if d := cmp.Diff(slices.Sorted(slices.Values(append(n.world.Held, "shili-yangxian"))), fourth.Summary.Failed()); d != "" {
		t.Errorf("sites with alerts on the night of a redesign (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"shili-yangxian"}, fourth.Held); d != "" {
		t.Errorf("sites in doubt on the night of a redesign (-want +got):\n%s", d)
	}
	if got := digestOf(t, n.app.data); got != digest {
		t.Errorf("a redesign changed what is published")
	}

	n.show(replica.Options{Night: replica.Corrected})
	var down []string
	for i, h := range n.world.Hosts() {
		if i%2 == 0 {
			down = append(down, h)
		}
	}
	n.server.Down(down...)
	fifth := n.pass()
	for _, s := range fifth.Summary.Sites {
		host := hostOf(t, n.world, s.Site)
		if slices.Contains(down, host) != (s.Captured[crawler.Unchanged] == 0) && !slices.Contains(n.world.Held, s.Site) {
			t.Errorf("%s: down %v, captured %v", s.Site, slices.Contains(down, host), s.Captured)
		}
		if failed := fifth.Summary.Failed(); slices.Contains(down, host) != slices.Contains(failed, s.Site) && !slices.Contains(n.world.Held, s.Site) {
			t.Errorf("%s: down %v, failed %v", s.Site, slices.Contains(down, host), failed)
		}
	}
	tried := map[string]int{}
	for _, h := range n.server.Log() {
		if slices.Contains(down, h.Host) {
			tried[h.Host]++
		}
	}
	for h, k := range tried {
		if k > 3 {
			t.Errorf("%s is down and was asked %d times", h, k)
		}
	}
	if got := digestOf(t, n.app.data); got != digest {
		t.Errorf("hosts that are down changed what is published")
	}

	n.server.Down()
	sixth := n.pass()
	n.exact(sixth)
	if d := cmp.Diff(n.world.Held, sixth.Summary.Failed()); d != "" || len(sixth.Held) > 0 {
		t.Errorf("when all is well again %v are in doubt; alerts (-want +got):\n%s", sixth.Held, d)
	}
	if got := digestOf(t, n.app.data); got != digest {
		t.Errorf("after the trouble the digest is another")
	}
}

// hostOf returns the host of a site.
func hostOf(t *testing.T, w *replica.World, id string) string {
	t.Helper()
	sites, err := demo.Declared(w)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sites {
		if s.ID == id {
			return s.Hosts[0]
		}
	}
	t.Fatalf("no site %s", id)
	return ""
}

// replayed passes the last night once more from the archive alone, with the
// network off, into another folder.
func (n *nights) replayed(digest string) {
	n.t.Helper()
	ar, err := archive.Open(n.app.archiveDir(), archive.ReadOnly())
	if err != nil {
		n.t.Fatal(err)
	}
	defer ar.Close()
	if _, damage, err := ar.Verify(n.t.Context()); err != nil || len(damage) > 0 {
		n.t.Errorf("archive: %v %v", damage, err)
	}
	g, err := demo.Replicated(n.world, "")
	if err != nil {
		n.t.Fatal(err)
	}
	g.Network = transport.Config{Replay: ar.Replay(time.Time{})}
	b := *n.app
	b.data = filepath.Join(n.t.TempDir(), "replayed")
	if err := demo.KeepRecords(b.folder(), n.world); err != nil {
		n.t.Fatal(err)
	}
	before := len(n.server.Log())
	if _, err := b.pipeline().Nightly(n.t.Context(), g, pipeline.Reading{Jobs: 2, Batch: 16}); err != nil {
		n.t.Fatal(err)
	}
	if got := digestOf(n.t, b.data); got != digest {
		n.t.Errorf("replayed from the archive the digest is another")
	}
	if len(n.server.Log()) > before {
		n.t.Error("the replay asked the server")
	}
}
