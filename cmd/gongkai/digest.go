package main

import (
	"context"
	"errors"
	"strconv"

	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

func newDigest(a *app) *cobra.Command {
	var l listing
	var tables bool
	cmd := &cobra.Command{
		Use:   "digest",
		Short: "Name the content of the warehouse by a digest",
		Long: `Print a digest of everything the warehouse says. Two warehouses with the same
documents, read with the same result, have the same digest, however and whenever
they were loaded. --tables shows in which table they differ.`,
		Example: examples("gongkai digest", "gongkai digest --tables --format csv"),
		Args:    exactly(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.digest(cmd.Context(), l, tables) },
	}
	listingFlags(cmd, &l)
	cmd.Flags().BoolVar(&tables, "tables", false, "one digest for each table")
	return cmd
}

func (a *app) digest(ctx context.Context, l listing, tables bool) (err error) {
	db, err := a.openReading(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if !tables {
		return a.list(l, tabular.Columns("digest"), "", func(add func([]tabular.Value) error) error {
			digest, err := db.Digest(ctx)
			if err != nil {
				return err
			}
			return add(tabular.Known(digest))
		})
	}
	all, err := db.TableDigests(ctx)
	if err != nil {
		return err
	}
	return a.list(l, tabular.Columns("table", "rows:integer", "digest"), "", func(add func([]tabular.Value) error) error {
		for _, t := range all {
			if err := add(tabular.Known(t.Table, strconv.FormatInt(t.Rows, 10), t.Sum)); err != nil {
				return err
			}
		}
		return nil
	})
}
