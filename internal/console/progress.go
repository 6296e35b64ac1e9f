package console

import (
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/schollz/progressbar/v3"
)

// lineInterval is how often a long run says where it is when there is no
// terminal to draw on.
const lineInterval = 30 * time.Second

// A Progress shows how far a run is: a bar on a terminal, else a line now and
// then, nothing if it is quiet.
type Progress struct {
	say  *slog.Logger
	what string
	bar  *progressbar.ProgressBar
	last time.Time
	done int
}

// NewProgress begins to show progress of something counted, such as "documents".
func NewProgress(what string, stderr io.Writer, draw bool, say *slog.Logger) *Progress {
	p := &Progress{say: say, what: what, last: time.Now()}
	if draw {
		p.bar = progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(stderr),
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
func (p *Progress) Step() {
	p.done++
	if p.bar != nil {
		_ = p.bar.Add(1) // a bar that cannot be drawn is no reason to stop
		return
	}
	if time.Since(p.last) >= lineInterval {
		p.last = time.Now()
		p.say.Info(fmt.Sprintf("%d %s so far", p.done, p.what))
	}
}

// Clear takes the bar off the line, so that a message can be written.
func (p *Progress) Clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// End removes the bar.
func (p *Progress) End() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
