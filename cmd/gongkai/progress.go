package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
)

// lineInterval is how often a long run says where it is when there is no
// terminal to draw on.
const lineInterval = 30 * time.Second

// A progress shows how far a run is: a bar on a terminal, else a line now and
// then, nothing if it is quiet.
type progress struct {
	a    *app
	what string
	bar  *progressbar.ProgressBar
	last time.Time
	done int
}

// progress begins to show progress of something counted, such as "documents".
func (a *app) progress(what string) *progress {
	p := &progress{a: a, what: what, last: time.Now()}
	if terminal(a.stderr) && !a.quiet && a.logFormat == "text" {
		p.bar = progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(a.stderr),
			progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(),
			progressbar.OptionShowIts(),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(false),
		)
	}
	return p
}

// Step counts one more.
func (p *progress) Step() {
	p.done++
	if p.bar != nil {
		_ = p.bar.Add(1) // a bar that cannot be drawn is no reason to stop
		return
	}
	if time.Since(p.last) >= lineInterval {
		p.last = time.Now()
		p.a.say.Info(fmt.Sprintf("%d %s so far", p.done, p.what))
	}
}

// clear takes the bar off the line, so that a message can be written.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// End removes the bar.
func (p *progress) End() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
