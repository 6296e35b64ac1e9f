// Command gongkai reads annual reports on disclosure of government information
// into a DuckDB file whose every cell is right or flagged, checks them and
// answers questions about them.
//
// Data goes to standard output, messages to standard error as "gongkai: …"
// with "gongkai: hint: …" on the next line where there is something to do.
// Exit codes are in exit.go.
//
// # Files
//
//	main.go      the process: signals, exit code
//	root.go      the command tree and the flags that every command has
//	app.go       what a command works with: streams, folders, messages
//	exit.go      exit codes and the errors that carry them
//	say.go       messages
//	progress.go  progress on a terminal
//	inputs.go    files and folders given on the command line
//	inorder.go   parallel work whose results come in order
//	reading.go   a document through reader and extraction; problems
//	listing.go   one --format for every listing; internal/tabular has the formats
//	gather.go    a crawl into the archive
//	night.go     a run from the sites to the published warehouse
//	bulletin.go  what a run brought; notify.go, feed.go, metrics.go tell of it
//	samples/     systemd timer and crontab
//	recipes/     exported files in Python, R and Excel, run by recipes_test.go
//	extract.go, ingest.go, build.go, …  one file per command
package main
