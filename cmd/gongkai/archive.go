package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gongkai/crawler/archive"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newArchive(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "archive",
		Short: "Look into the archive of record: verify, list, extract",
		Long: `The archive (WARC/1.1 files under the data folder) keeps every document as it
was found or served. Everything else can be built from it again.`,
		Example: examples("gongkai archive list --format csv"),
		Args:    commandOf,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newArchiveVerify(a), newArchiveList(a), newArchiveExtract(a))
	return cmd
}

func newArchiveVerify(a *app) *cobra.Command {
	var l listing
	var accept bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Compare every byte of the archive with its digests",
		Long: `Read every record of every file and compare it with its digests, its metadata
and the index, and every file with the manifest, which says what was written.
Damage is listed by file and offset, with exit code 6.

What is damaged is healed when the intact document is ingested, or is found at
its address, again. Where nothing can heal it, such as an old copy of a list,
--accept-loss notes the loss: it is damage no longer, and doctor goes on to name
it.`,
		Example: examples("gongkai archive verify", "gongkai archive verify --accept-loss   # live with what is listed"),
		Args:    exactly(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.verifyArchive(cmd.Context(), l, accept) },
	}
	listingFlags(cmd, &l)
	cmd.Flags().BoolVar(&accept, "accept-loss", false, "note all damage that is listed as accepted: it is damage no longer")
	return cmd
}

func (a *app) verifyArchive(ctx context.Context, l listing, accept bool) error {
	ar, err := a.folder().ReadArchive()
	if err == nil && accept {
		_ = ar.Close() // nothing was written
		ar, err = a.pipeline().OpenArchive()
	}
	if err != nil {
		return err
	}
	defer ar.Close()
	totals, damage, err := ar.Verify(ctx)
	if err != nil {
		return err
	}
	columns := tabular.Columns("file", "offset:integer", "damage")
	err = a.list(l, columns, "no damage", func(add func([]tabular.Value) error) error {
		for _, d := range damage {
			if err := add(tabular.Known(d.File, strconv.FormatInt(d.Offset, 10), d.Detail)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	a.say.Info(fmt.Sprintf("%d files, %d captures, %d documents, %d bytes; %d damaged places, %d healed or accepted",
		totals.Files, totals.Captures, totals.Documents, totals.Bytes, len(damage), totals.Settled))
	if len(damage) > 0 && accept {
		if err := ar.Accept(damage); err != nil {
			return err
		}
		a.say.Warn(fmt.Sprintf("%d damaged places are accepted as lost from now on; gongkai doctor names them", len(damage)))
		return nil
	}
	if len(damage) > 0 {
		return &exitError{
			code: exitCorrupt, err: fmt.Errorf("the archive in %s is damaged", a.data),
			hint: "restore the files from a copy, or ingest the intact documents again, which heals them; what is whole can still be read",
		}
	}
	return nil
}

func newArchiveList(a *app) *cobra.Command {
	var l listing
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List all captures, oldest first",
		Long:    "List every capture in the archive, oldest first: documents, pages, failures, references to earlier bytes.",
		Example: examples("gongkai archive list --format jsonl"),
		Args:    exactly(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listArchive(cmd.Context(), l) },
	}
	listingFlags(cmd, &l)
	return cmd
}

func (a *app) listArchive(ctx context.Context, l listing) error {
	ar, err := a.folder().ReadArchive()
	if err != nil {
		return err
	}
	defer ar.Close()
	columns := tabular.Columns(
		"time:datetime", "type", "kind", "name", "size:integer", "document", "problem", "file", "offset:integer",
	)
	return a.list(l, columns, "the archive is empty: gongkai ingest PATH fills it", func(add func([]tabular.Value) error) error {
		for e, err := range ar.List() {
			if err := errors.Join(err, ctx.Err()); err != nil {
				return err
			}
			name, trouble := e.Name, e.Failure
			if name == "" {
				name = e.URL
			}
			if trouble == "" {
				trouble = e.Quarantine
			}
			err := add(tabular.Known(e.Time.UTC().Format(time.DateTime), e.Type, e.Kind, name, strconv.FormatInt(e.Size, 10),
				e.Hash, trouble, e.File, strconv.FormatInt(e.Offset, 10)))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func newArchiveExtract(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "extract SHA256 FILE",
		Short: "Write a document of the archive to a file, byte for byte",
		Long: `Write the document with the given SHA-256 to a new file. The hash stands in
every listing, such as those of archive list and check.`,
		Example: examples("gongkai archive extract $HASH copy.html   # the hash from archive list"),
		Args:    exactly("SHA256", "FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			ar, err := a.folder().ReadArchive()
			if err != nil {
				return err
			}
			defer ar.Close()
			err = ar.Extract(args[0], args[1])
			if errors.Is(err, archive.ErrNotFound) {
				return hinted(err, "gongkai archive list shows what is there")
			}
			return err
		},
	}
}
