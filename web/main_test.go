package web_test

import (
	"os"
	"testing"

	"gongkai/internal/sqlgate"
)

// worker is the argument with which this program runs one query.
const worker = "sql-worker"

// folder holds the warehouse that all tests read.
var folder string

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == worker {
		if err := sqlgate.Serve(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if folder, err = os.MkdirTemp("", "gongkai-web-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	return m.Run()
}
