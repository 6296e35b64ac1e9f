package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongkai"

	"gongkai/extract/reader"
	"gongkai/internal/console"
	"gongkai/internal/pipeline"
	"gongkai/internal/tabular"
	"gongkai/internal/words"
	"gongkai/warehouse/records"

	"github.com/spf13/cobra"
)

func newRecords(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "records",
		Short: "What people write down: exceptions, agency history, rosters, replies",
		Long: `Records are strict TOML files in the folder records of the data: excuses.toml
(accepted exceptions), agencies.toml (renamed, merged, split; names and codes with
dates), rosters.toml (who had to publish), replies.toml (申辩), readings.toml (what
a person has read in a scan, or where the machine was in doubt). Exceptions that
follow from the law come with the program.`,
		Example: examples("gongkai records list --format csv"),
		Args:    commandOf,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRecordsLint(a), newRecordsList(a), newRecordsNew(a))
	return cmd
}

func newRecordsLint(a *app) *cobra.Command {
	var folder string
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check the records for faults",
		Long: `Read the records strictly: keys, dates, rules, places, check digits of codes, and
agencies against the register. Each fault has its file, line and a hint. Exit code
4 if there is any.`,
		Example: examples("gongkai records lint", "gongkai records lint --sites my-sites/"),
		Args:    exactly(),
		RunE: func(*cobra.Command, []string) error {
			sites, err := a.folder().Registry(folder)
			if err != nil {
				return err
			}
			s, err := a.folder().ReadRecords(sites)
			if err != nil {
				fmt.Fprintln(a.stdout, err)
				return &exitError{code: exitFindings, err: errors.New("records have faults")}
			}
			a.say.Info(fmt.Sprintf("%d records, no faults", len(s.Entries())))
			return nil
		},
	}
	sitesFlag(cmd, &folder)
	return cmd
}

func newRecordsList(a *app) *cobra.Command {
	var l listing
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the records",
		Long:    "List all records, those of the law included, kind by kind, each with where it is written.",
		Example: examples("gongkai records list", "gongkai records list --format csv"),
		Args:    exactly(),
		RunE: func(*cobra.Command, []string) error {
			s, err := a.folder().ReadRecords(nil)
			if err != nil {
				return err
			}
			columns := tabular.Columns("kind", "agency", "year:integer", "record", "source")
			return a.list(l, columns, "there are no records", func(add func([]tabular.Value) error) error {
				for _, e := range s.Entries() {
					row := tabular.Known(e.Kind, e.Agency, strconv.Itoa(e.Year), e.What, e.Source)
					row[1].Known, row[2].Known = e.Agency != "", e.Year != 0
					if err := add(row); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	listingFlags(cmd, &l)
	return cmd
}

func newRecordsNew(a *app) *cobra.Command {
	var ocr bool
	var folder string
	cmd := &cobra.Command{
		Use:   "new KIND | reading FILE",
		Short: "Begin a file of records with every key explained",
		Long: "Write a file of records (" + kindNames() + `) into the data folder: every key and its meaning, commented out, to be filled in.

Of agencies, propose too which agencies of the register the reports may be of that
bear a name like theirs, but not for certain: commented out, for a person to judge.
Given again, it adds the names that are new.

With reading FILE, add to readings.toml what a person is to read in a document:
every cell that is suspect, ocr or missing, with what the machine has read and
where it stands. Type what stands in the original over each "?"; what stays "?"
counts as the machine has read it. It takes effect with the next ingest, build or
nightly; ingest the document too, if it is not in the archive.`,
		Example: examples("gongkai records new excuses", "gongkai records new reading report.html"),
		Args:    cobra.MatchAll(cobra.RangeArgs(1, 2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case args[0] == "reading" && len(args) == 2:
				return a.newReading(cmd.Context(), args[1], ocr)
			case args[0] == "reading":
				return usage("records new reading needs the FILE that was read")
			case len(args) == 2:
				return usage("records new %s takes no file", args[0])
			}
			if args[0] == "agencies" {
				return a.newAgencies(cmd.Context(), folder)
			}
			return a.newRecords(args[0])
		},
	}
	sitesFlag(cmd, &folder)
	cmd.Flags().BoolVar(&ocr, "ocr", false, "recognise scanned pages first (needs tesseract with chi_sim)")
	return cmd
}

// newRecords writes the template of a kind.
func (a *app) newRecords(kind string) error {
	all := records.Kinds()
	i := slices.IndexFunc(all, func(k records.Kind) bool { return k.Name == kind })
	if i < 0 {
		return usage("there is no kind %q of records: %s; or reading FILE", kind, kindNames())
	}
	if err := os.MkdirAll(a.folder().Records(), 0o755); err != nil {
		return err
	}
	path := filepath.Join(a.folder().Records(), kind+".toml")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(all[i].Template)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	a.say.Info("wrote "+path, console.HintKey, "fill it in, then gongkai records lint")
	return nil
}

// newAgencies writes the template of the kind agencies, and proposals for the
// names in reports that may be those of the register.
func (a *app) newAgencies(ctx context.Context, folder string) error {
	path := filepath.Join(a.folder().Records(), "agencies.toml")
	_, missing := os.Stat(path)
	if missing != nil {
		if err := a.newRecords("agencies"); err != nil {
			return err
		}
	}
	sites, err := a.folder().Registry(folder)
	if err != nil {
		return err
	}
	doubts, err := a.folder().Doubts(ctx, sites)
	if err != nil {
		return err
	}
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text, names := records.Proposal(doubts, string(old))
	switch {
	case names == 0 && missing == nil:
		return hinted(fmt.Errorf("%s is there already, and there is no name to propose for it", path), "edit it, then gongkai records lint")
	case names == 0:
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString("\n" + text)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	a.say.Info(fmt.Sprintf("proposed agencies of the register for %d names in %s", names, path), console.HintKey, "uncomment what is right, then gongkai records lint and gongkai build")
	return nil
}

func kindNames() string {
	var names []string
	for _, k := range records.Kinds() {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}

// newReading adds to readings.toml what a person is to read in a file.
func (a *app) newReading(ctx context.Context, path string, ocr bool) error {
	d, err := a.open(path)
	if err != nil {
		return hinted(fmt.Errorf("open %s: %w", path, err), "give one PDF, HTML, DOCX or text file")
	}
	into := filepath.Join(a.folder().Records(), "readings.toml")
	old, err := os.ReadFile(into)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if strings.Contains(string(old), d.Hash()) {
		return &exitError{code: exitUsage, err: fmt.Errorf("%s has a reading of %s already", into, path), hint: "fill that in, or take it out first"}
	}
	r := reader.New(readerOptions(ocr, 1))
	defer r.Close()
	reports, trouble := pipeline.Read(ctx, r, d)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if trouble != nil {
		a.sayProblem(trouble)
	}
	if len(reports) == 0 {
		reports = []*gongkai.Report{{Document: d.Hash(), Part: 1}}
	}
	text, cells := "", 0
	for _, report := range reports {
		t, n := words.ReadingTemplate(d.Name, report)
		text, cells = text+t, cells+n
	}
	if err := os.MkdirAll(a.folder().Records(), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(into, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	if len(old) > 0 {
		text = "\n" + text
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	a.say.Info(fmt.Sprintf("wrote %d cells of %s to %s", cells, path, into), console.HintKey, "read them in the original, fill in who, date and basis, then gongkai records lint")
	return nil
}
