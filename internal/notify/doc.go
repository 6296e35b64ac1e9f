// Package notify tells others what a run brought: by a webhook, an Atom feed and
// figures for Prometheus. What it tells is a [Bulletin], one line of the run log.
package notify
