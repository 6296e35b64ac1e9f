package main

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected outputs in testdata/script")

// TestMain lets the test binary be gongkai when it is started as "gongkai", or
// by itself as one of its workers.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && (os.Args[1] == workerCommand || os.Args[1] == queryWorkerCommand || os.Args[1] == readWorkerCommand) {
		os.Exit(mainCode())
	}
	programs := map[string]func(){
		"gongkai":        func() { os.Exit(mainCode()) },
		"gongkai-reader": func() { os.Exit(readerCode(os.Args[1:])) },
	}
	maps.Copy(programs, nightPrograms())
	testscript.Main(m, programs)
}

func TestScripts(t *testing.T) {
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir() // keeps the compiled PDF engine between tests
	if err != nil {
		cache = t.TempDir()
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", repo)
			env.Setenv("XDG_CACHE_HOME", cache)
			return nil
		},
		Cmds: scriptCommands,
	})
}
