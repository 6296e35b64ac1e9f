package main

import (
	"context"
	"path/filepath"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/release"

	"github.com/spf13/cobra"
)

func newRankReport(a *app) *cobra.Command {
	var o analysis.RankOptions
	var out string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write the ranking as a printable report in Chinese (HTML or PDF)",
		Long: `Write a ranking as one HTML file in Chinese that prints on A4: how to read it,
coverage, bands with intervals, a score sheet for each agency with each adverse
figure, its document, place and SHA-256, the agencies without a report, the
method and the sensitivity, and beside each fault where the talk with the agency
about it stands (records/replies.toml). It needs no network. The same warehouse,
seed and rules give the same bytes of HTML. A file whose name ends in .pdf is
printed by Chromium or Chrome, if one is installed.`,
		Example: examples("gongkai rank report --year 2024 --peer-group 县级部门 --out rank.html"),
		Args:    exactly(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.rankReport(cmd.Context(), o, out) },
	}
	rankFlags(cmd, &o)
	cmd.Flags().StringVar(&out, "out", "-", "write to `file` instead of standard output; FILE.pdf is printed by Chromium")
	return cmd
}

func (a *app) rankReport(ctx context.Context, o analysis.RankOptions, path string) (err error) {
	if o.Stored {
		return usage("the report shows the cells of each finding: leave --stored out")
	}
	r, err := a.ranking(ctx, o)
	if err != nil {
		return err
	}
	body, err := release.HTML(r, nil)
	if err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(path), ".pdf") {
		if body, err = release.Print(ctx, body); err != nil {
			return err
		}
	}
	out, err := a.create(path)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	_, err = out.Write(body)
	return err
}
