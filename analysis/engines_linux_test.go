package analysis_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// postgresEngine starts a server of its own on a socket in a temporary folder;
// it does not listen on any network and is stopped at the end.
func postgresEngine(b *testing.B, dir string) engine {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_ctl")
	psql, err := exec.LookPath("psql")
	if len(found) == 0 || err != nil {
		b.Skip("SKIPPED: PostgreSQL is not installed (Debian: postgresql); there is nothing to compare DuckDB with")
	}
	bin := filepath.Dir(slices.Max(found))
	home, err := os.MkdirTemp("", "pg") // short: it holds the socket
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(home) })
	attributes := unprivileged(b, home)
	server := func(ctx context.Context, name string, args ...string) {
		cmd := exec.CommandContext(ctx, filepath.Join(bin, name), args...)
		cmd.SysProcAttr, cmd.Dir = attributes, home
		log, err := os.Create(filepath.Join(home, name+".out")) // a pipe would be held open by the server
		if err != nil {
			b.Fatal(err)
		}
		defer log.Close()
		cmd.Stdout, cmd.Stderr = log, log
		if err := cmd.Run(); err != nil {
			text, _ := os.ReadFile(log.Name())
			b.Fatalf("%s: %v: %s", name, err, text)
		}
	}
	data := filepath.Join(home, "data")
	server(b.Context(), "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C", "-N")
	settings := fmt.Sprintf("-k %s -c listen_addresses= -c shared_buffers=2GB -c work_mem=512MB -c maintenance_work_mem=1GB"+
		" -c fsync=off -c max_wal_size=8GB -c max_parallel_workers_per_gather=2", home)
	server(b.Context(), "pg_ctl", "-D", data, "-w", "-l", filepath.Join(home, "log"), "-o", settings, "start")
	b.Cleanup(func() { server(context.Background(), "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop") })

	ask := func(ctx context.Context, text string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, psql, "-X", "-q", "-t", "--csv", "-v", "ON_ERROR_STOP=1", "-h", home, "-U", "postgres", "-d", "postgres")
		cmd.Stdin = strings.NewReader(text)
		return output(cmd)
	}
	load := func(script string) error {
		schema, indexes, _ := strings.Cut(script, "CREATE INDEX")
		for name := range engineTables {
			schema += fmt.Sprintf("\\copy %s FROM '%s' (FORMAT csv)\n", name, engineCSV(dir, name))
		}
		_, err := ask(b.Context(), schema+"CREATE INDEX"+indexes+"VACUUM;\n")
		return err
	}
	return engine{"postgresql", load, ask}
}

// unprivileged says as whom the server runs: PostgreSQL refuses to run as root,
// then it is the user postgres, to whom home is given.
func unprivileged(b *testing.B, home string) *syscall.SysProcAttr {
	if os.Geteuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		b.Skipf("SKIPPED: as root a user postgres is needed: %v", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		b.Fatal(err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.Chown(home, uid, gid); err != nil {
		b.Fatal(err)
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}
