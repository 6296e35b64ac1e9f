//go:build unix

package archive_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai"
	"gongkai/crawler/archive"
)

// TestMain also plays the process that is killed: it stores documents and says
// so on standard output after each.
func TestMain(m *testing.M) {
	if dir := os.Getenv("GONGKAI_TEST_ARCHIVE"); dir != "" {
		if err := store(dir, os.Getenv("GONGKAI_TEST_KILL")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const crashDocuments = 12

func crashDocument(i int) *gongkai.Document {
	return sample(fmt.Sprintf("%d.html", i), fmt.Sprintf("<p>%d %s</p>", i, strings.Repeat(strconv.Itoa(i*7919), 200)))
}

// store puts the documents and dies at the n-th arrival at a point, given as
// "point:n".
func store(dir, kill string) error {
	point, count, _ := strings.Cut(kill, ":")
	n, _ := strconv.Atoi(count)
	a, err := archive.Open(dir, archive.MaxFileSize(2500), archive.Hook(func(p string) error {
		if p == point {
			if n--; n == 0 {
				return syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
		}
		return nil
	}))
	if err != nil {
		return err
	}
	for i := range crashDocuments {
		d := crashDocument(i)
		if err := a.Put(context.Background(), d); err != nil {
			return err
		}
		fmt.Println(d.Hash())
	}
	return a.Close()
}

// run starts the storing process and returns what it acknowledged. It kills the
// process after the given number of acknowledgements, if that is not negative.
func run(t *testing.T, dir, kill string, after int) (acks []string, killed bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), "GONGKAI_TEST_ARCHIVE="+dir, "GONGKAI_TEST_KILL="+kill)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		acks = append(acks, lines.Text())
		if len(acks) == after {
			if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
		}
	}
	err = cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.Sys().(syscall.WaitStatus).Signaled() {
		return acks, true
	}
	if err != nil {
		t.Fatalf("%s: %v", kill, err)
	}
	return acks, false
}

func TestKillLosesNothingAcknowledged(t *testing.T) {
	var want []*gongkai.Document
	for i := range crashDocuments {
		want = append(want, crashDocument(i))
	}
	kills := 0
	check := func(name, dir string, acks []string) {
		t.Helper()
		if found := damage(t, dir); len(found) > 0 {
			t.Errorf("%s: a crash is taken for damage: %v", name, found)
		}
		a := open(t, dir)
		if found := append(a.Damage(), damage(t, dir)...); len(found) > 0 || len(a.DamagedLines()) > 0 {
			t.Errorf("%s: a crash is taken for damage: %v, %v", name, found, a.DamagedLines())
		}
		var stored []string
		for _, d := range documents(t, a) {
			stored = append(stored, d.Hash())
		}
		for _, h := range acks {
			if !slices.Contains(stored, h) {
				t.Errorf("%s: acknowledged %s is lost", name, h)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	finish := func(name, dir string) {
		t.Helper()
		if _, killed := run(t, dir, "", -1); killed {
			t.Fatalf("%s: the second run was killed", name)
		}
		a := open(t, dir)
		if diff := cmp.Diff(want, documents(t, a)); diff != "" {
			t.Errorf("%s: after the second run (-want +got):\n%s", name, diff)
		}
		checkSound(t, a, crashDocuments)
		readStrictly(t, dir)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, point := range []string{
		"append-begin", "append-header", "append-middle", "append-written",
		"append-synced", "append-told", "append-indexed", "rotate-closed", "rotate-created",
	} {
		for _, n := range []int{1, 2, 3} {
			dir, kill := t.TempDir(), fmt.Sprintf("%s:%d", point, n)
			acks, killed := run(t, dir, kill, -1)
			if !killed {
				t.Fatalf("%s: not reached", kill)
			}
			kills++
			check(kill, dir, acks)
			finish(kill, dir)
		}
	}
	for after := 1; after <= crashDocuments; after++ {
		dir, name := t.TempDir(), fmt.Sprintf("after %d", after)
		acks, killed := run(t, dir, "", after)
		if killed {
			kills++
		}
		check(name, dir, acks)
		finish(name, dir)
	}
	t.Logf("%d kills", kills)
}
