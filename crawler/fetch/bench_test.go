package fetch_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/crawler/archive"
	"gongkai/crawler/fetch"
	"gongkai/crawler/transport"
)

var (
	benchPages   = flag.Int("pages", 5000, "pages that BenchmarkCrawl gets, over 200 hosts")
	benchWorkers = flag.Int("workers", 16, "hosts that BenchmarkCrawl visits at a time")
)

const benchHosts = 200

// BenchmarkCrawl gets and parses pages of 4 KB from 200 loopback hosts: with
// net/http and goquery alone, through the chain, and through the chain into an
// archive. Client and servers share the process.
//
//	go test ./crawler/fetch -run - -bench Crawl -benchtime 1x -pages 5000
func BenchmarkCrawl(b *testing.B) {
	for _, f := range []struct {
		name string
		make func(b *testing.B, open []netip.AddrPort) func(ctx context.Context, url string) ([]byte, error)
	}{{"net-http", plainClient}, {"chain", chainClient(false)}, {"chain+archive", chainClient(true)}} {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				open := benchServers(b)
				get := f.make(b, open)
				peak := newPeak()
				begin, used := time.Now(), processorTime(b)
				crawl(b, open, get, peak)
				b.ReportMetric(float64(*benchPages)/time.Since(begin).Seconds(), "pages/s")
				b.ReportMetric(float64((processorTime(b)-used).Microseconds())/float64(*benchPages), "cpu-µs/page")
				b.ReportMetric(float64(peak.bytes.Load())/(1<<20), "MiB")
			}
		})
	}
}

// crawl gets all pages: each host in series, several hosts at a time.
func crawl(b *testing.B, open []netip.AddrPort, get func(context.Context, string) ([]byte, error), peak *peak) {
	hosts := make(chan netip.AddrPort)
	var wg sync.WaitGroup
	var cells atomic.Int64
	for range *benchWorkers {
		wg.Go(func() {
			for at := range hosts {
				for i := range *benchPages / benchHosts {
					page, err := get(b.Context(), fmt.Sprintf("http://%s/zfxxgk/%d.html", at, i))
					if err != nil {
						b.Error(err)
						return
					}
					doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
					if err != nil {
						b.Error(err)
						return
					}
					doc.Find("td").Each(func(_ int, s *goquery.Selection) { cells.Add(int64(len(s.Text()) & 1)) })
				}
				peak.sample()
			}
		})
	}
	for _, at := range open {
		hosts <- at
	}
	close(hosts)
	wg.Wait()
}

func plainClient(b *testing.B, _ []netip.AddrPort) func(context.Context, string) ([]byte, error) {
	t := &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 1}
	b.Cleanup(t.CloseIdleConnections)
	client := &http.Client{Transport: t}
	return func(ctx context.Context, url string) ([]byte, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		return io.ReadAll(resp.Body)
	}
}

func chainClient(keep bool) func(b *testing.B, open []netip.AddrPort) func(context.Context, string) ([]byte, error) {
	return func(b *testing.B, open []netip.AddrPort) func(context.Context, string) ([]byte, error) {
		c := transport.Config{Open: open}
		if keep {
			a, err := archive.Open(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = a.Close() })
			c.Archived = a.Good()
			c.Recorder = transport.RecorderFunc(func(ctx context.Context, x *transport.Exchange) error {
				return a.Record(ctx, (*archive.Exchange)(x))
			})
		}
		chain := transport.New(c)
		b.Cleanup(chain.CloseIdleConnections)
		site := &transport.Site{ID: "bench", Delay: -1, Budget: 1 << 30}
		for _, at := range open {
			site.Hosts = append(site.Hosts, at.String())
		}
		get := fetch.New(chain)
		return func(ctx context.Context, url string) ([]byte, error) {
			resp, err := get(ctx, fetch.Request{URL: url, Kind: transport.KindDocument, Site: site})
			if err != nil {
				return nil, err
			}
			return resp.UTF8, nil
		}
	}
}

// benchServers starts the hosts.
func benchServers(b *testing.B) []netip.AddrPort {
	var open []netip.AddrPort
	row := strings.Repeat("<td>政府信息公开</td>", 10)
	page := "<!DOCTYPE html><html><head><title>年度报告</title></head><body><p>%s</p><table>" + strings.Repeat("<tr>"+row+"</tr>", 14) + "</table></body></html>"
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, page, r.Host+r.URL.Path)
	})}
	for i := range benchHosts {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.%d.%d:0", i/100, i%100+1))
		if err != nil {
			b.Skipf("addresses of 127.0.0.0/8 cannot be used here: %v", err)
		}
		open = append(open, netip.MustParseAddrPort(l.Addr().String()))
		go func() { _ = s.Serve(l) }()
	}
	b.Cleanup(func() { _ = s.Close() })
	return open
}

// processorTime returns what the process has used so far. Unlike pages per
// second it does not depend on what else the machine does.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// A peak is the most memory in use at any sample, in bytes.
type peak struct{ bytes atomic.Uint64 }

func newPeak() *peak {
	runtime.GC()
	return &peak{}
}

func (p *peak) sample() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	for {
		old := p.bytes.Load()
		if now := m.HeapInuse + m.StackInuse; now <= old || p.bytes.CompareAndSwap(old, now) {
			return
		}
	}
}
