package pdftable

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gongkai"
	"gongkai/extract"
)

// workerWord makes the test program a PDF worker.
const workerWord = "pdf-worker-of-test"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerWord {
		if err := RunWorker(os.Stdin, os.Stdout); err != nil {
			_, _ = os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func workerPool(tb testing.TB, workers int, limits Limits) *Pool {
	tb.Helper()
	pool := NewPool(Options{Workers: workers, Limits: limits, WorkerCommand: []string{workerWord}})
	tb.Cleanup(func() { _ = pool.Close() })
	return pool
}

func document(tb testing.TB, name string) *gongkai.Document {
	tb.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return &gongkai.Document{Name: name, Body: body}
}

// TestWorkerReadsAsThisProcess compares the reading in a child process with
// that in this one, several documents at a time.
func TestWorkerReadsAsThisProcess(t *testing.T) {
	here := NewPool(Options{Workers: 1})
	t.Cleanup(func() { _ = here.Close() })
	there := workerPool(t, 2, Limits{})
	names := []string{"testdata/libreoffice-ruled.pdf", "testdata/chromium-pagebreak.pdf", "testdata/encrypted-aes256.pdf", "testdata/chromium-borderless.pdf"}
	var group sync.WaitGroup
	for _, name := range names {
		d := document(t, name)
		want, err := here.Read(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		group.Go(func() {
			got, err := there.Read(t.Context(), d)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: -here +worker:\n%s", name, diff)
			}
		})
	}
	group.Wait()
	if _, err := there.Read(t.Context(), document(t, "testdata/password.pdf")); !errors.Is(err, extract.ErrEncrypted) {
		t.Errorf("password: error %v, want ErrEncrypted", err)
	}
}

// TestWorkerIsReplaced kills the worker behind the pool's back: that document
// fails by a name, the next is read by a new worker.
func TestWorkerIsReplaced(t *testing.T) {
	pool := workerPool(t, 1, Limits{})
	good := document(t, "testdata/libreoffice-ruled.pdf")
	if _, err := pool.Read(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	w := <-pool.slots
	if err := w.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = w.command.Process.Wait()
	pool.slots <- w
	if _, err := pool.Read(t.Context(), good); !errors.Is(err, extract.ErrLimit) {
		t.Errorf("dead worker: error %v, want ErrLimit", err)
	}
	if _, err := pool.Read(t.Context(), good); err != nil {
		t.Errorf("new worker: %v", err)
	}
}

// TestWorkerOutOfTime gives a document no time at all.
func TestWorkerOutOfTime(t *testing.T) {
	pool := workerPool(t, 1, Limits{Time: time.Nanosecond})
	d := document(t, "testdata/libreoffice-ruled.pdf")
	for range 2 {
		if _, err := pool.Read(t.Context(), d); !errors.Is(err, extract.ErrLimit) {
			t.Errorf("error %v, want ErrLimit", err)
		}
	}
}

// TestReadIsCancelled stops a reading from outside: that is no fault of the document.
func TestReadIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, pool := range []*Pool{workerPool(t, 1, Limits{}), NewPool(Options{Workers: 1})} {
		_, err := pool.Read(ctx, document(t, "testdata/libreoffice-ruled.pdf"))
		if !errors.Is(err, context.Canceled) || errors.Is(err, extract.ErrLimit) {
			t.Errorf("error %v, want context.Canceled", err)
		}
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
		if _, err := pool.Read(t.Context(), document(t, "testdata/libreoffice-ruled.pdf")); err == nil {
			t.Error("a closed pool reads")
		}
	}
}

// BenchmarkRead measures reports and pages in a second on one worker, after it
// has started.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"testdata/libreoffice-pagebreak.pdf", "testdata/chromium-pagebreak.pdf", huaian} {
		if _, err := os.Stat(name); err != nil {
			b.Logf("%s is not here", name)
			continue
		}
		b.Run(name, func(b *testing.B) {
			pool := workerPool(b, 1, Limits{})
			d := document(b, name)
			c, err := pool.Read(b.Context(), d)
			if err != nil {
				b.Fatal(err)
			}
			pages := c.Blocks[len(c.Blocks)-1].Place.Page
			for b.Loop() {
				if _, err := pool.Read(b.Context(), d); err != nil {
					b.Fatal(err)
				}
			}
			seconds := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(1/seconds, "reports/s")
			b.ReportMetric(float64(pages)/seconds, "pages/s")
		})
	}
}
