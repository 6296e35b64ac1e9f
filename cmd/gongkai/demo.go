package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"gongkai/internal/demo"
	"gongkai/internal/pipeline"
	"gongkai/internal/testbed/replica"

	"github.com/spf13/cobra"
)

func newDemo(a *app) *cobra.Command {
	var keep, search bool
	var o pipeline.Reading
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show everything once, on invented agency sites in this process",
		Long: `Serve the agency sites of 示例市, a place that does not exist, on loopback; crawl
them, archive every byte, read the reports, load the warehouse, check it, and
compare what was found with what was planted. Nothing leaves this machine.

The data goes to a temporary folder and is removed, unless --keep or --data
says otherwise. Exit code 4 means that a count does not come out.`,
		Example: examples("gongkai demo", "gongkai demo --data demo    # keep the data and look around"),
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.demo(cmd.Context(), o, keep, cmd.Flags().Changed("data"), search)
		},
	}
	jobsFlag(cmd, &o.Jobs)
	o.Batch = pipeline.BatchItems
	cmd.Flags().BoolVar(&search, "discover", false, "find the sites from their home pages alone, among portals without reports, and crawl them")
	cmd.Flags().BoolVar(&keep, "keep", false, "keep the temporary folder")
	return cmd
}

func (a *app) demo(ctx context.Context, o pipeline.Reading, keep, named, search bool) (err error) {
	if err := checkReading(o); err != nil {
		return err
	}
	if !named {
		if a.data, err = os.MkdirTemp("", "gongkai-demo-"); err != nil {
			return err
		}
		if !keep {
			defer func() { err = errors.Join(err, os.RemoveAll(a.data)) }()
		}
	} else if _, err := os.Stat(a.archiveDir()); err == nil {
		return usage("--data %s: there is data already; the demo needs a folder of its own", a.data)
	}
	if search {
		return a.demoDiscover(ctx, o)
	}
	world, err := replica.New(replica.Options{})
	if err != nil {
		return err
	}
	server, err := replica.Serve(world)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	g, err := demo.Replicated(world, server.Address())
	if err != nil {
		return err
	}
	if err := errors.Join(demo.KeepSites(a.folder(), world), demo.KeepRecords(a.folder(), world)); err != nil {
		return err
	}
	a.say.Info(fmt.Sprintf("%d agency sites of a place that does not exist, at %s in this process", len(g.Sites), server.Address()))
	n, err := a.quietly().pipeline().Nightly(ctx, g, o)
	if err != nil {
		return err
	}
	faults := demo.Report(a.stdout, world, n)
	if err := errors.Join(a.demoRanking(ctx, demo.Day.Year()-1), a.demoQueries(ctx)); err != nil {
		return err
	}
	if keep || named {
		fmt.Fprintf(a.stdout, "\nThe data is in %s: try gongkai query --list --data %[1]s\n", a.data)
	}
	if faults > 0 {
		return &exitError{code: exitFindings, err: fmt.Errorf("%d counts of the demo do not come out", faults)}
	}
	return nil
}

// quietly returns a without messages, unless they were asked for: the trouble
// of the replica's sites is meant, and counted at the end.
func (a *app) quietly() *app {
	if a.verbose > 0 {
		return a
	}
	q := *a
	q.say = slog.New(slog.DiscardHandler)
	return &q
}

// demoQuestions are asked at the end.
var demoQuestions = []struct{ title, sql string }{
	{"Who received most requests for 2025?", `SELECT agency, value::BIGINT AS requests FROM v_harmonised WHERE measure = 'requests_received' AND year = 2025 ORDER BY value DESC, agency LIMIT 5`},
	{"Which agencies' figures break most rules of the form?", `SELECT agency, count(*) AS findings, string_agg(DISTINCT rule, ', ' ORDER BY rule) AS rules FROM finding JOIN report USING (report_id) WHERE severity = 'E' GROUP BY agency ORDER BY findings DESC, agency LIMIT 5`},
	{"What did 吴忠市科学技术局 publish for 2023?", `SELECT r.agency, count(*) AS cells, count(*) FILTER (c.state = 'number') AS figures, sum(c.value)::BIGINT AS sum, count(*) FILTER (c.status = 'verified') AS verified FROM cell c JOIN report r USING (report_id) WHERE r.agency = '吴忠市科学技术局' AND r.year = 2023 GROUP BY ALL`},
}

// demoQueries shows three questions with their answers.
func (a *app) demoQueries(ctx context.Context) error {
	for _, q := range demoQuestions {
		fmt.Fprintf(a.stdout, "\n%s\n$ gongkai query \"%s\"\n", q.title, q.sql)
		if err := a.query(ctx, q.sql, queryOptions{listing: listing{format: "table", path: "-"}}); err != nil {
			return err
		}
	}
	return nil
}
