package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"

	"gongkai/crawler"
	"gongkai/extract"
	"gongkai/internal/notify"
	"gongkai/queries"
	"gongkai/warehouse"
)

// basisNow names all that the warehouse of a night is made from and checked with:
// the archive up to its last capture, what waits, the deadlines that have passed,
// the registry, what the visits did not bring, the records of people, the rules
// and the program. Even a visit
// that found nothing new counts: it says until when nothing was published; and a
// deadline that passes in silence makes what is not there missing.
func (r *run) basisNow() (string, error) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	captures, last := 0, ""
	for e, err := range r.archive.List() {
		if err != nil {
			return "", fmt.Errorf("basis of the warehouse: %w", err)
		}
		captures++
		last = e.Record
	}
	rules, err := queries.All()
	if err != nil {
		return "", err
	}
	program := r.Version
	if info, ok := debug.ReadBuildInfo(); ok {
		program = info.String() // with all modules and settings
	}
	if err := enc.Encode([]any{captures, last, r.journal.Waiting(), crawler.LastDeadline(r.gathering.clock()), r.sites, rules, program, r.Revision}); err != nil {
		return "", fmt.Errorf("basis of the warehouse: %w", err)
	}
	for i := range r.gathered.Problems {
		if p := &r.gathered.Problems[i]; p.Kind != string(crawler.SkipCancelled) {
			if err := enc.Encode([]any{p.Site, p.URL, p.Title, p.Kind, p.Skipped}); err != nil {
				return "", fmt.Errorf("basis of the warehouse: %w", err)
			}
		}
	}
	records := os.DirFS(r.Folder.Records())
	err = fs.WalkDir(records, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(records, path)
		if err != nil {
			return err
		}
		return enc.Encode([]any{path, body})
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("basis of the warehouse: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// compare ends the night if nothing has changed since the last publication.
func (r *run) compare(ctx context.Context) (err error) {
	if r.basis, err = r.basisNow(); err != nil {
		return err
	}
	if r.night.Quiet = r.unchanged(ctx); !r.night.Quiet {
		return nil
	}
	if err := r.conclude(nil); err != nil {
		return err
	}
	return errDone
}

// unchanged reports whether the published warehouse has the basis, and a run
// whose figures still hold. Where that cannot be told it is made anew.
func (r *run) unchanged(ctx context.Context) bool {
	if _, err := os.Stat(r.Folder.Database()); err != nil {
		return false
	}
	if runs, _, err := r.Folder.Runs(); err != nil || notify.LastPublished(runs) == nil {
		return false
	}
	db, err := warehouse.Open(ctx, r.Folder.Database(), warehouse.Options{ReadOnly: true, Forms: extract.Forms()})
	if err != nil {
		return false
	}
	defer db.Close()
	found, err := db.Basis(ctx)
	return err == nil && found == r.basis
}
