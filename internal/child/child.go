package child

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// A Process is a running child. It sees nothing of the environment, and an
// interrupt from the terminal does not reach it: its parent decides.
type Process struct {
	In      io.WriteCloser // its standard input: it should end when this does
	Out     io.ReadCloser  // its standard output
	command *exec.Cmd
	said    opening
	end     sync.Once
}

// Start starts this program with args. Dir is its working folder; empty means
// that of the parent.
func Start(args []string, dir string) (*Process, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", args[0], err)
	}
	p := &Process{command: exec.Command(program, args...)}
	p.command.Env, p.command.Dir, p.command.SysProcAttr = []string{}, dir, apart()
	p.command.Stderr = &p.said
	if p.In, err = p.command.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start %s: %w", args[0], err)
	}
	if p.Out, err = p.command.StdoutPipe(); err != nil {
		return nil, fmt.Errorf("start %s: %w", args[0], err)
	}
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", args[0], err)
	}
	return p, nil
}

// Kill ends the process by force. Whoever reads from it gets an error.
func (p *Process) Kill() { _ = p.command.Process.Kill() }

// An Ending says how a process came to its end.
type Ending struct {
	CPU      time.Duration // that it used
	OverCPU  bool          // it met Limits.CPU
	OverSize bool          // it met a limit on memory
	Said     string        // the first line that it wrote as an error
}

// graceTime is how long a process that should end by itself may take.
const graceTime = 200 * time.Millisecond

// End closes the process's input, waits for it and kills it if it does not end.
func (p *Process) End() Ending {
	p.end.Do(func() {
		_ = p.In.Close()
		timer := time.AfterFunc(graceTime, p.Kill)
		_, _ = io.Copy(io.Discard, p.Out)
		_ = p.command.Wait() // how it ended is read below
		timer.Stop()
	})
	state, said := p.command.ProcessState, p.said.String()
	return Ending{
		CPU:      state.UserTime() + state.SystemTime(),
		OverCPU:  state.ExitCode() == exitCPU || strings.Contains(said, "SIGXCPU"),
		OverSize: outOfMemory(said),
		Said:     firstLine(said),
	}
}

// outOfMemory knows what the Go and the C++ runtime say when the system gives
// them no more memory.
func outOfMemory(said string) bool {
	for _, sign := range []string{"out of memory", "cannot allocate memory", "bad_alloc", "failed to create new OS thread", "Cannot allocate"} {
		if strings.Contains(said, sign) {
			return true
		}
	}
	return false
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// An opening keeps the beginning of what is written to it.
type opening struct {
	mu sync.Mutex
	b  []byte
}

const mostSaid = 8 << 10

func (t *opening) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, p[:min(len(p), mostSaid-len(t.b))]...)
	return len(p), nil
}

func (t *opening) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}
