//go:build unix

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/internal/demo"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"
)

// points are the places at which a night is killed by name.
var points = []string{
	"append-begin", "append-header", "append-middle", "append-written", "append-synced", "append-indexed",
	"journalled", "crawled", "copied", "loaded", "logged", "checked", "published",
}

// nightPrograms are what the test binary can be besides gongkai.
func nightPrograms() map[string]func() {
	return map[string]func(){
		"gongkai-night": func() { os.Exit(nightCode(os.Args[1:])) },
		"gongkai-fault": func() { os.Exit(faultCode(os.Args[1:])) },
	}
}

// nightCode is one night of the small world in a process of its own:
// gongkai-night SERVER DATA [POINT COUNT [full]], killed at the COUNTth time it
// passes the POINT, or from then on without room to write.
func nightCode(args []string) int {
	world, err := replica.New(smallWorld)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	g, err := demo.Replicated(world, args[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	g.All = false
	a := newApp(nil, os.Stdout, os.Stderr)
	a.data = args[1]
	if len(args) >= 4 {
		count, _ := strconv.Atoi(args[3])
		var passed atomic.Int64
		a.point = func(name string) {
			if name != args[2] || passed.Add(1) != int64(count) {
				return
			}
			if len(args) == 4 {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {} // until it arrives
			}
			signal.Ignore(syscall.SIGXFSZ)
			if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{}); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(exitUsage)
			}
		}
	}
	_, err = a.pipeline().Nightly(context.Background(), g, pipeline.Reading{Jobs: 2, Batch: 4})
	return a.finish(context.Background(), err)
}

func nightCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("gongkai-night")
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(t.Context(), program, args...)
}

// TestNightKilled kills nights at named and at random points. Whatever the
// points, the next run ends with what an undisturbed one ends with.
// GONGKAI_KILLS sets how many.
func TestNightKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("many processes")
	}
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("GONGKAI_KILLS")); err == nil {
		kills = n
	}
	server, err := replica.Serve(worldOf(t, smallWorld))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	dir := t.TempDir()
	whole := filepath.Join(dir, "undisturbed")
	began := time.Now()
	if code, messages := ends(t, nightCommand(t, server.Address(), whole)); code != exitOK {
		t.Fatalf("undisturbed: exit code %d: %s", code, messages)
	}
	took := time.Since(began)
	want := digestOf(t, whole)
	random := rand.New(rand.NewPCG(3, 4))
	killed := 0
	for round := 0; killed < kills && round < 3*kills; round++ {
		data := filepath.Join(dir, fmt.Sprintf("killed-%d", round))
		var story []string
		for range 3 {
			how, died := kill(t, server.Address(), data, random, round+len(story), took)
			story = append(story, how)
			if died {
				killed++
			}
		}
		if code, messages := ends(t, nightCommand(t, server.Address(), data)); code != exitOK {
			t.Fatalf("after %s: exit code %d: %s", strings.Join(story, ", "), code, messages)
		}
		if got := digestOf(t, data); got != want {
			t.Errorf("after %s: digest %s, undisturbed %s", strings.Join(story, ", "), got, want)
		}
		intact(t, data, story)
		if err := os.RemoveAll(data); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d nights were killed", killed)
	if killed < kills {
		t.Errorf("only %d of %d kills hit", killed, kills)
	}
}

// kill starts a night and kills it, in turn at a named point and after a
// random time. It says how, and whether the night was still going on.
func kill(t *testing.T, server, data string, random *rand.Rand, turn int, took time.Duration) (how string, died bool) {
	t.Helper()
	var c *exec.Cmd
	var timer *time.Timer
	if turn%3 == 2 {
		after := time.Duration(random.Float64() * float64(took))
		how = after.Round(time.Millisecond).String()
		c = nightCommand(t, server, data)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer = time.AfterFunc(after, func() { _ = c.Process.Kill() })
		defer timer.Stop()
	} else {
		point, count := points[random.IntN(len(points))], 1
		if strings.HasPrefix(point, "append") || point == "journalled" {
			count += random.IntN(12)
		}
		how = fmt.Sprintf("%s %d", point, count)
		c = nightCommand(t, server, data, point, strconv.Itoa(count))
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
	}
	_ = c.Wait()
	status, ok := c.ProcessState.Sys().(syscall.WaitStatus)
	return how, ok && status.Signaled()
}

// intact tests that the archive is whole and that every capture that the
// journal tells of is there.
func intact(t *testing.T, data string, story []string) {
	t.Helper()
	a := newApp(nil, nil, nil)
	a.data = data
	ar, err := archive.Open(a.archiveDir(), archive.ReadOnly())
	if err != nil {
		t.Fatal(err)
	}
	defer ar.Close()
	if _, damage, err := ar.Verify(t.Context()); err != nil || len(damage) > 0 {
		t.Errorf("after %s: archive: %v %v", strings.Join(story, ", "), damage, err)
	}
	for hash := range journalled(t, a) {
		if _, err := ar.Get(hash); err != nil {
			t.Errorf("after %s: the journal says that %s was captured: %v", strings.Join(story, ", "), hash, err)
		}
	}
	if leftover, _ := filepath.Glob(filepath.Join(data, "*.new*")); len(leftover) > 0 {
		t.Errorf("after %s: left over: %v", strings.Join(story, ", "), leftover)
	}
}

// journalled returns the documents that the journal tells of.
func journalled(t *testing.T, a *app) map[string]bool {
	t.Helper()
	j, err := crawler.OpenJournal(a.folder().Journal())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	hashes := map[string]bool{}
	for _, id := range smallWorld.Only {
		for task := range j.Tasks(id) {
			if task.Hash != "" {
				hashes[task.Hash] = true
			}
		}
	}
	return hashes
}
