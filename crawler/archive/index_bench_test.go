package archive

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

var benchCaptures = flag.Int("captures", 300_000, "captures that BenchmarkIndexMemory holds")

// BenchmarkIndexMemory gives the bytes of memory that the index keeps per
// capture, where all captures are of different pages.
//
//	go test ./crawler/archive -run - -bench IndexMemory -benchtime 1x -captures 1000000
func BenchmarkIndexMemory(b *testing.B) {
	for b.Loop() {
		before := heap()
		side, err := os.Create(filepath.Join(b.TempDir(), indexName))
		if err != nil {
			b.Fatal(err)
		}
		x := newIndex(sidecar{file: side})
		for i := range *benchCaptures {
			line := append(benchLine(b, i), '\n')
			e, err := parseLine(line)
			if err != nil {
				b.Fatal(err)
			}
			x.append(e, line)
		}
		b.ReportMetric(float64(heap()-before)/float64(*benchCaptures), "B/capture")
		if err := x.close(); err != nil {
			b.Fatal(err)
		}
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// benchLine returns a line of the sidecar about the i-th page.
func benchLine(b *testing.B, i int) []byte {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Second)
	url := fmt.Sprintf("https://www.example.gov.cn/zfxxgk/zfxxgknb/202601/t20260120_%d.html", i)
	sum := hexSum([]byte(url))
	line, err := json.Marshal(&Entry{
		File: fileName(1), Offset: int64(i) * 2000, Length: 2000, Sum: hexSum([]byte(sum)),
		Type: TypeResponse, Record: newID(), Time: at, Fetched: &at, Method: "GET", URL: url, Name: url, Status: 200, Address: "192.0.2.7",
		Payload: sum, Hash: sum, Size: 4000, Kind: KindDocument, MediaType: "text/html; charset=utf-8", AgencyID: "640300-kjj", Year: 2025,
		LinkTitle: "示例局2025年政府信息公开工作年度报告", Published: "2026-01-20",
	})
	if err != nil {
		b.Fatal(err)
	}
	return line
}
