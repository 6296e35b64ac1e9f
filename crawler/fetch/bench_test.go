//go:build linux

package fetch_test

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"slices"
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
	benchKB      = flag.Int("page-kb", 23, "size of these pages in KB; a report of an agency, with its three tables, has some 23")
	benchWorkers = flag.Int("workers", 16, "hosts that BenchmarkCrawl visits at a time")
)

const benchHosts = 200

// The ways to get pages that are compared. The first is the measure.
var ways = []struct {
	name string
	make func(b *testing.B, open []netip.AddrPort) func(ctx context.Context, url string) ([]byte, error)
}{{"net-http", plainClient}, {"chain", chainClient(false)}, {"chain+archive", chainClient(true)}}

// BenchmarkCrawl gets and parses pages from 200 loopback hosts: with
// net/http and goquery alone, through the chain, and through the chain into an
// archive. Client and servers share the process.
//
//	go test ./crawler/fetch -run - -bench Crawl/chain -benchtime 1x -pages 5000
func BenchmarkCrawl(b *testing.B) {
	for _, w := range ways {
		b.Run(w.name, func(b *testing.B) {
			for b.Loop() {
				open := benchServers(b)
				crawl(b, open, w.make(b, open))
			}
			b.ReportMetric(float64(b.N**benchPages)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

// BenchmarkCompare runs the ways of BenchmarkCrawl in turn, each time in a
// process of its own, and gives the median of the processor time per page, of
// the pages per second and of the most memory that the process had. Processor
// time depends least on what else the machine does.
//
//	go test ./crawler/fetch -run - -bench Compare -benchtime 5x -pages 10000 -page-kb 23
func BenchmarkCompare(b *testing.B) {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cost := make([][]measure, len(ways))
	for b.Loop() {
		for i, w := range ways {
			cost[i] = append(cost[i], run(b, exec.CommandContext(b.Context(), self, "-test.run", "-", "-test.benchtime", "1x",
				"-test.bench", "^BenchmarkCrawl$/^"+strings.ReplaceAll(w.name, "+", `\+`)+"$",
				"-pages", fmt.Sprint(*benchPages), "-page-kb", fmt.Sprint(*benchKB), "-workers", fmt.Sprint(*benchWorkers))))
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	measureOf := func(i int) (cpu, rate, memory float64) {
		return median(cost[i], func(m measure) float64 { return m.cpu }), median(cost[i], func(m measure) float64 { return m.rate }), median(cost[i], func(m measure) float64 { return m.memory })
	}
	plain, fast, _ := measureOf(0)
	for i, w := range ways {
		cpu, rate, memory := measureOf(i)
		b.ReportMetric(cpu, w.name+"-cpu-µs/page")
		b.ReportMetric(rate, w.name+"-pages/s")
		b.ReportMetric(memory, w.name+"-MiB")
		if i > 0 {
			b.ReportMetric(cpu/plain, w.name+"-cpu-ratio")
			b.ReportMetric(fast/rate, w.name+"-time-ratio")
		}
	}
}

// A measure is what a run took: processor time in µs per page, pages per second
// and the greatest resident set in MiB.
type measure struct{ cpu, rate, memory float64 }

func run(b *testing.B, c *exec.Cmd) measure {
	begin := time.Now()
	out, err := c.CombinedOutput()
	took := time.Since(begin)
	if err != nil || !strings.Contains(string(out), "pages/s") {
		b.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
	p, pages := c.ProcessState, float64(*benchPages)
	return measure{
		cpu:    float64((p.UserTime() + p.SystemTime()).Microseconds()) / pages,
		rate:   pages / took.Seconds(),
		memory: float64(p.SysUsage().(*syscall.Rusage).Maxrss) / (1 << 10),
	}
}

func median(all []measure, of func(measure) float64) float64 {
	sorted := slices.SortedFunc(slices.Values(all), func(x, y measure) int { return cmp.Compare(of(x), of(y)) })
	return (of(sorted[(len(sorted)-1)/2]) + of(sorted[len(sorted)/2])) / 2
}

// crawl gets all pages: each host in series, several hosts at a time.
func crawl(b *testing.B, open []netip.AddrPort, get func(context.Context, string) ([]byte, error)) {
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
			c.Recorder = a
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
	row := "<tr>" + strings.Repeat("<td>政府信息公开</td>", 10) + "</tr>"
	page := "<!DOCTYPE html><html><head><title>年度报告</title></head><body><p>%s</p><table>" + strings.Repeat(row, *benchKB*1000/len(row)) + "</table></body></html>"
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
