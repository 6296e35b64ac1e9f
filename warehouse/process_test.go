package warehouse_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"gongkai/extract"
	"gongkai/warehouse"
)

// TestMain lets the test binary stand in for another process: see child.
func TestMain(m *testing.M) {
	if path := os.Getenv("GONGKAI_TEST_WAREHOUSE"); path != "" {
		if err := child(path); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child opens the warehouse, loads documents one by one, says so, and waits to
// be killed.
func child(path string) error {
	ctx := context.Background()
	db, err := warehouse.Open(ctx, path, warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		return err
	}
	fmt.Println("open")
	for _, it := range items(12) {
		if _, err := db.Load(ctx, []warehouse.Item{it}); err != nil {
			return err
		}
		fmt.Println("loaded")
	}
	select {}
}

// start runs a child and returns once it has said so many lines.
func start(t *testing.T, path string, lines int) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "GONGKAI_TEST_WAREHOUSE="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for range lines {
		if !said.Scan() {
			t.Fatal("the other process ended early")
		}
		if text := said.Text(); text != "open" && text != "loaded" {
			t.Fatal(text)
		}
	}
	return cmd
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // ends with "signal: killed"
}

// TestLocked opens a warehouse that another process holds.
func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	cmd := start(t, path, 1)
	defer kill(t, cmd)
	for _, o := range []warehouse.Options{{Forms: extract.Forms()}, {ReadOnly: true}} {
		db, err := warehouse.Open(t.Context(), path, o)
		if err == nil {
			db.Close()
		}
		if !errors.Is(err, warehouse.ErrLocked) {
			t.Errorf("read only %v: %v, want ErrLocked", o.ReadOnly, err)
		}
	}
}

// TestKilled kills a loading process at different points. What it said was
// loaded is there, nothing is there by half, and a second run completes it.
func TestKilled(t *testing.T) {
	want := openMemory(t)
	mustLoad(t, want, items(12))
	for _, loaded := range []int{0, 1, 5, 12} {
		path := filepath.Join(t.TempDir(), "w.duckdb")
		kill(t, start(t, path, 1+loaded))
		db, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: extract.Forms()})
		if err != nil {
			t.Fatal(err)
		}
		reports := count(t, db, "SELECT count(*) FROM report")
		if reports < loaded {
			t.Errorf("killed after %d: %d reports", loaded, reports)
		}
		if cells := count(t, db, "SELECT count(*) FROM cell"); cells != 200*reports {
			t.Errorf("killed after %d: %d reports have %d cells", loaded, reports, cells)
		}
		mustLoad(t, db, items(12))
		if mustDigest(t, db) != mustDigest(t, want) {
			t.Errorf("killed after %d: the second run does not complete the first", loaded)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSchema refuses files that were made otherwise.
func TestSchema(t *testing.T) {
	forms := extract.Forms()
	path := filepath.Join(t.TempDir(), "w.duckdb")
	db, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: forms[:1]})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: forms}); !errors.Is(err, warehouse.ErrSchema) {
		t.Errorf("other forms: %v, want ErrSchema", err)
	}
	if _, err := warehouse.Open(t.Context(), path, warehouse.Options{}); err == nil {
		t.Error("opened for writing without forms")
	}
	damaged := filepath.Join(t.TempDir(), "d.duckdb")
	if err := os.WriteFile(damaged, []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := warehouse.Open(t.Context(), damaged, warehouse.Options{ReadOnly: true}); err == nil {
		t.Error("garbage was opened")
	}
	if _, err := warehouse.Open(t.Context(), filepath.Join(t.TempDir(), "none"), warehouse.Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v, want os.ErrNotExist", err)
	}
}
