package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"gongkai"
	"gongkai/analysis"
	"gongkai/crawler/archive"
	"gongkai/internal/console"
	"gongkai/internal/pipeline"
	"gongkai/internal/release"
	"gongkai/internal/tabular"
	"gongkai/warehouse"
)

// The exit codes. Scripts depend on them.
const (
	exitOK          = 0
	exitFailed      = 1   // the run failed
	exitUsage       = 2   // the command line is wrong
	exitPartial     = 3   // done, but for some files, or not all rows were given
	exitFindings    = 4   // data checks failed
	exitLocked      = 5   // another run holds the data
	exitCorrupt     = 6   // stored data is damaged
	exitInterrupted = 130 // interrupted
	exitTerminated  = 143 // terminated
)

// An exitError ends a run with a code of its own. Without err there is nothing
// more to say: the messages are out already.
type exitError struct {
	code int
	err  error
	hint string
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// usage makes an error of a wrong command line.
func usage(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// hinted adds what to do next to an error.
func hinted(err error, hint string) error {
	if err == nil {
		return nil
	}
	return &exitError{code: codeOf(err), err: err, hint: hint}
}

// partial ends a run that is done but for what was said already.
func partial() error { return &exitError{code: exitPartial} }

// codeOfAsked are the exit codes of what was asked for and cannot be had: what
// the program does not know is a wrong command line, what the data lacks is not.
var codeOfAsked = map[gongkai.Code]int{
	gongkai.CodeUnknown:   exitUsage,
	gongkai.CodeNotFound:  exitFailed,
	gongkai.CodeAmbiguous: exitUsage,
	gongkai.CodeInvalid:   exitUsage,
}

// trouble gives for each code of the pipeline's errors the exit code, and what to
// do next.
var trouble = map[gongkai.Code]struct {
	exit int
	hint string
}{
	pipeline.NoArchive:      {exitFailed, "gongkai ingest PATH makes one, or --data FOLDER names another"},
	pipeline.NoSites:        {exitUsage, "site files are named *.toml; gongkai sites new makes one"},
	pipeline.UnknownSite:    {exitUsage, "gongkai sites list shows all"},
	pipeline.NotEnabled:     {exitUsage, "name one with --site ID, enable some with gongkai sites enable ID|--all --contact ADDRESS, or give a folder of your own with --sites"},
	pipeline.BadDelivery:    {exitUsage, ""},
	pipeline.BadRecords:     {exitFailed, "gongkai records lint lists the faults"},
	pipeline.DamagedArchive: {exitCorrupt, "restore the archive from a copy, or ingest the intact files again, which heals it; gongkai archive verify lists all damage"},
	pipeline.Undelivered:    {exitPartial, ""},
	release.Missing:         {exitFailed, "gongkai rank release --list shows all"},
	release.Damaged:         {exitCorrupt, "fetch the release from a copy; nothing else holds it, and it is never written twice"},
	release.Unfit:           {exitUsage, "give that with --reason"},
	release.Unconfirmed:     {exitFindings, "gongkai review lists them for a person to decide; --draft makes a 草案 without"},
	release.NoPrint:         {exitFailed, "write the report with --out FILE.html and print it from any browser, or install Chromium"},
}

// codeOf returns the exit code for an error.
func codeOf(err error) int {
	var e *exitError
	var coded *pipeline.Error
	var locked *archive.LockedError
	var damage *archive.Damage
	var asked *gongkai.Error
	var cut *tabular.CutError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &e):
		return e.code
	case errors.Is(err, analysis.ErrRank), errors.Is(err, console.ErrNoFile):
		return exitUsage
	case errors.As(err, &asked):
		return codeOfAsked[asked.Code]
	case errors.As(err, &coded):
		return trouble[coded.Code].exit
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &locked), errors.Is(err, warehouse.ErrLocked), lockedDatabase(err):
		return exitLocked
	case errors.As(err, &cut):
		return exitPartial
	case errors.As(err, &damage), warehouse.Damaged(err):
		return exitCorrupt
	case strings.HasPrefix(err.Error(), "unknown command "):
		return exitUsage
	}
	return exitFailed
}

// hintOf returns what to do about an error; empty if that is not known.
func hintOf(err error) string {
	var e *exitError
	if errors.As(err, &e) && e.hint != "" {
		return e.hint
	}
	var coded *pipeline.Error
	if errors.As(err, &coded) && trouble[coded.Code].hint != "" {
		return trouble[coded.Code].hint
	}
	if full(err) {
		return "make room on the disk, or lift the limit on file size or quota, and run it again: what was published is untouched, and nothing that was kept is lost"
	}
	if err != nil && strings.Contains(err.Error(), "Out of Memory Error") {
		return "give the database more with --memory, such as --memory 8GB"
	}
	if errors.Is(err, warehouse.ErrSchema) {
		return "gongkai build makes the warehouse again from the archive"
	}
	if warehouse.Damaged(err) {
		return "gongkai build makes the warehouse again from the archive; until then gongkai.duckdb.previous beside it, if it is there, is the last good one: copy it to gongkai.duckdb"
	}
	if hint := askedHint(err); hint != "" {
		return hint
	}
	switch codeOf(err) {
	case exitUsage:
		return "see gongkai help, or add --help to the command"
	case exitLocked:
		return "wait until the other run has ended; nothing was changed"
	case exitCorrupt:
		return "gongkai doctor and gongkai archive verify say what is damaged; gongkai build makes the warehouse again"
	}
	return ""
}

// askedHint says how to name an agency or a report.
func askedHint(err error) string {
	var e *gongkai.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch e.What {
	case "report":
		return "gongkai agency NAME lists the numbers and hashes"
	case "agency":
	default:
		return ""
	}
	switch e.Code {
	case gongkai.CodeNotFound:
		return "gongkai query 'SELECT DISTINCT agency FROM v_current_report' lists them"
	case gongkai.CodeAmbiguous:
		return "give the key, which stands in brackets"
	case gongkai.CodeUnknown, gongkai.CodeInvalid:
	}
	return ""
}

// full reports whether there was no room to write. DuckDB says so in words.
func full(err error) bool {
	for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT} {
		if errors.Is(err, errno) || err != nil && strings.Contains(strings.ToLower(err.Error()), errno.Error()) {
			return true
		}
	}
	return false
}

// lockedDatabase goes by the message: the DuckDB driver has no error value.
func lockedDatabase(err error) bool {
	return strings.Contains(err.Error(), "Could not set lock on file")
}
