package sqlgate_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/sqlgate"
)

func TestOwnFiles(t *testing.T) {
	t.Parallel()
	path, dir := empty(t), t.TempDir()
	write := func(name, body string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("机关,人口\n甲局,12.5\n乙局,\n")
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, sql, want, fault string }{
		{write("own.csv", "agency,n,d,code\n甲局,7,2024-01-02,007\n\"乙,局\",12,,12\n"), "SELECT agency, n + 1, d, typeof(d), code FROM own ORDER BY 2", "甲局|8|2024-01-02|DATE|007\n乙,局|13|∅|DATE|12", ""},
		{write("人口.csv", gb), "SELECT 机关, 人口 * 2 FROM 人口", "甲局|25.0\n乙局|∅", ""},
		{"a=" + write("1 b.csv", "x\n1\n"), "SELECT count(*) FROM a, cell", "0", ""},
		{"cell=" + write("c.csv", "x\n1\n"), "SELECT 1", "", "already"},
		{write("two.csv", "agency,n\n甲局,7\n"), "FROM 'own.csv'", "", "own.csv"},
		{filepath.Join(dir, "none.csv"), "SELECT 1", "", "no such file"},
		{"d=" + dir, "SELECT 1", "", "not a plain file"},
		{filepath.Join(dir, "pipe.csv"), "SELECT 1", "", "not a plain file"},
		{"z=/dev/zero", "SELECT 1", "", "not a plain file"},
		{write("binary.csv", "\xff\xfe\x00\x01\xff"), "SELECT 1", "", "neither UTF-8 nor GB18030"},
		{write("large.csv", "x\n"+strings.Repeat("1234567\n", 3<<20)), "SELECT 1", "", "at most"},
		{write("wide.csv", strings.Repeat("x,", 50_000)+"x\n"), "SELECT 1", "", "wide.csv"},
	} {
		f, err := sqlgate.NewOwnFile(c.file)
		if err != nil {
			t.Error(err)
			continue
		}
		got, err := ask(t.Context(), sqlgate.Request{Warehouse: path, SQL: c.sql, Files: []sqlgate.OwnFile{f}, Limits: small})
		if c.fault != "" {
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("%s: %v, %v, want %s", c.file, got, err, c.fault)
			}
		} else if err != nil || strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %q, %v, want %q", c.file, got, err, c.want)
		}
	}
	if _, err := sqlgate.NewOwnFile("1 b.csv"); err == nil {
		t.Error("a name with a space was taken")
	}
}

// TestCancel frees the worker at once, and leaves nothing behind.
func TestCancel(t *testing.T) {
	path := empty(t)
	t.Setenv("TMPDIR", t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, cancel)
	limits := small
	limits.Time = time.Hour
	_, err := ask(ctx, sqlgate.Request{Warehouse: path, SQL: "SELECT sum(range % 7) FROM range(100000000000)", Limits: limits})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	limits.Time = 500 * time.Millisecond
	begun := time.Now()
	_, err = ask(t.Context(), sqlgate.Request{Warehouse: path, SQL: "SELECT sum(range % 7) FROM range(100000000000)", Limits: limits})
	var e *sqlgate.Error
	if !errors.As(err, &e) || e.Code != sqlgate.Time || !e.Limit() || time.Since(begun) > 5*time.Second {
		t.Errorf("out of time: %v after %v", err, time.Since(begun))
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestFailures tells a query's fault from that of the warehouse.
func TestFailures(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "bad.duckdb")
	if err := os.WriteFile(bad, []byte("SQLite format 3\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{bad, filepath.Join(t.TempDir(), "none.duckdb")} {
		_, err := ask(t.Context(), sqlgate.Request{Warehouse: p, SQL: "SELECT 1", Limits: small})
		var e *sqlgate.Error
		if !errors.As(err, &e) || e.Refused() || e.Limit() {
			t.Errorf("%s: %#v", p, err)
		}
	}
	if _, err := sqlgate.Run(t.Context(), []string{"-no-such-flag"}, sqlgate.Request{SQL: "SELECT 1"}); err == nil {
		t.Error("a worker that is none was believed")
	}
}
