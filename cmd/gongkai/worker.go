package main

import (
	"gongkai/extract/pdftable"
	"gongkai/extract/reader"
	"gongkai/internal/sqlgate"

	"github.com/spf13/cobra"
)

// workerCommand is how this program is started to read PDF files in a process
// of its own, which can be killed.
const workerCommand = "pdf-worker"

func newWorker(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    workerCommand,
		Short:  "Read PDF files for another gongkai (started by it)",
		Hidden: true,
		Args:   exactly(),
		RunE: func(*cobra.Command, []string) error {
			return pdftable.RunWorker(a.stdin, a.stdout)
		},
	}
}

// queryWorkerCommand is how this program is started to run one query.
const queryWorkerCommand = "sql-worker"

func newQueryWorker(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    queryWorkerCommand,
		Short:  "Run one query for another gongkai (started by it)",
		Hidden: true,
		Args:   exactly(),
		RunE: func(*cobra.Command, []string) error {
			return sqlgate.Serve(a.stdin, a.stdout)
		},
	}
}

// readWorkerCommand is how this program is started to read other documents.
const readWorkerCommand = "doc-worker"

func newReadWorker(a *app) *cobra.Command {
	return &cobra.Command{
		Use:    readWorkerCommand,
		Short:  "Read documents for another gongkai (started by it)",
		Hidden: true,
		Args:   exactly(),
		RunE: func(*cobra.Command, []string) error {
			return reader.RunWorker(a.stdin, a.stdout)
		},
	}
}

// readerOptions says how this program reads documents.
func readerOptions(ocr bool, jobs int) reader.Options {
	return reader.Options{OCR: ocr, Workers: jobs, PDFWorker: []string{workerCommand}, Worker: []string{readWorkerCommand}}
}
