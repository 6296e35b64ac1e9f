package web_test

import (
	"os"
	"testing"
)

// folder holds the warehouse that all tests read.
var folder string

func TestMain(m *testing.M) {
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
