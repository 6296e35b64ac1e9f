// Package pipeline is the way from agency sites and local files to a published
// warehouse: crawl, keep, read, load, check, publish. It is one list of named
// steps, see steps.go, from which ingest, build, nightly and crawl choose.
//
// The package prints nothing and ends no process. Who runs it is told of what
// happens by events ([Watcher]) and gets typed results; errors that a caller may
// have to tell apart are an [Error].
package pipeline
