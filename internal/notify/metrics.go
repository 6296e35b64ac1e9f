package notify

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"github.com/google/renameio/v2"
)

// WriteMetrics writes the figures of a run as Prometheus's textfile collector
// reads them.
func WriteMetrics(path string, b *Bulletin) error {
	var out bytes.Buffer
	gauge := func(name, help string) {
		fmt.Fprintf(&out, "# HELP gongkai_%s %s\n# TYPE gongkai_%[1]s gauge\n", name, help)
	}
	one := func(name, help string, v int64) {
		gauge(name, help)
		fmt.Fprintf(&out, "gongkai_%s %d\n", name, v)
	}
	many := func(name, help, label string, counts map[string]int) {
		gauge(name, help)
		for _, k := range slices.Sorted(maps.Keys(counts)) {
			fmt.Fprintf(&out, "gongkai_%s{%s=%q} %d\n", name, label, k, counts[k])
		}
	}
	failed := int64(0)
	if b.Error != "" {
		failed = 1
	}
	one("run_finished_seconds", "When the last run ended, in Unix time.", b.Finished.Unix())
	one("run_duration_seconds", "How long its crawl took.", int64(b.Finished.Sub(b.Started).Seconds()))
	one("run_failed", "Whether the last run failed.", failed)
	one("requests", "Requests of the last run.", int64(b.Requests))
	one("bytes", "Bytes received in the last run.", b.Bytes)
	one("expected", "Links met in the last run.", int64(b.Expected))
	many("captured", "Links captured in the last run.", "result", b.Captured)
	many("problems", "Links that could not be had in the last run.", "kind", b.Problems)
	many("skips", "Links left out on purpose in the last run.", "reason", b.Skips)
	one("alerts", "Failed assertions of sites that are open.", int64(len(b.Opened())))
	one("sites_held", "Sites with a list in doubt, whose new documents wait.", int64(len(b.Held)))
	one("reports", "Reports in the warehouse that were checked.", int64(b.Reports))
	findings := map[string]int{}
	for severity, n := range b.Findings {
		findings[severity] = int(n)
	}
	many("findings", "Broken rules in current reports.", "severity", findings)
	missing, late := 0, 0
	for _, gaps := range b.Gaps {
		for _, g := range gaps {
			if g.Published == "" {
				missing++
			} else {
				late++
			}
		}
	}
	one("reports_missing", "Reports past their day and not found.", int64(missing))
	one("reports_late", "Reports published after their day.", int64(late))
	if err := renameio.WriteFile(path, out.Bytes(), 0o644); err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	return nil
}
