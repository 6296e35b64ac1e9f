package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"gongkai/warehouse"
)

// Options say what is served, and to whom.
type Options struct {
	Warehouse string       // path of the published file; a new one in its place is taken up
	Hosts     []string     // names that the site answers to beside those of this machine
	SQLWorker []string     // arguments with which this program runs one query; none: no SQL
	Memory    string       // that the database may use; empty means 512MB
	Log       *slog.Logger // nil for none
}

// A Server is the site over one warehouse. It changes nothing.
type Server struct {
	o     Options
	log   *slog.Logger
	hosts []string
	snaps snapshots
	mux   *http.ServeMux
	asked chan struct{} // places for queries that run
}

// New opens the warehouse. The error is that of [warehouse.Open].
func New(ctx context.Context, o Options) (*Server, error) {
	s := &Server{
		o: o, log: cmp.Or(o.Log, quiet), asked: make(chan struct{}, mostQueries),
		hosts: []string{"127.0.0.1", "localhost", "::1"},
		snaps: snapshots{path: o.Warehouse, options: warehouse.Options{ReadOnly: true, MemoryLimit: cmp.Or(o.Memory, "512MB"), Threads: 2}},
	}
	for _, h := range o.Hosts {
		s.hosts = append(s.hosts, strings.ToLower(h))
	}
	s.mux = s.routes()
	if _, err := s.snaps.refresh(ctx); err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	return s, nil
}

// Handler returns the site as a handler.
func (s *Server) Handler() http.Handler { return s.guard(s.mux) }

// Close closes the warehouse; answers that are being given are finished first.
func (s *Server) Close() { s.snaps.put(nil) }

// The bounds of one answer.
const (
	headerTime = 5 * time.Second
	answerTime = 60 * time.Second
	idleTime   = 60 * time.Second
	lookEvery  = 2 * time.Second // for a newly published file
	graceTime  = time.Second
)

// Serve answers on l until ctx ends, then lets running answers finish for a
// moment. That ctx ended is no error.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTime, ReadTimeout: headerTime, WriteTimeout: answerTime,
		IdleTimeout: idleTime, MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	go s.watch(watching)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("end serving: %w", err)
	}
	return nil
}

// watch takes up newly published files.
func (s *Server) watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	told := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		switch swapped, err := s.snaps.refresh(ctx); {
		case err != nil && err.Error() != told:
			told = err.Error()
			s.log.Warn("the newly published file cannot be served; the last one stays", "error", err)
		case swapped:
			told = ""
			s.log.Info("a newly published file is served")
		}
	}
}
