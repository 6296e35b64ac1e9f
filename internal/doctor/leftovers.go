package doctor

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/crawler/archive"
	"gongkai/internal/durable"
	"gongkai/internal/tabular/datapackage"
	"gongkai/warehouse"
)

// Leftovers finds what runs that were cut short left. None of it is ever read
// as data. What another process is making is not among it.
func (p *Patient) Leftovers() []string {
	var left []string
	for _, pattern := range []string{
		"*" + warehouse.NewSuffix, "*" + warehouse.NewSuffix + ".wal", ".gongkai-*", filepath.Join("releases", p.ReleaseStage+"*"),
	} {
		names, _ := filepath.Glob(filepath.Join(string(p.Folder), pattern)) // the patterns are good
		for _, name := range names {
			if strings.HasSuffix(name, datapackage.NoteSuffix) {
				stage := datapackage.Noted(name)
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

// ExamineLeftovers looks for leftovers, and removes them if it is to repair.
func (p *Patient) ExamineLeftovers(context.Context) []Diagnosis {
	left := p.Leftovers()
	switch {
	case len(left) == 0:
		return []Diagnosis{{"leftovers", Good, "none"}}
	case !p.Repair:
		return []Diagnosis{{"leftovers", Note, strings.Join(left, ", ") + ": of runs that were cut short; --repair removes them"}}
	}
	ar, err := archive.Open(p.Folder.Archive()) // no other run may be at work
	if err != nil {
		return []Diagnosis{{"leftovers", Fail, err.Error()}}
	}
	defer ar.Close()
	var errs []error
	for _, name := range left {
		errs = append(errs, os.RemoveAll(name))
	}
	if err := errors.Join(errs...); err != nil {
		return []Diagnosis{{"leftovers", Fail, err.Error()}}
	}
	return []Diagnosis{{"leftovers", Good, "removed " + strings.Join(left, ", ")}}
}
