package main

import (
	"context"
	"fmt"
	"net"

	"gongkai/web"

	"github.com/spf13/cobra"
)

func newServe(a *app) *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the data as a web site on this machine, read only",
		Long: `Serve the warehouse as a web site: agencies, reports as printed with the state of
each cell, findings with both figures, rules, trends and rankings, in Chinese and
under /en/ in English. Pages need no script; .csv and .json give the same figures.
Nothing is changed, and nothing is fetched from the network. A file that is newly
published is taken up without a restart.

It listens on loopback unless --listen says otherwise. It answers only to the host
names of this machine and those that --host names. /healthz and /readyz are for
monitors. It ends at an interrupt (130) or SIGTERM (143).`,
		Example: examples(
			"gongkai serve",
			"gongkai serve --data demo --listen 127.0.0.1:9000",
			"gongkai serve --listen 0.0.0.0:8765 --host data.example.org",
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), o) },
	}
	o.flags(cmd)
	return cmd
}

type serveOptions struct {
	listen string
	hosts  []string
}

func (o *serveOptions) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8765", "the `address` to listen on; port 0 takes a free one")
	cmd.Flags().StringArrayVar(&o.hosts, "host", nil, "answer to this `name` too; may be repeated")
}

func (a *app) serve(ctx context.Context, o serveOptions) error {
	if err := a.hasWarehouse(); err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(o.listen)
	if err != nil {
		return usage("--listen %q: want host:port, such as 127.0.0.1:8765", o.listen)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) && len(o.hosts) == 0 {
		return usage("--listen %s can be reached from elsewhere: say by --host under which name", o.listen)
	}
	server, err := web.New(ctx, web.Options{
		Warehouse: a.database(), Hosts: o.hosts, SQLWorker: []string{queryWorkerCommand}, Memory: a.memory, Log: a.say,
	})
	if err != nil {
		return err
	}
	defer server.Close()
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return hinted(err, "--listen 127.0.0.1:0 takes a free port")
	}
	fmt.Fprintf(a.stdout, "http://%s/\n", l.Addr())
	if err := server.Serve(ctx, l); err != nil {
		return err
	}
	return ctx.Err()
}
