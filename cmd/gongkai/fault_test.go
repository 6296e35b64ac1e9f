//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"gongkai/internal/demo"
	"gongkai/internal/doctor"
	"gongkai/internal/durable/faults"
	"gongkai/internal/pipeline"
	"gongkai/internal/release"
	"gongkai/internal/tabular/datapackage"
	"gongkai/internal/testbed/replica"
)

// faultCode is gongkai with a disk that fails: gongkai-fault WAY AT COMMAND...
// GONGKAI_STEPS names a file for the steps that were taken, and GONGKAI_FSIZE
// limits the size of files.
func faultCode(args []string) int {
	outliveFileLimit()
	if limit, err := strconv.ParseUint(os.Getenv("GONGKAI_FSIZE"), 10, 64); err == nil {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return exitUsage
		}
	}
	at, _ := strconv.Atoi(args[1])
	disk := &faults.Disk{Way: faults.Way(args[0]), At: at}
	a := newApp(os.Stdin, os.Stdout, os.Stderr)
	a.disk = disk.Take
	ctx := context.Background()
	var err error
	if args[2] == "nightly" {
		err = nightOf(ctx, a, args[3], args[4])
	} else {
		root := newRoot(a)
		root.SetArgs(args[2:])
		err = root.ExecuteContext(ctx)
	}
	code := a.finish(ctx, err)
	if path := os.Getenv("GONGKAI_STEPS"); path != "" {
		if err := os.WriteFile(path, []byte(strings.Join(disk.Steps(), "\n")), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return exitUsage
		}
	}
	return code
}

// nightOf is one night of the small world, which listens at address.
func nightOf(ctx context.Context, a *app, address, data string) error {
	world, err := replica.New(smallWorld)
	if err != nil {
		return err
	}
	g, err := demo.Replicated(world, address)
	if err != nil {
		return err
	}
	a.data = data
	_, err = a.pipeline().Nightly(ctx, g, pipeline.Reading{Jobs: 2})
	return err
}

// A victim is a data folder with three reports, and one more to come.
type victim struct {
	base, data, more, out string
	digest                string // of the base
}

func newVictim(t *testing.T) *victim {
	t.Helper()
	dir := t.TempDir()
	v := &victim{base: filepath.Join(dir, "base"), data: filepath.Join(dir, "data"), more: filepath.Join(dir, "more"), out: filepath.Join(dir, "out")}
	if err := writeMany(v.more, 4); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(v.more, "*"))
	if err != nil || len(names) != 4 {
		t.Fatal(names, err)
	}
	if code, messages := ends(t, command(t, append([]string{"ingest", "--data", v.base}, names[:3]...)...)); code != exitOK {
		t.Fatal(messages)
	}
	v.digest = digestOf(t, v.base)
	return v
}

// commands are all that publish something.
func (v *victim) commands() map[string][]string {
	return map[string][]string{
		"ingest":  {"ingest", v.more, "--data", v.data},
		"build":   {"build", "--data", v.data},
		"check":   {"check", "--store", "--data", v.data, "-q"},
		"export":  {"export", "--out", v.out, "--tables", "report,cell", "--data", v.data},
		"release": {"rank", "release", "--year", "2022", "--peer-group", "unregistered", "--reason", "first", "--draft", "--data", v.data},
	}
}

// run runs a command on a fresh copy of the base.
func (v *victim) run(t *testing.T, way faults.Way, at int, command, env []string) (code int, messages string) {
	t.Helper()
	for _, dir := range []string{v.data, v.out} {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(v.data, os.DirFS(v.base)); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("gongkai-fault")
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program, append([]string{string(way), strconv.Itoa(at)}, command...)...)
	c.Env = append(os.Environ(), env...)
	return ends(t, c)
}

// unharmed tests that the warehouse answers as before, and that there is no
// release or export but a whole one.
func (v *victim) unharmed(t *testing.T, what string) {
	t.Helper()
	if got := digestOf(t, v.data); got != v.digest {
		t.Errorf("%s: digest %s, before %s", what, got, v.digest)
	}
	for _, dir := range []string{v.out, filepath.Join(v.data, "releases", "0001")} {
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: %s is there", what, dir)
		}
	}
}

// stepsOf runs a command undisturbed and returns the steps that it took.
func (v *victim) stepsOf(t *testing.T, command []string) []string {
	t.Helper()
	steps := filepath.Join(t.TempDir(), "steps")
	if code, messages := v.run(t, faults.Never, 0, command, []string{"GONGKAI_STEPS=" + steps}); code != exitOK && code != exitFindings {
		t.Fatalf("%v: exit code %d: %s", command, code, messages)
	}
	text, err := os.ReadFile(steps)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}

// TestFailedSteps lets every step of every command that publishes fail in turn:
// it is not done, or done but not known to have reached the disk, or nothing can
// be written from then on. The exit code is 1, the warehouse answers as before,
// and there is no release or export. Without GONGKAI_FULL it is every seventh of
// them, and in one way those that put something in its place, and the checkpoint.
func TestFailedSteps(t *testing.T) {
	if testing.Short() {
		t.Skip("many processes")
	}
	v := newVictim(t)
	for name, command := range v.commands() {
		v.failSteps(t, name, command)
	}
	server, err := replica.Serve(worldOf(t, smallWorld))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	night := []string{"nightly", server.Address(), v.data}
	v.failSteps(t, "nightly", night)
}

// failSteps lets the steps of one command fail.
func (v *victim) failSteps(t *testing.T, name string, command []string) {
	t.Helper()
	taken := v.stepsOf(t, command)
	tried, turn := 0, 0
	for at, step := range taken {
		placed := strings.HasPrefix(step, "rename ") || strings.HasPrefix(step, "checkpoint ") || at == len(taken)-1
		for _, way := range []faults.Way{faults.Before, faults.After, faults.Onward} {
			if turn++; os.Getenv("GONGKAI_FULL") == "" && turn%7 != 0 && (!placed || way != faults.After) {
				continue
			}
			tried++
			what := fmt.Sprintf("%s, step %d of %d (%s) fails %s", name, at+1, len(taken), step, way)
			code, messages := v.run(t, way, at+1, command, nil)
			if strings.HasPrefix(step, "link ") && way != faults.Onward { // a copy does as well
				if code != exitOK {
					t.Errorf("%s: exit code %d: %s", what, code, messages)
				}
				continue
			}
			if code != exitFailed || !strings.Contains(messages, faults.Err.Error()) {
				t.Errorf("%s: exit code %d: %s", what, code, messages)
			}
			v.unharmed(t, what)
		}
	}
	t.Logf("%s: %d steps, %d failures", name, len(taken), tried)
}

// TestKilledSteps kills every command that publishes before each of its steps.
// The warehouse answers as before, the doctor finds what is left, and removes it.
func TestKilledSteps(t *testing.T) {
	if testing.Short() {
		t.Skip("many processes")
	}
	v := newVictim(t)
	for name, command := range v.commands() {
		if name == "ingest" {
			continue // its steps are those of check --store
		}
		taken := v.stepsOf(t, command)
		t.Logf("%s: %d steps", name, len(taken))
		published := false
		for at, step := range taken {
			what := fmt.Sprintf("%s, killed at step %d (%s)", name, at+1, step)
			if code, messages := v.run(t, faults.Killed, at+1, command, nil); code != -1 {
				t.Fatalf("%s: exit code %d: %s", what, code, messages)
			}
			if !published {
				v.unharmed(t, what)
			}
			published = published || step == "rename gongkai.duckdb" || step == "rename 0001" || step == "rename out"
			v.repaired(t, what)
		}
	}
}

// repaired lets the doctor remove what is left.
func (v *victim) repaired(t *testing.T, what string) {
	t.Helper()
	a := newApp(nil, nil, nil)
	a.data = v.data
	stages := func() []string {
		found, _ := filepath.Glob(filepath.Join(filepath.Dir(v.out), datapackage.StagePrefix+"*"))
		more, _ := filepath.Glob(filepath.Join(v.data, "releases", release.StagePrefix+"*"))
		fresh, _ := filepath.Glob(filepath.Join(v.data, "*.new*"))
		return append(append(found, more...), fresh...)
	}
	if len(stages()) > 0 && len(a.patient().Leftovers()) == 0 {
		t.Errorf("%s: the doctor does not see %v", what, stages())
	}
	p := a.patient()
	p.Repair = true
	if d := p.ExamineLeftovers(t.Context()); d[0].Result != doctor.Good {
		t.Errorf("%s: repair: %v", what, d)
	}
	if left := append(stages(), a.patient().Leftovers()...); len(left) > 0 {
		t.Errorf("%s: after repair there is %v", what, left)
	}
	digestOf(t, v.data)
}

// TestFileLimits runs every command that publishes with ever higher limits on
// the size of files, as on a disk that is full: it fails with 1, and what was
// there answers; or it is done as a whole.
func TestFileLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("many processes")
	}
	v := newVictim(t)
	info, err := os.Stat(filepath.Join(v.base, "gongkai.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	size := info.Size()
	for name, command := range v.commands() {
		failed := 0
		for _, limit := range []int64{100, 50_000, 300_000, size - 4096, size + 300_000, 4 * size} {
			what := fmt.Sprintf("%s with at most %d bytes a file", name, limit)
			code, messages := v.run(t, faults.Never, 0, command, []string{"GONGKAI_FSIZE=" + strconv.FormatInt(limit, 10)})
			switch code {
			case exitFailed:
				failed++
				v.unharmed(t, what)
				if !strings.Contains(messages, "hint: make room") {
					t.Errorf("%s: no hint: %s", what, messages)
				}
			case exitOK, exitFindings:
				digestOf(t, v.data)
			default:
				t.Errorf("%s: exit code %d: %s", what, code, messages)
			}
		}
		if t.Logf("%s failed %d times", name, failed); failed == 0 {
			t.Errorf("%s never failed: the test shows nothing", name)
		}
	}
}
