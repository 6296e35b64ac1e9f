package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"regexp"

	"gongkai/internal/config"
	"gongkai/internal/console"
	"gongkai/internal/durable"
	"gongkai/internal/pipeline"

	"golang.org/x/term"
)

// An app is one run of the command line: its streams, the flags that every
// command has, and its messages.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	data      string // the data folder
	config    *config.Config
	quiet     bool
	verbose   int
	logFormat string
	color     string
	memory    string // of the database; empty for its own limits
	allowLoss bool   // publish although documents are missing

	disk  durable.Disk      // takes the steps of publishing; nil but in tests
	point func(name string) // called at named points of a run; nil but in tests
	say   *slog.Logger
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *app {
	return &app{
		stdin: stdin, stdout: stdout, stderr: stderr, config: &config.Config{},
		say: console.NewLogger(stderr, "text", slog.LevelInfo, false),
	}
}

// memorySize matches what DuckDB takes for a memory_limit.
var memorySize = regexp.MustCompile(`^[1-9]\d{0,5}(MB|GB|TB|MiB|GiB|TiB)$`)

// start applies the flags that every command has.
func (a *app) start() error {
	level := slog.LevelInfo
	switch {
	case a.quiet && a.verbose > 0:
		return usage("--quiet and --verbose exclude each other")
	case a.quiet:
		level = slog.LevelWarn
	case a.verbose > 0:
		level = slog.LevelDebug
	}
	if a.logFormat != "text" && a.logFormat != "json" {
		return usage("--log-format %q: text or json", a.logFormat)
	}
	if a.memory != "" && !memorySize.MatchString(a.memory) {
		return usage("--memory %q: a size such as 800MB or 8GB", a.memory)
	}
	if a.color != "auto" && a.color != "always" && a.color != "never" {
		return usage("--color %q: auto, always or never", a.color)
	}
	a.say = console.NewLogger(a.stderr, a.logFormat, level, a.colored(a.stderr))
	return nil
}

// colored reports whether to colour what goes to w.
func (a *app) colored(w io.Writer) bool {
	if a.color != "auto" {
		return a.color == "always"
	}
	return os.Getenv("NO_COLOR") == "" && terminal(w) && os.Getenv("TERM") != "dumb"
}

// terminal reports whether w is a terminal.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// finish says what went wrong and returns the exit code of the run.
func (a *app) finish(ctx context.Context, err error) int {
	code := codeOf(err)
	if ctx.Err() != nil && err != nil {
		code = stoppedCode(ctx)
		err = &exitError{code: code, err: stopped(code), hint: "run the same command again: it goes on where it stopped"}
	}
	var e *exitError
	if err == nil || errors.As(err, &e) && e.err == nil {
		return code
	}
	a.say.Error(err.Error()+meant(err), hintAttr(hintOf(err))...)
	return code
}

func hintAttr(hint string) []any {
	if hint == "" {
		return nil
	}
	return []any{console.HintKey, hint}
}

// folder is the data folder.
func (a *app) folder() pipeline.Folder { return pipeline.Folder(a.data) }

// archiveDir is where the archive of record is kept.
func (a *app) archiveDir() string { return a.folder().Archive() }

// database is the path of the warehouse.
func (a *app) database() string { return a.folder().Database() }

// pipeline is what works on the data folder.
func (a *app) pipeline() *pipeline.Pipeline {
	program, revision := programVersion()
	return &pipeline.Pipeline{
		Folder: a.folder(), Watch: &watcher{a: a}, Memory: a.memory, AllowLoss: a.allowLoss,
		Workers: readerOptions(false, 1), Version: program, Revision: revision, Disk: a.disk, Point: a.point,
	}
}

// progress begins to show progress of something counted, such as "documents".
func (a *app) progress(what string) *console.Progress {
	return console.NewProgress(what, a.stderr, terminal(a.stderr) && !a.quiet && a.logFormat == "text", a.say)
}

// An output is standard output or a file, which is kept if the run is done at
// least in part.
type output struct{ *console.Output }

// create opens an output; "-" and nothing are standard output.
func (a *app) create(path string) (output, error) {
	o, err := console.Create(path, a.stdout)
	return output{o}, err
}

func (o output) finish(err error) error {
	return o.Finish(err, func(err error) bool { code := codeOf(err); return code == exitPartial || code == exitFindings })
}
