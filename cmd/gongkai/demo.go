package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gongkai/crawler"
	"gongkai/crawler/replica"
	"gongkai/crawler/transport"

	"github.com/spf13/cobra"
)

func newDemo(a *app) *cobra.Command {
	var keep bool
	var o readOptions
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
			return a.demo(cmd.Context(), o, keep, cmd.Flags().Changed("data"))
		},
	}
	jobsFlag(cmd, &o.jobs)
	o.batch = batchItems
	cmd.Flags().BoolVar(&keep, "keep", false, "keep the temporary folder")
	return cmd
}

// demoDay is the day on which the demo takes place: all reports for 2025 are due.
var demoDay = time.Date(2026, 6, 15, 3, 0, 0, 0, crawler.Shanghai)

func (a *app) demo(ctx context.Context, o readOptions, keep, named bool) (err error) {
	if err := o.check(); err != nil {
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
	world, err := replica.New(replica.Options{})
	if err != nil {
		return err
	}
	server, err := replica.Serve(world)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	g, err := replicated(world, server.Address())
	if err != nil {
		return err
	}
	n, err := a.night(ctx, g, o)
	if err != nil {
		return err
	}
	faults := a.demoReport(world, n)
	if err := a.demoQueries(ctx); err != nil {
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

// replicated says how to crawl a replica that listens at address.
func replicated(world *replica.World, address string) (gathering, error) {
	sites, err := declared(world)
	return gathering{
		sites: sites, all: true, now: func() time.Time { return demoDay },
		network: transport.Config{Resolve: world.Resolve, Dial: replica.Dial(address)},
	}, err
}

// declared reads the site files of a world. Its hosts are on loopback and need
// no long pauses.
func declared(world *replica.World) ([]*crawler.Site, error) {
	var sites []*crawler.Site
	for _, d := range world.Declarations {
		s, err := crawler.Parse(d.Name, []byte(d.TOML))
		if err != nil {
			return nil, err
		}
		s.Delay = crawler.Duration(2 * time.Millisecond)
		sites = append(sites, s)
	}
	return sites, nil
}

// demoQueries shows three questions with their answers.
func (a *app) demoQueries(ctx context.Context) error {
	for _, q := range []struct{ title, sql string }{
		{"Who received most requests for 2025?", `SELECT agency, value::BIGINT AS requests FROM v_figure WHERE year = 2025 AND table_id = 'requests' AND row_id = 'new_received' AND column_id = 'total' ORDER BY value DESC, agency LIMIT 5`},
	} {
		fmt.Fprintf(a.stdout, "\n%s\n  gongkai query \"%s\"\n", q.title, q.sql)
		if err := a.query(ctx, q.sql, queryOptions{listing: listing{format: "table", path: "-"}}); err != nil {
			return err
		}
	}
	return nil
}

// dataFiles lists what the data folder holds.
func (a *app) dataFiles() string {
	var b bytes.Buffer
	matches, _ := filepath.Glob(filepath.Join(a.data, "*")) // a pattern of ours
	for _, m := range matches {
		b.WriteString(" " + filepath.Base(m))
	}
	return strings.TrimSpace(b.String())
}
