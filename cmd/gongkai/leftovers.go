package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/crawler/archive"
	"gongkai/internal/durable"
	"gongkai/internal/tabular/datapackage"
	"gongkai/warehouse"
)

// Folders that are being made, and files that are no data, begin with these.
const (
	releaseStage = ".new-"
	exportStage  = ".gongkai-export-"
	exportNote   = ".at" // ends the name of a note in the data folder that says where an export is being made
)

// noteExport leaves a note of where an export is being made, for the doctor,
// until done is called. The data folder may not be writable: then there is none.
func (a *app) noteExport(stage string) (done func()) {
	note := filepath.Join(a.data, filepath.Base(stage)+exportNote)
	if os.WriteFile(note, []byte(stage), 0o644) != nil {
		return func() {}
	}
	return func() { _ = os.Remove(note) }
}

// leftovers finds what runs that were cut short left. None of it is ever read
// as data. What another process is making is not among it.
func (a *app) leftovers() []string {
	var left []string
	for _, pattern := range []string{
		"*" + warehouse.NewSuffix, "*" + warehouse.NewSuffix + ".wal", ".gongkai-*", filepath.Join("releases", releaseStage+"*"),
	} {
		names, _ := filepath.Glob(filepath.Join(a.data, pattern)) // the patterns are good
		for _, name := range names {
			if strings.HasSuffix(name, exportNote) {
				stage := exportOf(name)
				if stage != "" && !durable.Abandoned(stage) {
					continue
				}
				if stage != "" {
					left = append(left, stage)
				}
			}
			if info, err := os.Lstat(name); err == nil && (!info.IsDir() || durable.Abandoned(name)) {
				left = append(left, name)
			}
		}
	}
	slices.Sort(left)
	return slices.Compact(left)
}

// exportOf returns the folder that a note speaks of; empty if it is gone or not
// one of ours.
func exportOf(note string) string {
	text, err := os.ReadFile(note)
	stage := string(text)
	if err != nil || !filepath.IsAbs(stage) || filepath.Base(stage)+exportNote != filepath.Base(note) || !strings.HasPrefix(filepath.Base(stage), exportStage) {
		return ""
	}
	if info, err := os.Lstat(stage); err != nil || !info.IsDir() {
		return ""
	}
	return stage
}

// examineLeftovers looks for leftovers, and removes them if repair.
func (a *app) examineLeftovers(repair bool) []diagnosis {
	left := a.leftovers()
	switch {
	case len(left) == 0:
		return []diagnosis{{"leftovers", good, "none"}}
	case !repair:
		return []diagnosis{{"leftovers", note, strings.Join(left, ", ") + ": of runs that were cut short; --repair removes them"}}
	}
	ar, err := archive.Open(a.archiveDir()) // no other run may be at work
	if err != nil {
		return []diagnosis{{"leftovers", fail, err.Error()}}
	}
	defer ar.Close()
	var errs []error
	for _, name := range left {
		errs = append(errs, os.RemoveAll(name))
	}
	if err := errors.Join(errs...); err != nil {
		return []diagnosis{{"leftovers", fail, err.Error()}}
	}
	return []diagnosis{{"leftovers", good, "removed " + strings.Join(left, ", ")}}
}

// replaceable wants the folder of an export to be new, empty, or an earlier
// export and nothing else: it is replaced as a whole.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	var p datapackage.Package
	text, _ := os.ReadFile(filepath.Join(dir, datapackage.FileName)) // without one nothing is ours
	_ = json.Unmarshal(text, &p)
	ours := map[string]bool{datapackage.FileName: p.Name == datapackage.PackageName}
	for _, r := range p.Resources {
		ours[r.Path] = p.Name == datapackage.PackageName
	}
	for _, e := range entries {
		if !ours[e.Name()] {
			return usage("--out %s: %s in it is no part of an earlier export, which would be replaced as a whole: name another folder", dir, fmt.Sprintf("%q", e.Name()))
		}
	}
	return nil
}
