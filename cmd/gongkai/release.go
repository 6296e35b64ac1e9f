package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/release"
	"gongkai/internal/tabular"

	"github.com/spf13/cobra"
)

type releaseOptions struct {
	listing
	analysis.RankOptions
	reason, note string
	list, draft  bool
	verify       int
}

func newRelease(a *app) *cobra.Command {
	var o releaseOptions
	cmd := &cobra.Command{
		Use:   "release",
		Short: "Freeze a ranking under a number, with the release.Reasons of every change",
		Long: `Freeze a ranking: the folder releases of the data gets a numbered folder with
ranking.csv, ranking.json, report.html and manifest.json. The manifest holds what
the ranking was made of (digests of the warehouse and its tables, hash of the rules,
seed, weights, program), the SHA-256 of each file, the release before it of the same
year and group, and what changed since for each agency, with the release.Reasons. A release
is never overwritten. The first has --reason first; other rules or options than
those of the release before it need --reason rule_changed.

What speaks against an agency must have been confirmed by a person (gongkai review):
else there is no release (exit code 4), only, with --draft, one that says 草案 on
every page and that no later one is compared with.

--list lists the releases. --verify N compares the files of one with their hashes
(exit code 6 if they differ), then ranks again and compares: where the result is
another one, it says what differs (exit code 4).`,
		Example: examples(
			"gongkai rank release --year 2024 --peer-group 县级部门 --reason first",
			"gongkai rank release --year 2024 --peer-group 县级部门 --reason agency_corrected --note 来函〔2025〕3号",
			"gongkai rank release --list",
			"gongkai rank release --verify 1",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case o.list && cmd.Flags().Changed("verify"):
				return usage("--list or --verify, not both")
			case o.list:
				return a.listReleases(o.listing)
			case cmd.Flags().Changed("verify"):
				return a.verifyRelease(cmd.Context(), o.verify)
			}
			return a.release(cmd.Context(), o)
		},
	}
	listingFlags(cmd, &o.listing)
	rankFlags(cmd, &o.RankOptions)
	f := cmd.Flags()
	_ = f.MarkHidden("stored") // the report needs the cells of each finding
	f.StringVar(&o.reason, "reason", "", "why: "+strings.Join(release.Reasons, ", "))
	f.StringVar(&o.note, "note", "", "what more there is to say about it")
	f.BoolVar(&o.draft, "draft", false, "make a 草案 of what is not all confirmed")
	f.BoolVar(&o.list, "list", false, "list the releases")
	f.IntVar(&o.verify, "verify", 0, "verify release `n`")
	_ = cmd.RegisterFlagCompletionFunc("reason", cobra.FixedCompletions(release.Reasons, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// releases are those of the data folder.
func (a *app) releases() *release.Store {
	program, revision := programVersion()
	return &release.Store{
		Dir: filepath.Join(a.data, "releases"), Disk: a.disk, Program: strings.TrimSpace(program + " " + revision), Open: a.openReading,
	}
}

// release makes the next release.
func (a *app) release(ctx context.Context, o releaseOptions) error {
	if err := askedRank(o.RankOptions); err != nil {
		return err
	}
	switch {
	case o.reason == "":
		return usage("a release needs --reason: %s", strings.Join(release.Reasons, ", "))
	case !slices.Contains(release.Reasons, o.reason):
		return usage("there is no reason %q%s", o.reason, suggestion(o.reason, release.Reasons))
	case o.Stored:
		return usage("a release shows the cells of each finding: leave --stored out")
	}
	m, path, err := a.releases().Make(ctx, release.Wish{RankOptions: o.RankOptions, Reason: o.reason, Note: o.note, Draft: o.draft})
	if err != nil {
		return err
	}
	expected := "how many were expected is not known"
	if m.Expected != nil {
		expected = fmt.Sprintf("%d expected, %d of them found", *m.Expected, *m.Found)
	}
	if m.Draft {
		a.say.Warn(fmt.Sprintf("release %d is a draft: %d adverse findings are not confirmed", m.Number, m.Unconfirmed))
	}
	a.say.Info(fmt.Sprintf("release %d in %s: %s, %d reports, %d ranked, %d agencies changed", m.Number, path, expected, m.Reports, m.Ranked, len(m.Changes)))
	return nil
}

// verifyRelease compares a release with its hashes, and then with what the
// warehouse gives today.
func (a *app) verifyRelease(ctx context.Context, n int) error {
	v, err := a.releases().Verify(ctx, n)
	if v != nil {
		a.say.Info(fmt.Sprintf("release %d: %d files are as they were released", n, len(v.Manifest.Files)))
	}
	if err != nil {
		return err
	}
	if v.Gone {
		a.say.Warn(fmt.Sprintf("release %d, with which it was compared, is gone", v.Manifest.Previous.Number))
	}
	for _, line := range v.Inputs {
		a.say.Warn(line)
	}
	if len(v.Differs) == 0 {
		a.say.Info(fmt.Sprintf("release %d: ranked again, the result is the same", n))
		return nil
	}
	for _, c := range v.Changes {
		a.say.Warn(fmt.Sprintf("%s: %s → %s, %v", c.Agency, c.Before, c.After, c.Why))
	}
	return &exitError{code: exitFindings, err: fmt.Errorf("release %d: ranked again, %v differ", n, v.Differs), hint: "it stands as it was released; a new one tells of the changes"}
}

// listReleases lists all releases.
func (a *app) listReleases(l listing) error {
	all, err := a.releases().All()
	if err != nil {
		return err
	}
	columns := tabular.Columns(
		"release:integer", "year:integer", "peer_group", "reason", "note", "previous:integer",
		"expected:integer", "found:integer", "reports:integer", "ranked:integer", "changed:integer", "rule_set",
		"warehouse", "manifest",
	)
	return a.list(l, columns, "there are no releases", func(add func([]tabular.Value) error) error {
		for _, m := range all {
			previous := tabular.Value{}
			if m.Previous != nil {
				previous = tabular.Present(strconv.Itoa(m.Previous.Number))
			}
			row := append(tabular.Known(strconv.Itoa(m.Number), strconv.Itoa(m.Year), m.PeerGroup, m.Reason), tabular.OrNull(m.Note), previous)
			for _, n := range []*int{m.Expected, m.Found} {
				if n == nil {
					row = append(row, tabular.Value{})
					continue
				}
				row = append(row, tabular.Present(strconv.Itoa(*n)))
			}
			row = append(row, tabular.Known(strconv.Itoa(m.Reports), strconv.Itoa(m.Ranked), strconv.Itoa(len(m.Changes)), m.RuleSet, m.Warehouse, m.Hash)...)
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}
