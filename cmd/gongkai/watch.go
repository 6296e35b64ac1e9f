package main

import (
	"fmt"
	"log/slog"
	"strings"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/internal/console"
	"gongkai/internal/linelog"
	"gongkai/internal/pipeline"
	"gongkai/internal/words"
)

// A watcher tells people of the events of a pipeline.
type watcher struct {
	a   *app
	bar *console.Progress // of what is being counted; nil if nothing is
}

// Counting begins to show progress.
func (w *watcher) Counting(what string) pipeline.Counter {
	w.bar = w.a.progress(what)
	return w.bar
}

// Met writes the message of an event; some are for --verbose only.
func (w *watcher) Met(e pipeline.Event) {
	a := w.a
	switch e := e.(type) {
	case pipeline.ArchiveMended:
		w.warn("archive: " + words.ArchiveNote(&e.Note))
	case pipeline.ArchiveHealed:
		a.sayHealed(e.Notes)
	case pipeline.LineDamaged:
		a.sayDamaged([]*linelog.Damage{e.Damage})
	case pipeline.NotesLost:
		w.warn(e.Err.Error())
	case pipeline.DocumentDamaged:
		w.clear()
		a.say.Error(e.Err.Error())
	case pipeline.DocumentLost:
		w.warn(e.Err.Error() + ": it was accepted as lost, and is left out")
	case pipeline.ReportsLost:
		w.warn(e.Lost.Name + ": it was published and is less now: " + e.Lost.Reason)
	case pipeline.DocumentFailed:
		w.clear()
		a.sayProblem(e.Problem)
	case pipeline.ReportRead:
		a.sayIssues(e.Report)
	case pipeline.RosterUnclear:
		p := e.Problems[0]
		w.warn(fmt.Sprintf("%d lines of roster pages oblige nobody, the first: %s %s: %s", len(e.Problems), p.Source, p.Unit, p.Detail),
			console.HintKey, "gongkai query \"FROM roster_problem\" lists them")
	case pipeline.LinkDone:
		w.outcome(e.Outcome)
	case pipeline.FileSkipped:
		w.skipped(e)
	case pipeline.FileSame:
		a.say.Debug(e.Path + ": the same bytes as " + e.First)
	default:
		a.say.Debug(e.Code(), slog.Any("event", e))
	}
}

func (w *watcher) clear() {
	if w.bar != nil {
		w.bar.Clear()
	}
}

func (w *watcher) warn(message string, attrs ...any) {
	w.clear()
	w.a.say.Warn(message, attrs...)
}

func (w *watcher) skipped(e pipeline.FileSkipped) {
	if message := e.Path + ": skipped: " + e.Reason; e.Odd {
		w.warn(message)
	} else {
		w.a.say.Debug(message)
	}
}

// outcome tells of what was not captured, with --verbose of everything.
func (w *watcher) outcome(o crawler.Outcome) {
	switch o.Result {
	case crawler.Problem:
		w.warn(fmt.Sprintf("%s: %s %s: %s", o.Site, o.Failure, o.URL, o.Detail))
	case crawler.Skipped:
		w.a.say.Debug(fmt.Sprintf("%s: skipped (%s) %s %s", o.Site, o.Skip, o.URL, o.Title))
	default:
		w.a.say.Debug(fmt.Sprintf("%s: %s %s", o.Site, o.Result, o.URL))
	}
}

// sayProblem tells of a problem in one line and what to do in another.
func (a *app) sayProblem(p *pipeline.Problem) {
	_, next := p.Kind()
	a.say.Error(p.Name+": "+p.Step+": "+p.Cause(), console.HintKey, next)
}

// sayIssues lists what is odd in a report, with --verbose.
func (a *app) sayIssues(r *gongkai.Report) {
	for i := range r.Issues {
		is := &r.Issues[i]
		where := strings.Trim(strings.Join([]string{is.Table, is.Row, is.Column}, "."), ".")
		if where != "" {
			where += ": "
		}
		a.say.Debug(r.Name + ": " + is.Code + ": " + where + is.Detail + words.Place(" (", is.Place, ")"))
	}
}

// sayHealed tells what was written again in the archive.
func (a *app) sayHealed(notes []archive.Note) {
	documents := map[string]bool{}
	for i := range notes {
		documents[notes[i].Hash] = true
		if i < words.MostNotes {
			a.say.Info("archive: " + words.ArchiveNote(&notes[i]))
		}
	}
	if len(notes) > 0 {
		a.say.Info(fmt.Sprintf("archive: %d captures of %d documents that could not be read any more were written again", len(notes), len(documents)))
	}
}

// sayDamaged warns of lines of a journal or run log that cannot be read. They
// stop no run.
func (a *app) sayDamaged(damaged []*linelog.Damage) {
	for _, d := range damaged {
		a.say.Warn(d.Error(), console.HintKey, "the other lines are read; gongkai doctor says what it means, gongkai doctor --repair sets damaged lines aside")
	}
}
