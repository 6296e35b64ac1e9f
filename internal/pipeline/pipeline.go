package pipeline

import (
	"context"
	"errors"
	"strings"

	"gongkai"
	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/extract"
	"gongkai/extract/reader"
	"gongkai/internal/durable"
	"gongkai/warehouse"
)

// A Pipeline is a data folder and how runs work on it.
type Pipeline struct {
	Folder    Folder
	Watch     Watcher
	Memory    string         // of the database, such as "8GB"; empty for its own limits
	AllowLoss bool           // publish although documents are missing
	Workers   reader.Options // how readers in processes of their own are started
	Version   string         // of the program
	Revision  string         // that it was built from; empty if that is not known

	Disk  durable.Disk      // takes the steps of publishing; its zero value is the disk
	Point func(name string) // called at named points, where tests end the process; nil for nothing
}

// at passes a named point.
func (p *Pipeline) at(name string) {
	if p.Point != nil {
		p.Point(name)
	}
}

// program names the program with its revision.
func (p *Pipeline) program() string { return strings.TrimSpace(p.Version + " " + p.Revision) }

// publication is a new warehouse for this data folder. Whoever publishes it
// holds the lock of the folder.
func (p *Pipeline) publication(fill func(*warehouse.DB) error) *warehouse.Publication {
	return &warehouse.Publication{
		Path:      p.Folder.Database(),
		Options:   warehouse.Options{Forms: extract.Forms(), MemoryLimit: p.Memory},
		Fill:      fill,
		Lossy:     func(l warehouse.Lost) { p.Watch.Met(ReportsLost{l}) },
		AllowLoss: p.AllowLoss,
		Disk:      p.Disk,
	}
}

// Change publishes a copy of the warehouse, or an empty one, after fill has
// changed it. The caller holds the lock of the folder.
func (p *Pipeline) Change(ctx context.Context, fill func(*warehouse.DB) error) error {
	return p.publication(fill).Publish(ctx)
}

// A run is a pipeline at work: what it was asked for, and what its steps have
// made so far.
type run struct {
	*Pipeline

	sites     []*crawler.Site // the registry: whose agencies the warehouse gets
	gathering Gathering
	paths     []string
	options   IngestOptions
	reading   Reading
	anew      bool                                        // build the warehouse anew instead of changing a copy
	want      func(hash string, d *gongkai.Document) bool // which documents are read; nil for all
	told      func(*gongkai.Document, []*gongkai.Report)  // called for every document that gave reports; nil for nothing

	archive *archive.Archive
	journal *crawler.Journal
	kept    *kept
	healed  map[string]bool // hashes of documents that were written again
	waiting map[string]bool // hashes of documents in lists that are in doubt
	db      *warehouse.DB   // the new one, not yet published
	index   *crawler.Index
	split   *splitReports
	held    *holdings
	basis   string
	loaded  Loaded
	night   Night

	gathered *Gathered // what visits left to be told; nil if the run makes none
	news     news
}

// close lets go of what the steps have opened.
func (r *run) close() error {
	var errs []error
	if r.journal != nil {
		errs = append(errs, r.journal.Close())
	}
	if r.archive != nil {
		errs = append(errs, r.archive.Close())
	}
	return errors.Join(errs...)
}
