package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongkai"
	"gongkai/crawler/archive"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/fixture"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

// counts are what a reader sees of a warehouse.
type counts struct{ Documents, Reports, WithCells, Tables int }

// countsSQL asks for all of them in one query.
const countsSQL = `SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM report),
	(SELECT count(DISTINCT report_id) FROM cell), (SELECT count(DISTINCT report_id) FROM report_table)`

func countsOf(ctx context.Context, db *warehouse.DB) (c counts, err error) {
	err = db.SQL().QueryRowContext(ctx, countsSQL).Scan(&c.Documents, &c.Reports, &c.WithCells, &c.Tables)
	return c, err
}

// readerCode is a reader in a process of its own: gongkai-reader DATA opens what is
// published again and again until its input ends, and once more, and prints
// what it sees; gongkai-reader DATA long begins one query and ends it then.
func readerCode(args []string) int {
	ctx := context.Background()
	a := newApp(nil, os.Stdout, os.Stderr)
	a.data = args[0]
	ended := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); close(ended) }()
	read := func() error { return seeAgain(ctx, a, ended) }
	if len(args) > 1 {
		read = func() error { return seeLong(ctx, a, ended) }
	}
	return a.finish(ctx, read())
}

func seeAgain(ctx context.Context, a *app, ended chan struct{}) error {
	for over := false; !over; {
		select {
		case <-ended:
			over = true
		default:
		}
		db, err := a.openReading(ctx)
		if err != nil {
			return err
		}
		c, err := countsOf(ctx, db)
		if err := errors.Join(err, db.Close()); err != nil {
			return err
		}
		fmt.Println(c.Documents, c.Reports, c.WithCells, c.Tables)
	}
	return nil
}

func seeLong(ctx context.Context, a *app, ended chan struct{}) error {
	db, err := a.openReading(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.SQL().QueryContext(ctx, "SELECT r.report_id FROM range(1000000), report r")
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		if n++; n == 100 {
			fmt.Println("reading")
			<-ended
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	c, err := countsOf(ctx, db)
	fmt.Println(n, c.Reports)
	return err
}

// A readerProcess is gongkai-reader at work.
type readerProcess struct {
	*exec.Cmd
	in       io.Closer
	out      *bufio.Scanner
	messages bytes.Buffer
}

func startReader(t *testing.T, args ...string) *readerProcess {
	t.Helper()
	program, err := exec.LookPath("gongkai-reader")
	if err != nil {
		t.Fatal(err)
	}
	r := &readerProcess{Cmd: exec.CommandContext(t.Context(), program, args...)}
	r.Stderr = &r.messages
	in, err1 := r.StdinPipe()
	out, err2 := r.StdoutPipe()
	if err := errors.Join(err1, err2, r.Start()); err != nil {
		t.Fatal(err)
	}
	r.in, r.out = in, bufio.NewScanner(out)
	if !r.out.Scan() { // it is at work
		t.Fatalf("a reader does not begin: %v: %s", r.Wait(), &r.messages)
	}
	return r
}

// rest ends a reader and returns what it printed, from its first line on.
func (r *readerProcess) rest(t *testing.T) []string {
	t.Helper()
	lines := []string{r.out.Text()}
	if err := r.in.Close(); err != nil {
		t.Error(err)
	}
	for r.out.Scan() {
		lines = append(lines, r.out.Text())
	}
	if err := r.Wait(); err != nil {
		t.Errorf("a reader: %v: %s", err, &r.messages)
	}
	return lines
}

// TestReadersDuringPublications publishes twenty times, by ingest and build,
// while processes open what is published again and again and one goes on with
// the query that it began first. Nobody meets an error or half a warehouse, and
// nobody sees an older one after a newer.
func TestReadersDuringPublications(t *testing.T) {
	if testing.Short() {
		t.Skip("twenty publications take some seconds")
	}
	const publications, readers = 20, 2
	dir := t.TempDir()
	a := newApp(nil, io.Discard, io.Discard)
	a.say = slog.New(slog.DiscardHandler)
	a.data = filepath.Join(dir, "data")
	o := pipeline.Reading{Jobs: 1, Batch: 1}
	style, _ := fixture.Find("html-trs")
	reports := 0
	publish := func(n int) error {
		if n%5 == 4 { // the same once more, from the archive
			return a.build(t.Context(), "", o)
		}
		reports++
		r := fixture.Random(uint64(n), fixture.Options{
			Agency: gongkai.Agency{ID: fmt.Sprint("990100-", n), Name: fmt.Sprintf("示例市第%d局", n)}, Year: 2023, Forms: fixture.Form2021, Plain: true,
		})
		path := filepath.Join(dir, fmt.Sprintf("%d.html", n))
		return errors.Join(os.WriteFile(path, style.Bytes(r), 0o644), a.ingest(t.Context(), []string{path}, ingestOptions{Reading: o}))
	}
	if err := publish(0); err != nil {
		t.Fatal(err)
	}
	long := startReader(t, a.data, "long")
	var again []*readerProcess
	for range readers {
		again = append(again, startReader(t, a.data))
	}
	for n := 1; n < publications && !t.Failed(); n++ {
		if err := publish(n); err != nil {
			t.Errorf("publication %d: %v", n, err)
		}
	}
	for i, r := range again {
		lines, last := r.rest(t), 0
		for _, line := range lines {
			var c counts
			_, err := fmt.Sscan(line, &c.Documents, &c.Reports, &c.WithCells, &c.Tables)
			if err != nil || c != (counts{c.Reports, c.Reports, c.Reports, c.Reports}) || c.Reports < max(last, 1) || c.Reports > reports {
				t.Errorf("reader %d saw %q after %d reports: %v", i, line, last, err)
			}
			last = c.Reports
		}
		t.Logf("reader %d opened %d times", i, len(lines))
		if last != reports {
			t.Errorf("reader %d: %d reports in the end, want %d", i, last, reports)
		}
	}
	if d := cmp.Diff([]string{"reading", "1000000 1"}, long.rest(t)); d != "" {
		t.Errorf("who began before all (-want +got):\n%s", d)
	}
}

// TestChange: after an error nothing has changed and nothing is left; until the
// end nobody else writes, and everybody reads.
func TestChange(t *testing.T) {
	a := newApp(nil, io.Discard, io.Discard)
	a.say = slog.New(slog.DiscardHandler)
	a.data = t.TempDir()
	ar, err := archive.Open(a.archiveDir()) // holds the lock of the data folder
	if err != nil {
		t.Fatal(err)
	}
	defer ar.Close()
	agency := func(id string) func(*warehouse.DB) error {
		return func(db *warehouse.DB) error {
			return db.SetAgencies(t.Context(), []gongkai.Agency{{ID: id, Name: id}})
		}
	}
	if err := a.pipeline().Change(t.Context(), agency("first")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err = a.pipeline().Change(t.Context(), func(db *warehouse.DB) error { return errors.Join(agency("second")(db), broken) })
	if got := agencyIDs(t, a.data); got != "first" || !errors.Is(err, broken) {
		t.Errorf("after an error the agencies are %s; %v", got, err)
	}
	err = a.pipeline().Change(t.Context(), func(db *warehouse.DB) error {
		if got := agencyIDs(t, a.data); got != "first" {
			t.Errorf("while it is being replaced the agencies are %s", got)
		}
		if code, messages := ends(t, command(t, "check", "--store", "--data", a.data)); code != exitLocked {
			t.Errorf("check --store while it is being replaced: exit code %d: %s", code, messages)
		}
		return agency("third")(db)
	})
	if got := agencyIDs(t, a.data); got != "third" || err != nil {
		t.Errorf("in the end the agencies are %s; %v", got, err)
	}
	names, err := os.ReadDir(a.data)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, n := range names {
		left = append(left, n.Name())
	}
	if d := cmp.Diff([]string{"archive", "gongkai.duckdb", "gongkai.duckdb.previous"}, left); d != "" {
		t.Errorf("in the folder (-want +got):\n%s", d)
	}
}

// agencyIDs lists the agencies that another process sees.
func agencyIDs(t *testing.T, data string) string {
	t.Helper()
	c := command(t, "query", "SELECT string_agg(agency_id, ' ') AS ids FROM agency", "--format", "csv", "--data", data)
	var out bytes.Buffer
	c.Stdout = &out
	if code, messages := ends(t, c); code != exitOK {
		t.Fatalf("query: exit code %d: %s", code, messages)
	}
	return strings.TrimSpace(strings.TrimPrefix(out.String(), "ids"))
}
