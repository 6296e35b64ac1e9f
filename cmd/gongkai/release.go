package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongkai/analysis"
	"gongkai/internal/tabular"
	"gongkai/warehouse"

	"github.com/spf13/cobra"
)

// Why a ranking is released.
const (
	reasonFirst = "first"
	reasonRules = "rule_changed"
)

var reasons = []string{reasonFirst, "source_revised", "extractor_fixed", "agency_corrected", reasonRules}

type releaseOptions struct {
	listing
	analysis.RankOptions
	reason, note string
	list         bool
	verify       int
}

func newRelease(a *app) *cobra.Command {
	var o releaseOptions
	cmd := &cobra.Command{
		Use:   "release",
		Short: "Freeze a ranking under a number, with the reasons of every change",
		Long: `Freeze a ranking: the folder releases of the data gets a numbered folder with
ranking.csv, ranking.json, report.html and manifest.json. The manifest holds what
the ranking was made of (digests of the warehouse and its tables, hash of the rules,
seed, weights, program), the SHA-256 of each file, the release before it of the same
year and group, and what changed since for each agency, with the reasons. A release
is never overwritten. The first has --reason first; other rules or options than
those of the release before it need --reason rule_changed.

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
	f.StringVar(&o.reason, "reason", "", "why: "+strings.Join(reasons, ", "))
	f.StringVar(&o.note, "note", "", "what more there is to say about it")
	f.BoolVar(&o.list, "list", false, "list the releases")
	f.IntVar(&o.verify, "verify", 0, "verify release `n`")
	_ = cmd.RegisterFlagCompletionFunc("reason", cobra.FixedCompletions(reasons, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// releasesDir is where releases stand.
func (a *app) releasesDir() string { return filepath.Join(a.data, "releases") }

// releaseName is the folder of a release.
func releaseName(n int) string { return fmt.Sprintf("%04d", n) }

const manifestName = "manifest.json"

// releases reads the manifests of all releases, by number.
func (a *app) releases() ([]*manifest, error) {
	entries, err := os.ReadDir(a.releasesDir())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var all []*manifest
	for _, e := range entries {
		n, err := strconv.Atoi(e.Name())
		if err != nil || releaseName(n) != e.Name() {
			continue // one that is being made, or nothing of ours
		}
		m, err := a.readRelease(n)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(x, y *manifest) int { return x.Number - y.Number })
	return all, nil
}

// readRelease reads a manifest strictly; what is not understood is damage.
func (a *app) readRelease(n int) (*manifest, error) {
	path := filepath.Join(a.releasesDir(), releaseName(n), manifestName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &exitError{code: exitFailed, err: fmt.Errorf("there is no release %d: %w", n, err), hint: "gongkai rank release --list shows all"}
	}
	if err != nil {
		return nil, err
	}
	m := &manifest{hash: sha256Of(text)}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, &exitError{code: exitCorrupt, err: fmt.Errorf("%s: %w", path, err), hint: "fetch the release from a copy; nothing else holds it"}
	}
	if m.Number != n {
		return nil, &exitError{code: exitCorrupt, err: fmt.Errorf("%s: it is that of release %d", path, m.Number), hint: "fetch the release from a copy"}
	}
	return m, nil
}

// release makes the next release.
func (a *app) release(ctx context.Context, o releaseOptions) (err error) {
	if err := askedRank(o.RankOptions); err != nil {
		return err
	}
	switch {
	case o.reason == "":
		return usage("a release needs --reason: %s", strings.Join(reasons, ", "))
	case !slices.Contains(reasons, o.reason):
		return usage("there is no reason %q%s", o.reason, suggestion(o.reason, reasons))
	case o.Stored:
		return usage("a release shows the cells of each finding: leave --stored out")
	}
	all, err := a.releases()
	if err != nil {
		return err
	}
	m := &manifest{Number: 1, Reason: o.reason, Note: o.note}
	if len(all) > 0 {
		m.Number = all[len(all)-1].Number + 1
	}
	before := lastOf(all, o.RankOptions)
	if err := fits(o, before); err != nil {
		return err
	}
	if err := os.MkdirAll(a.releasesDir(), 0o755); err != nil {
		return err
	}
	stage, err := a.disk.Stage(a.releasesDir(), releaseStage)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stage.Discard()) }() // it is gone if the release was made
	if err := a.writeRelease(ctx, stage.Dir, m, before, o.RankOptions); err != nil {
		return err
	}
	if before != nil && m.Reason != reasonRules && !m.method.same(&before.method) {
		return usage("the rules or options are others than those of release %d (rule set %s): --reason %s", before.Number, before.RuleSet[:min(16, len(before.RuleSet))], reasonRules)
	}
	path := filepath.Join(a.releasesDir(), releaseName(m.Number))
	if err := stage.Place(path); err != nil {
		return fmt.Errorf("release %d: %w", m.Number, err)
	}
	expected := "how many were expected is not known"
	if m.Expected != nil {
		expected = fmt.Sprintf("%d expected, %d of them found", *m.Expected, *m.Found)
	}
	a.say.Info(fmt.Sprintf("release %d in %s: %s, %d reports, %d ranked, %d agencies changed", m.Number, path, expected, m.Reports, m.Ranked, len(m.Changes)))
	return nil
}

// lastOf returns the last release of a year and group; nil if there is none.
func lastOf(all []*manifest, o analysis.RankOptions) *manifest {
	group, _ := analysis.FindPeerGroup(o.PeerGroup)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Year == o.Year && all[i].PeerGroup == group.ID {
			return all[i]
		}
	}
	return nil
}

// fits wants the reason to fit what there was before.
func fits(o releaseOptions, before *manifest) error {
	switch {
	case before == nil && o.reason != reasonFirst:
		return usage("there is no release of %d %s yet: its --reason is first", o.Year, o.PeerGroup)
	case before != nil && o.reason == reasonFirst:
		return usage("release %d of %d %s is there: --reason is one of %s", before.Number, before.Year, before.PeerGroup, strings.Join(reasons[1:], ", "))
	}
	return nil
}

// writeRelease ranks and writes the files of a release into a folder.
func (a *app) writeRelease(ctx context.Context, dir string, m, before *manifest, o analysis.RankOptions) (err error) {
	db, err := a.openReading(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := rankIn(ctx, db, o)
	if err != nil {
		return err
	}
	if err := m.describe(ctx, db, r, before); err != nil {
		return err
	}
	for _, format := range []string{"csv", "json"} {
		if err := a.listRanking(listing{format: format, path: filepath.Join(dir, "ranking."+format)}, r); err != nil {
			return err
		}
	}
	page, err := rankHTML(r, m)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "report.html"), page, 0o644); err != nil {
		return err
	}
	for _, name := range releaseFiles {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		m.Files = append(m.Files, releaseFile{name, int64(len(text)), sha256Of(text)})
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, manifestName), append(text, '\n'), 0o644); err != nil {
		return err
	}
	for _, name := range append(releaseFiles, manifestName) {
		if err := os.Chmod(filepath.Join(dir, name), 0o444); err != nil { // a release is never overwritten
			return err
		}
	}
	return nil
}

// releaseFiles are the files of a release beside its manifest.
var releaseFiles = []string{"ranking.csv", "ranking.json", "report.html"}

// tablesOf gives the digests of the warehouse.
func tablesOf(ctx context.Context, db *warehouse.DB) (digest string, tables []releaseTable, err error) {
	all, err := db.TableDigests(ctx)
	if err != nil {
		return "", nil, err
	}
	for _, t := range all {
		tables = append(tables, releaseTable{t.Table, t.Rows, t.Sum})
	}
	return warehouse.DigestOf(all), tables, nil
}

// listReleases lists all releases.
func (a *app) listReleases(l listing) error {
	all, err := a.releases()
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
			row = append(row, tabular.Known(strconv.Itoa(m.Reports), strconv.Itoa(m.Ranked), strconv.Itoa(len(m.Changes)), m.RuleSet, m.Warehouse, m.hash)...)
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// releaseStage begins the name of the folder in which a release is made.
const releaseStage = ".new-"
