package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gongkai/analysis"
	"gongkai/internal/console"
	"gongkai/internal/words"

	"github.com/spf13/cobra"
)

func newReview(a *app) *cobra.Command {
	var o analysis.RankOptions
	var write bool
	cmd := &cobra.Command{
		Use:   "review",
		Short: "List what a person has to confirm before a ranking is released",
		Long: `List what speaks against the agencies of a peer group and has not been confirmed,
as entries of records/confirmations.toml: each with its figures, document and the
places of its cells; reports of which something was not found (FAULT); agencies
that a roster says have not published. With the original before them, a person
writes for each a verdict (confirmed 属实, refuted 不属实, ours 我方误读), role and
date. What stays "?" is not decided. --write adds what is not there yet to the file.
It takes effect with the next ingest, build or nightly.`,
		Example: examples(
			"gongkai review --year 2024 --peer-group 县级部门",
			"gongkai review --year 2024 --peer-group 县级部门 --write",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.review(cmd.Context(), o, write) },
	}
	rankFlags(cmd, &o)
	for _, name := range []string{"seed", "draws", "stored"} {
		_ = cmd.Flags().MarkHidden(name) // they change nothing here
	}
	cmd.Flags().BoolVar(&write, "write", false, "add what is not there yet to records/confirmations.toml of the data")
	return cmd
}

func (a *app) review(ctx context.Context, o analysis.RankOptions, write bool) error {
	if o.Stored {
		return usage("a person needs the cells of each finding: leave --stored out")
	}
	r, err := a.ranking(ctx, o)
	if err != nil {
		return err
	}
	path := filepath.Join(a.folder().Records(), "confirmations.toml")
	file := []byte(nil)
	if write {
		if file, err = os.ReadFile(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	text, entries := words.Review(r, string(file))
	if !write {
		fmt.Fprint(a.stdout, text)
		a.say.Info(fmt.Sprintf("%d wait for a person", entries))
		return nil
	}
	if err := os.MkdirAll(a.folder().Records(), 0o755); err != nil {
		return err
	}
	if len(file) > 0 {
		text = "\n" + text
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	a.say.Info(fmt.Sprintf("wrote %d to %s", entries, path), console.HintKey, "decide each, then gongkai records lint")
	return nil
}
