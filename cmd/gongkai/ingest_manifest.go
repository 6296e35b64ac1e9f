package main

import (
	"fmt"
	"slices"

	"gongkai"
	"gongkai/crawler"
	"gongkai/internal/console"
	"gongkai/internal/filelist"
	"gongkai/internal/pipeline"
)

// openManifest reads what a person says about the files; nothing without a name.
func (a *app) openManifest(name string, sites []*crawler.Site) (*filelist.Manifest, error) {
	if name == "" {
		return &filelist.Manifest{}, nil
	}
	agencies := pipeline.AgenciesOf(sites)
	m, err := filelist.Open(name, func(id string) bool {
		return slices.ContainsFunc(agencies, func(x gongkai.Agency) bool { return x.ID == id })
	})
	if err != nil {
		return nil, usage("--manifest: %w", err)
	}
	if len(m.Rows) == 0 && len(m.Faults) > 0 {
		a.sayFaults(m)
		return nil, usage("--manifest %s: no line of it can be used", name)
	}
	return m, nil
}

func (a *app) sayFaults(m *filelist.Manifest) {
	for _, fault := range m.Faults {
		a.say.Error(fault.Error(), console.HintKey, "the line is left out: mend it and run again")
	}
}

// sayManifest tells of bad lines, and of files that were not among those taken.
func (a *app) sayManifest(m *filelist.Manifest) error {
	a.sayFaults(m)
	missing := m.Missing()
	for i := range missing {
		a.say.Error(fmt.Sprintf("line %d of the manifest: %s was not found", missing[i].Line, missing[i].Path), console.HintKey, "paths are relative to the folder of the manifest")
	}
	if len(missing) > 0 || len(m.Faults) > 0 {
		return partial()
	}
	return nil
}
