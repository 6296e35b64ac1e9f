package pipeline

import (
	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/internal/linelog"
	"gongkai/warehouse"
)

// A Watcher is told how a run goes, one call at a time.
type Watcher interface {
	// Met is called for each event, in order.
	Met(Event)
	// Counting begins a count of something, such as "documents".
	Counting(what string) Counter
}

// A Counter is told of each thing that is done.
type Counter interface {
	Step()
	End()
}

// An Event is something that a run has met. Its code is a word for machines.
type Event interface{ Code() string }

// The events.
type (
	// ArchiveMended: opening the archive has repaired something.
	ArchiveMended struct{ Note archive.Note }
	// ArchiveHealed: captures that could not be read any more were written again.
	ArchiveHealed struct{ Notes []archive.Note }
	// LineDamaged: a line of journal or run log cannot be read.
	LineDamaged struct{ Damage *linelog.Damage }
	// NotesLost: what earlier visits left to be told cannot be read.
	NotesLost struct{ Err error }
	// DocumentDamaged: the archive cannot give a document.
	DocumentDamaged struct{ Err error }
	// DocumentLost: a document is left out whose loss was accepted.
	DocumentLost struct{ Err error }
	// ReportsLost: what is published now has less of a document than before.
	ReportsLost struct{ Lost warehouse.Lost }
	// DocumentFailed: a document gave no report, or not all of one.
	DocumentFailed struct{ Problem *Problem }
	// ReportRead: a report was read.
	ReportRead struct{ Report *gongkai.Report }
	// RosterUnclear: lines of roster pages oblige nobody.
	RosterUnclear struct{ Problems []gongkai.RosterProblem }
	// LinkDone: a link of a site came to its end.
	LinkDone struct{ Outcome crawler.Outcome }
	// FileSkipped: a file is no document. It is Odd if who named it may have
	// expected that it is one.
	FileSkipped struct {
		Path, Reason string
		Odd          bool
	}
	// FileSame: a file has the bytes of an earlier one of this run.
	FileSame struct{ Path, First string }
)

func (ArchiveMended) Code() string   { return "archive_mended" }
func (ArchiveHealed) Code() string   { return "archive_healed" }
func (LineDamaged) Code() string     { return "line_damaged" }
func (NotesLost) Code() string       { return "notes_lost" }
func (DocumentDamaged) Code() string { return "document_damaged" }
func (DocumentLost) Code() string    { return "document_lost" }
func (ReportsLost) Code() string     { return "reports_lost" }
func (DocumentFailed) Code() string  { return "document_failed" }
func (ReportRead) Code() string      { return "report_read" }
func (RosterUnclear) Code() string   { return "roster_unclear" }
func (LinkDone) Code() string        { return "link_done" }
func (FileSkipped) Code() string     { return "file_skipped" }
func (FileSame) Code() string        { return "file_same" }
