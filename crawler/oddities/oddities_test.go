package oddities_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/oddities"
	"gongkai/crawler/platform"
	"gongkai/crawler/transport"
)

// TestCases crawls every case end to end, on a clock of its own, and compares
// all outcomes.
func TestCases(t *testing.T) {
	for _, c := range oddities.Cases() {
		t.Run(fmt.Sprintf("%02d %s", c.Number, c.Name), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if diff := cmp.Diff(c.Want, crawl(t, c)); diff != "" {
					t.Errorf("outcomes (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func crawl(t *testing.T, c oddities.Case) []string {
	t.Helper()
	site, err := crawler.Parse("oddities.toml", fmt.Appendf(nil,
		"name = \"示例市\"\nplatform = %q\nhosts = [%q]\nevidence = [\"a test\"]\n[[column]]\nid = \"nb\"\nurl = \"http://%s%s\"\n", c.Platform, oddities.Host, oddities.Host, c.Column))
	if err != nil {
		t.Fatal(err)
	}
	conns := make(chan net.Conn)
	server := &http.Server{Handler: c.Pages, ErrorLog: log.New(io.Discard, "", 0)}
	l := listener{conns, make(chan struct{})}
	go func() { _ = server.Serve(l) }()
	a, err := archive.Open(t.TempDir(), archive.Clock(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	j, err := crawler.OpenJournal(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	chain := transport.New(transport.Config{
		Limits:   transport.Limits{Document: 1 << 20},
		Recorder: transport.RecorderFunc(func(ctx context.Context, x *transport.Exchange) error { return a.Record(ctx, (*archive.Exchange)(x)) }),
		Archived: a.Good(),
		Resolve:  func(string) ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil },
		Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			client, end := net.Pipe()
			select {
			case conns <- end:
				return client, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		},
	})
	defer func() {
		chain.CloseIdleConnections()
		_ = server.Close()
		_ = j.Close()
		_ = a.Close()
	}()
	sites := []*crawler.Site{site}
	var got []string
	sum, err := crawler.Crawl(t.Context(), crawler.Options{
		Sites: sites, Platforms: platform.Table(), Get: fetch.ForSites(sites, chain), Sink: a, Anatomist: platform.Articles{}, Journal: j, All: true,
		Done: func(o crawler.Outcome) {
			result := string(o.Result)
			switch o.Result {
			case crawler.Problem:
				result += ":" + string(o.Failure)
			case crawler.Skipped:
				result = "skip:" + string(o.Skip)
			}
			got = append(got, result+" "+strings.TrimPrefix(o.URL, "http://"+oddities.Host))
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if total := sum.Total(); !total.Conserved() || total.Expected != len(got) {
		t.Errorf("expected %d, outcomes %d", total.Expected, len(got))
	}
	slices.Sort(got)
	return got
}

// A listener hands out the ends of pipes.
type listener struct {
	conns chan net.Conn
	done  chan struct{}
}

func (l listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l listener) Close() error   { close(l.done); return nil }
func (l listener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 80} }
