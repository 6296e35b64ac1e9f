//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// outliveFileLimit lets a write beyond the limit on file size fail with an
// error, as on a full disk, instead of ending the process: DuckDB writes from
// threads of its own, which the Go runtime does not shield.
func outliveFileLimit() { signal.Ignore(syscall.SIGXFSZ) }
