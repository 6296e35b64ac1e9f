package child

import (
	"fmt"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// apart puts a child into a process group of its own.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

func (l Limits) set() error {
	signal.Ignore(unix.SIGXFSZ) // too large a file is an error of the write, not the end
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("limit process: no new privileges: %w", err)
	}
	for _, r := range []struct {
		name     string
		resource int
		most     uint64
		always   bool // also if it is 0
	}{
		{"core", unix.RLIMIT_CORE, 0, true},
		{"address space", unix.RLIMIT_AS, uint64(l.Address), false},
		{"data", unix.RLIMIT_DATA, uint64(l.Data), false},
		{"file size", unix.RLIMIT_FSIZE, uint64(l.File), false},
		{"open files", unix.RLIMIT_NOFILE, uint64(l.Open), false},
	} {
		if r.most == 0 && !r.always {
			continue
		}
		var now unix.Rlimit
		if err := unix.Getrlimit(r.resource, &now); err != nil {
			return fmt.Errorf("limit process: %s: %w", r.name, err)
		}
		most := min(r.most, now.Max) // it may be less already
		if err := unix.Setrlimit(r.resource, &unix.Rlimit{Cur: most, Max: most}); err != nil {
			return fmt.Errorf("limit process: %s: %w", r.name, err)
		}
	}
	return nil
}

// limitCPU has the system end the process soon after it used so much: should
// the watch not come to it.
func limitCPU(most time.Duration) {
	seconds := uint64(most/time.Second) + 2
	var now unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_CPU, &now) == nil && seconds < now.Max {
		_ = unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: seconds, Max: now.Max}) // only lowered, which is always allowed
	}
}

// cpuTime returns the processor time of this process.
func cpuTime() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
