package main

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
	"gongkai/crawler/archive"
	"gongkai/extract"
	"gongkai/internal/notify"
	"gongkai/queries"
	"gongkai/warehouse"
)

// basis names all that the warehouse of a night is made from and checked with:
// the archive up to its last capture, what waits, the deadlines that have passed,
// the registry, the records of people, the rules and the program. Even a visit
// that found nothing new counts: it says until when nothing was published; and a
// deadline that passes in silence makes what is not there missing.
func (a *app) basis(ar *archive.Archive, j *crawler.Journal, g gathering) (string, error) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	captures, last := 0, ""
	for e, err := range ar.List() {
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
	program, revision := programVersion()
	if info, ok := debug.ReadBuildInfo(); ok {
		program = info.String() // with all modules and settings
	}
	if err := enc.Encode([]any{captures, last, j.Waiting(), crawler.LastDeadline(g.clock()), g.registered(), rules, program, revision}); err != nil {
		return "", fmt.Errorf("basis of the warehouse: %w", err)
	}
	records := os.DirFS(a.recordsDir())
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

// unchanged reports whether the published warehouse has the basis, and a run
// whose figures still hold. Where that cannot be told it is made anew.
func (a *app) unchanged(ctx context.Context, basis string) bool {
	if _, err := os.Stat(a.database()); err != nil {
		return false
	}
	if runs, _, err := a.runs(); err != nil || notify.LastPublished(runs) == nil {
		return false
	}
	db, err := warehouse.Open(ctx, a.database(), warehouse.Options{ReadOnly: true, Forms: extract.Forms()})
	if err != nil {
		return false
	}
	defer db.Close()
	found, err := db.Basis(ctx)
	return err == nil && found == basis
}
