package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() { os.Exit(mainCode()) }

// mainCode runs the command line of this process.
func mainCode() int {
	outliveFileLimit()
	ctx, stop := interruptible(context.Background(), func(code int) {
		_, _ = io.WriteString(os.Stderr, "gongkai: "+stopped(code).Error()+"\n") // the streams may be in use
		os.Exit(code)
	})
	defer stop()
	return run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// run runs one command line and returns its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := newApp(stdin, stdout, stderr)
	root := newRoot(a)
	root.SetArgs(args)
	return a.finish(ctx, root.ExecuteContext(ctx))
}

// graceTime is how long a run may take to stop after an interrupt.
const graceTime = 1500 * time.Millisecond

// errTerminated is the cause of a context that SIGTERM ended.
var errTerminated = errors.New("terminated")

// stoppedCode is the exit code of a run whose context has ended.
func stoppedCode(ctx context.Context) int {
	if errors.Is(context.Cause(ctx), errTerminated) {
		return exitTerminated
	}
	return exitInterrupted
}

// stopped says how a run with that code ended.
func stopped(code int) error {
	if code == exitTerminated {
		return errTerminated
	}
	return errors.New("interrupted")
}

// interruptible returns a context that ends at the first interrupt. A second
// one, or a run that has not stopped after graceTime, calls exit: nothing is
// lost by that, because every stage can be cut at any point.
func interruptible(parent context.Context, exit func(int)) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			if s == syscall.SIGTERM {
				cancel(errTerminated)
			}
		case <-ctx.Done():
			return
		}
		cancel(nil) // the first cause counts
		select {
		case <-signals:
		case <-time.After(graceTime):
		}
		exit(stoppedCode(ctx))
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}
