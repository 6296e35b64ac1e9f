//go:build unix

package main

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gongkai/crawler/archive"
	"gongkai/internal/testbed/fixture"
	"gongkai/warehouse"
)

// TestLocks runs commands while this process holds the data.
func TestLocks(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	if err := writeMany(filepath.Join(dir, "reports"), 1); err != nil {
		t.Fatal(err)
	}
	ingest := []string{"ingest", filepath.Join(dir, "reports"), "--data", data}
	if code, messages := ends(t, command(t, ingest...)); code != exitOK {
		t.Fatalf("ingest: exit code %d: %s", code, messages)
	}
	a := newApp(nil, nil, nil)
	a.data = data
	ar, err := archive.Open(a.archiveDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{ingest, {"build", "--data", data}} {
		code, messages := ends(t, command(t, args...))
		if code != exitLocked || !strings.Contains(messages, "process "+strconv.Itoa(os.Getpid())+" since 20") {
			t.Errorf("%s beside another run: exit code %d: %s", args[0], code, messages)
		}
	}
	if code, messages := ends(t, command(t, "archive", "list", "--data", data)); code != exitOK {
		t.Errorf("archive list beside another run: exit code %d: %s", code, messages)
	}
	if err := ar.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := openWarehouse(t, a)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{ingest, {"query", "SELECT 1", "--data", data}, {"export", "--out", dir, "--data", data}} {
		if code, messages := ends(t, command(t, args...)); code != exitLocked || !strings.Contains(messages, "hint: ") {
			t.Errorf("%s beside a writer: exit code %d: %s", args[0], code, messages)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestInterrupt interrupts a run that waits for its input.
func TestInterrupt(t *testing.T) {
	for s, want := range map[os.Signal]int{os.Interrupt: exitInterrupted, syscall.SIGTERM: exitTerminated} {
		dir := t.TempDir()
		good := filepath.Join(dir, "good.html")
		style, _ := fixture.Find("html-trs")
		if err := os.WriteFile(good, style.Bytes(fixture.Random(1, fixture.Options{})), 0o644); err != nil {
			t.Fatal(err)
		}
		c := command(t, "extract", good, "-", "--jobs", "1")
		var stderr bytes.Buffer
		c.Stderr = &stderr
		in, err := c.StdinPipe() // never written to and not closed
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.HasPrefix(line, "file,agency,") {
			t.Fatalf("first line %q, %v", line, err)
		}
		if err := c.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		err = c.Wait()
		if c.ProcessState.ExitCode() != want {
			t.Errorf("%v: %v, exit code %d: %s", s, err, c.ProcessState.ExitCode(), &stderr)
		}
	}
}

// TestSecondInterrupt leaves at once, without waiting for the first.
func TestSecondInterrupt(t *testing.T) {
	codes := make(chan int, 2)
	ctx, stop := interruptible(t.Context(), func(code int) { codes <- code })
	defer stop()
	for range 2 {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		<-ctx.Done()
	}
	if code := <-codes; code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
}

// TestKill kills ingest at random points. Whatever the points, what is published
// is whole or not there, and the next run ends with the content of an undisturbed
// one and leaves nothing of the others.
func TestKill(t *testing.T) {
	const rounds, killsPerRound = 5, 4
	dir := t.TempDir()
	reports := filepath.Join(dir, "reports")
	if err := writeMany(reports, 16); err != nil {
		t.Fatal(err)
	}
	ingest := func(data string) *exec.Cmd {
		return command(t, "ingest", reports, "--data", data, "--batch", "4", "--jobs", "2")
	}
	undisturbed := filepath.Join(dir, "undisturbed")
	began := time.Now()
	if code, messages := ends(t, ingest(undisturbed)); code != exitOK {
		t.Fatalf("ingest: exit code %d: %s", code, messages)
	}
	took := time.Since(began)
	want := digestOf(t, undisturbed)
	random := rand.New(rand.NewPCG(1, 2))
	killed := 0
	for round := range rounds {
		data := filepath.Join(dir, "killed-"+strconv.Itoa(round))
		for range killsPerRound {
			c := ingest(data)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			timer := time.AfterFunc(time.Duration(random.Float64()*float64(took)), func() { _ = c.Process.Kill() })
			if err := c.Wait(); err != nil {
				killed++
			}
			timer.Stop()
			if _, err := os.Stat(filepath.Join(data, "gongkai.duckdb")); err == nil && digestOf(t, data) != want {
				t.Errorf("round %d: a part of a run was published", round)
			}
		}
		if code, messages := ends(t, ingest(data)); code != exitOK {
			t.Fatalf("round %d: after the kills: exit code %d: %s", round, code, messages)
		}
		if got := digestOf(t, data); got != want {
			t.Errorf("round %d: digest %s, undisturbed %s", round, got, want)
		}
		if left, _ := filepath.Glob(filepath.Join(data, "*"+warehouse.NewSuffix+"*")); len(left) > 0 {
			t.Errorf("round %d: left over: %v", round, left)
		}
		if code, messages := ends(t, command(t, "archive", "verify", "--data", data)); code != exitOK {
			t.Errorf("round %d: archive: exit code %d: %s", round, code, messages)
		}
	}
	t.Logf("%d of %d runs were killed", killed, rounds*killsPerRound)
	if killed == 0 {
		t.Error("no run was killed: the test shows nothing")
	}
}
