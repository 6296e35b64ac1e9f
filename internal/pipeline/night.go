package pipeline

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"gongkai"
	"gongkai/analysis"
	"gongkai/crawler"
	"gongkai/internal/notify"
)

// A Night is one run from the sites to the published warehouse.
type Night struct {
	Summary  *crawler.RunSummary
	Outcomes []crawler.Outcome
	Loaded   Loaded
	Held     []string // sites with a list in doubt, whose new documents wait
	Quiet    bool     // nothing had changed: what is published stays
	Checks   analysis.Summary
	Findings []analysis.Finding
	Bulletin *notify.Bulletin // the last word of the run log on this run
}

// Nightly crawls, reads what is new into a copy of the warehouse, checks it and
// puts it in the place of the published one. Readers see the old or the new.
// It holds the lock of the archive, and so of the data folder, all the while.
// The night is nil if nothing was begun, and valid even after an error.
func (p *Pipeline) Nightly(ctx context.Context, g Gathering, reading Reading) (*Night, error) {
	r := &run{Pipeline: p, sites: g.registered(), gathering: g, reading: reading}
	r.want = func(hash string, d *gongkai.Document) bool {
		return !r.held.has(hash, d) && !r.waiting[hash]
	}
	r.told = func(d *gongkai.Document, reports []*gongkai.Report) { r.news.add(d, reports, r.held) }
	err := r.run(ctx, nightSteps, func(err error) error {
		if err != nil && r.night.Summary != nil {
			err = errors.Join(err, r.conclude(err))
		}
		return err
	})
	if r.night.Summary == nil {
		return nil, err
	}
	r.night.Loaded = r.loaded
	return &r.night, err
}

// A Delivery says who is told of a night; empty for nobody.
type Delivery struct {
	Webhook, Secret string // URL, and what signs the post
	Feed            string // file of an Atom feed
	Metrics         string // file for Prometheus's textfile collector
}

// Check refuses what cannot be delivered to, before a night is begun for it. The
// error is [BadDelivery].
func (to Delivery) Check() error {
	var errs []error
	if u, err := url.Parse(to.Webhook); to.Webhook != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		errs = append(errs, fmt.Errorf("webhook %q is no http(s) address", to.Webhook))
	}
	for _, path := range []string{to.Feed, to.Metrics} {
		if path == "" {
			continue
		}
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			errs = append(errs, fmt.Errorf("%s: there is no folder %s", path, filepath.Dir(path)))
		} else if info, err := os.Stat(path); err == nil && info.IsDir() {
			errs = append(errs, fmt.Errorf("%s is a folder: name a file in it", path))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return &Error{Code: BadDelivery, Err: err}
	}
	return nil
}

// Deliver brings the bulletin to everyone who asked for it. One that cannot be
// reached is no reason to leave out the others. The error is [Undelivered].
func (p *Pipeline) Deliver(ctx context.Context, b *notify.Bulletin, to Delivery) error {
	var errs []error
	if to.Feed != "" {
		errs = append(errs, p.Folder.writeFeed(to.Feed))
	}
	if to.Metrics != "" {
		errs = append(errs, notify.WriteMetrics(to.Metrics, b))
	}
	if to.Webhook != "" {
		errs = append(errs, notify.Post(ctx, to.Webhook, to.Secret, b))
	}
	if err := errors.Join(errs...); err != nil {
		return &Error{Code: Undelivered, Err: fmt.Errorf("the run is done, but not all was told of it: %w", err)}
	}
	return nil
}

// writeFeed writes the feed of what the runs brought.
func (f Folder) writeFeed(path string) error {
	runs, _, err := f.Runs()
	if err != nil {
		return err
	}
	return notify.WriteFeed(path, runs)
}
