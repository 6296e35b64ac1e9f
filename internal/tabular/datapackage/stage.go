package datapackage

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gongkai/internal/durable"
)

// StagePrefix begins the folder in which an export is being made, NoteSuffix ends the
// name of a note in the data folder that says where that is.
const (
	StagePrefix = ".gongkai-export-"
	NoteSuffix  = ".at"
)

// Stage makes the folder in which the files of an export are written, beside the one
// whose place it takes, and returns where that really is.
func Stage(disk durable.Disk, out string) (string, *durable.Stage, error) {
	path, err := filepath.Abs(out)
	if err != nil {
		return "", nil, err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", nil, err
	}
	stage, err := disk.Stage(filepath.Dir(path), StagePrefix)
	return path, stage, err
}

// Note leaves a note in a data folder of where an export is being made, until done is
// called: what a run leaves that is cut short can be found. The folder may not
// be writable: then there is none.
func Note(folder, stage string) (done func()) {
	note := filepath.Join(folder, filepath.Base(stage)+NoteSuffix)
	if os.WriteFile(note, []byte(stage), 0o644) != nil {
		return func() {}
	}
	return func() { _ = os.Remove(note) }
}

// Noted returns the folder that a note speaks of; empty if it is gone or not
// one of ours.
func Noted(note string) string {
	text, err := os.ReadFile(note)
	stage := string(text)
	if err != nil || !filepath.IsAbs(stage) || filepath.Base(stage)+NoteSuffix != filepath.Base(note) || !strings.HasPrefix(filepath.Base(stage), StagePrefix) {
		return ""
	}
	if info, err := os.Lstat(stage); err != nil || !info.IsDir() {
		return ""
	}
	return stage
}

// ErrForeign is the error of a folder that holds what no export has written.
var ErrForeign = errors.New("is no part of an earlier export, which would be replaced as a whole: name another folder")

// Replaceable wants the folder of an export to be new, empty, or an earlier
// export and nothing else: it is replaced as a whole.
func Replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	var p Package
	text, _ := os.ReadFile(filepath.Join(dir, FileName)) // without one nothing is ours
	_ = json.Unmarshal(text, &p)
	ours := map[string]bool{FileName: p.Name == PackageName}
	for _, r := range p.Resources {
		ours[r.Path] = p.Name == PackageName
	}
	for _, e := range entries {
		if !ours[e.Name()] {
			return fmt.Errorf("%s: %q in it %w", dir, e.Name(), ErrForeign)
		}
	}
	return nil
}
