package main

import (
	"bytes"
	"errors"
	"os/exec"
	"testing"

	"gongkai/extract"
	"gongkai/internal/testbed/replica"
	"gongkai/warehouse"
)

// smallWorld is enough for a night of a second or so.
var smallWorld = replica.Options{Only: []string{"shili-dianqu", "shili-slj"}}

// command returns a gongkai process to be started. TestMain has put the
// program in the path.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("gongkai")
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(t.Context(), program, args...)
}

// ends runs a process to its end and returns its exit code and messages.
func ends(t *testing.T, c *exec.Cmd) (int, string) {
	t.Helper()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), stderr.String()
}

// digestOf names the content of the warehouse in a data folder.
func digestOf(t *testing.T, data string) string {
	t.Helper()
	a := newApp(nil, nil, nil)
	a.data = data
	db, err := warehouse.Open(t.Context(), a.database(), warehouse.Options{ReadOnly: true, Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	digest, err := db.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

// openWarehouse opens the warehouse in its place for writing, as another program would.
func openWarehouse(t *testing.T, a *app) (*warehouse.DB, error) {
	t.Helper()
	return warehouse.Open(t.Context(), a.database(), warehouse.Options{Forms: extract.Forms()})
}
