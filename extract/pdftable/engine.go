package pdftable

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// wasmPages caps the memory of one PDFium instance: 64 KiB each, 256 MiB.
const wasmPages = 4096

// An engine is PDFium, compiled and ready to open documents.
type engine struct {
	pool    pdfium.Pool
	cache   wazero.CompilationCache
	hasFont bool // a CJK font stands in for fonts that a file does not embed
}

// newEngine compiles PDFium or loads it from the cache. killable lets an open
// document be interrupted at the price of a third of the speed: for use in
// this process, where nothing else can stop it.
func newEngine(cacheDir string, killable bool, workers int) (*engine, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(wasmPages).
		WithCloseOnContextDone(killable)
	e := &engine{}
	if cache, err := wazero.NewCompilationCacheWithDir(cacheDir); err == nil {
		// Without a cache PDFium is compiled again, which takes seconds.
		e.cache = cache
		config = config.WithCompilationCache(cache)
	}
	// PDFium sees one font and nothing else of the file system.
	files := wazero.NewFSConfig()
	if root, ok := openFontRoot(); ok {
		files = files.WithFSMount(root, "/")
		e.hasFont = true
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxTotal: workers, MaxIdle: workers, FSConfig: files, RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start pdfium: %w", errors.Join(err, e.close()))
	}
	e.pool = pool
	return e, nil
}

func (e *engine) close() error {
	var errs []error
	if e.pool != nil {
		errs = append(errs, e.pool.Close())
	}
	if e.cache != nil {
		errs = append(errs, e.cache.Close(context.Background()))
	}
	return errors.Join(errs...)
}

// defaultCacheDir is where compiled PDFium is kept between runs.
func defaultCacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "gongkai", "wazero")
}
