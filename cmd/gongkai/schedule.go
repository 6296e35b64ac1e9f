package main

import (
	"context"
	"errors"
	"fmt"

	"gongkai/crawler"

	"github.com/go-co-op/gocron/v2"
	"github.com/spf13/cobra"
)

func newSchedule(a *app) *cobra.Command {
	o := nightlyOptions{crawlOptions: crawlOptions{due: true}}
	var cron string
	var now bool
	cmd := &cobra.Command{
		Use:   "schedule",
		Short: "Run gongkai nightly by a timetable, in this process",
		Long: `Stay and run what gongkai nightly does at the times given by --cron, in the time
of Shanghai, until interrupted. A run that is not over when the next is due lets
that one pass. For a machine with systemd or cron, samples/ has a timer and a
crontab that do the same with less.`,
		Example: examples(
			"gongkai schedule --data /srv/gongkai",
			`gongkai schedule --cron "30 1 * * *" --now    # a first run at once`,
		),
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := a.gathering(&o.crawlOptions); err != nil { // a fault in the site files is told now and not at night
				return err
			}
			if err := errors.Join(o.to.Check(), checkReading(o.read)); err != nil {
				return err
			}
			return a.schedule(cmd.Context(), cron, now, func(ctx context.Context) error {
				g, err := a.gathering(&o.crawlOptions) // site files may have changed since
				if err != nil {
					return err
				}
				return a.nightly(ctx, g, o)
			})
		},
	}
	nightlyFlags(cmd, &o)
	cmd.Flags().StringVar(&cron, "cron", "10 2 * * *", "when: `minute hour day month weekday`, in Shanghai")
	cmd.Flags().BoolVar(&now, "now", false, "begin with a run at once")
	return cmd
}

// schedule calls work by the timetable until ctx ends.
func (a *app) schedule(ctx context.Context, cron string, now bool, work func(context.Context) error) (err error) {
	s, err := gocron.NewScheduler(gocron.WithLocation(crawler.Shanghai))
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	defer func() { err = errors.Join(err, s.Shutdown()) }()
	options := []gocron.JobOption{gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithContext(ctx)}
	if now {
		options = append(options, gocron.WithStartAt(gocron.WithStartImmediately()))
	}
	job, err := s.NewJob(gocron.CronJob(cron, false), gocron.NewTask(func(ctx context.Context) { a.tolerate(work(ctx)) }), options...)
	if err != nil {
		return usage("--cron %q: %v", cron, err)
	}
	s.Start()
	if next, err := job.NextRun(); err == nil {
		a.say.Info("the next run is at " + next.In(crawler.Shanghai).Format("2006-01-02 15:04") + " in Shanghai")
	}
	<-ctx.Done()
	return nil // it was meant to run until now
}

// tolerate tells of the end of a run and lets the timetable go on.
func (a *app) tolerate(err error) {
	switch code := codeOf(err); code {
	case exitOK:
	case exitPartial:
		a.say.Warn("the run is done in part: see its messages above")
	default:
		a.say.Error(fmt.Sprintf("the run failed with code %d: %v", code, err), hintAttr(hintOf(err))...)
	}
}
