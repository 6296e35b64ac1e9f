// Package console writes to people at a terminal and to files that they name:
// messages, progress, and output that appears when it is complete.
package console

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"

	"gongkai/internal/tabular"
)

// NewLogger returns the logger of messages: one line "gongkai: …" each, or one
// JSON object each.
func NewLogger(w io.Writer, format string, level slog.Level, color bool) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
	}
	return slog.New(&lines{w: w, level: level, color: color, mu: new(sync.Mutex)})
}

// HintKey is the attribute that becomes a line of its own.
const HintKey = "hint"

// lines writes messages for people.
type lines struct {
	w     io.Writer
	level slog.Level
	color bool
	mu    *sync.Mutex
	attrs []slog.Attr
}

func (l *lines) Enabled(_ context.Context, level slog.Level) bool { return level >= l.level }

func (l *lines) WithAttrs(attrs []slog.Attr) slog.Handler {
	copied := *l
	copied.attrs = append(append([]slog.Attr(nil), l.attrs...), attrs...)
	return &copied
}

func (l *lines) WithGroup(string) slog.Handler { return l }

func (l *lines) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString(l.prefix(r.Level) + tabular.OneLine(r.Message))
	hint := ""
	add := func(a slog.Attr) bool {
		if a.Key == HintKey {
			hint = a.Value.String()
		} else {
			b.WriteString(" " + a.Key + "=" + tabular.OneLine(a.Value.String()))
		}
		return true
	}
	for _, a := range l.attrs {
		add(a)
	}
	r.Attrs(add)
	b.WriteByte('\n')
	if hint != "" {
		b.WriteString(l.prefix(r.Level) + "hint: " + tabular.OneLine(hint) + "\n")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := io.WriteString(l.w, b.String())
	return err
}

func (l *lines) prefix(level slog.Level) string {
	word := ""
	if level == slog.LevelWarn {
		word = "warning: "
	}
	if !l.color {
		return "gongkai: " + word
	}
	paint := "\x1b[36m" // cyan
	switch {
	case level >= slog.LevelError:
		paint = "\x1b[31m" // red
	case level >= slog.LevelWarn:
		paint = "\x1b[33m" // yellow
	}
	return paint + "gongkai:\x1b[0m " + word
}
