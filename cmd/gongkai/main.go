package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() { os.Exit(mainCode()) }

// mainCode runs the command line of this process.
func mainCode() int {
	ctx, stop := interruptible(context.Background(), func(code int) {
		_, _ = io.WriteString(os.Stderr, "gongkai: interrupted\n") // the streams may be in use
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

// interruptible returns a context that ends at the first interrupt. A second
// one, or a run that has not stopped after graceTime, calls exit: nothing is
// lost by that, because every stage can be cut at any point.
func interruptible(parent context.Context, exit func(int)) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
		case <-ctx.Done():
			return
		}
		cancel()
		select {
		case <-signals:
		case <-time.After(graceTime):
		}
		exit(exitInterrupted)
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
	}
}
