package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"gongkai"
	"gongkai/extract/reader"
	"gongkai/internal/pipeline"
	"gongkai/internal/reportfile"
	"gongkai/internal/words"

	"github.com/spf13/cobra"
)

func newExtract(a *app) *cobra.Command {
	var o extractOptions
	cmd := &cobra.Command{
		Use:   "extract FILE...",
		Short: "Read documents and print their cells",
		Long: `Read reports from files (PDF, HTML, DOCX, text) and print every cell of their
standard tables; nothing is stored. A folder stands for the documents in it and
- for standard input. Output is in the order of the arguments.

CSV has one line per cell; value is empty unless state is "number". JSON has
whole reports: sections, figures of the prose, oddities, places in the document.
A file that cannot be read gives a message and exit code 3; the others are done.`,
		Example: examples(
			"gongkai extract report.html",
			"gongkai extract reports/ --format json --output reports.json",
			"gongkai extract - < report.html",
		),
		Args: some("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.extract(cmd.Context(), args, o) },
	}
	cmd.Flags().StringVar(&o.format, "format", "csv", "output as `csv|json`")
	cmd.Flags().StringVarP(&o.output, "output", "o", "-", "write to `file` instead of standard output")
	cmd.Flags().BoolVar(&o.ocr, "ocr", false, "recognise scanned pages (needs tesseract with chi_sim)")
	jobsFlag(cmd, &o.jobs)
	return cmd
}

type extractOptions struct {
	format, output string
	ocr            bool
	jobs           int
}

// jobsFlag adds --jobs.
func jobsFlag(cmd *cobra.Command, jobs *int) {
	cmd.Flags().IntVarP(jobs, "jobs", "j", runtime.NumCPU(), "read `n` documents at a time")
}

// A reading is what became of one input.
type reading struct {
	pipeline.Input
	reports []*gongkai.Report
	problem *pipeline.Problem
}

func (a *app) extract(ctx context.Context, paths []string, o extractOptions) (err error) {
	if o.jobs < 1 {
		return usage("--jobs %d: at least 1", o.jobs)
	}
	if !slices.Contains(reportfile.Formats, o.format) {
		return usage("--format %q: csv or json", o.format)
	}
	out, err := a.create(o.output)
	if err != nil {
		return err
	}
	defer func() { err = out.finish(err) }()
	w := reportfile.New(out, o.format)

	r := reader.New(readerOptions(o.ocr, o.jobs))
	defer r.Close()
	count := pipeline.Tally{}
	for got := range pipeline.InOrder(ctx, o.jobs, pipeline.Inputs(paths, true), func(ctx context.Context, in pipeline.Input) reading {
		return a.readInput(ctx, r, in)
	}) {
		if ctx.Err() != nil {
			break
		}
		if err := a.emit(w, got, count); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	a.say.Info(fmt.Sprintf("%d files: %d reports, %d cells (%s), %d issues; %d files with a problem, %d skipped",
		count["files"], count["reports"], count["cells"], words.Statuses(count), count["issues"], count["problems"], count["skipped"]))
	if count["problems"] > 0 {
		return partial()
	}
	return nil
}

// readInput takes one input through the whole reading.
func (a *app) readInput(ctx context.Context, r *reader.Reader, in pipeline.Input) reading {
	got := reading{Input: in}
	if in.Skip != "" || ctx.Err() != nil {
		return got
	}
	if in.Err != nil {
		got.problem = &pipeline.Problem{Name: in.Path, Step: "open", Err: in.Err}
		return got
	}
	d, err := a.open(in.Path)
	if err != nil {
		got.problem = &pipeline.Problem{Name: in.Path, Step: "open", Err: err}
		return got
	}
	got.reports, got.problem = pipeline.Read(ctx, r, d)
	return got
}

// emit writes the reports of one input and tells of its problem.
func (a *app) emit(w reportfile.Writer, got reading, count pipeline.Tally) error {
	if got.Skip != "" {
		count["skipped"]++
		a.say.Debug(got.Path + ": skipped: " + got.Skip)
		return nil
	}
	count["files"]++
	for _, r := range got.reports {
		count.Add(r)
		a.sayIssues(r)
		if err := w.Report(r); err != nil {
			return err
		}
	}
	if got.problem != nil {
		count["problems"]++
		a.sayProblem(got.problem)
	}
	return nil
}

// open reads a file, or standard input, as a document.
func (a *app) open(path string) (*gongkai.Document, error) {
	if path == "-" {
		return pipeline.OpenFrom(a.stdin, path)
	}
	return pipeline.Open(path)
}
