package pipeline

import (
	"fmt"
	"os"

	"gongkai/crawler"
	"gongkai/internal/config"
)

// Choose returns the registry, see [Folder.Registry], and the sites of it that
// are to be visited: those that are named; else all of one's own, and of those
// that come with the program those that are enabled.
func (f Folder) Choose(folder string, named []string, enabled *config.Enabled) (all, chosen []*crawler.Site, err error) {
	if all, err = f.Registry(folder); err != nil {
		return nil, nil, err
	}
	byID := map[string]*crawler.Site{}
	for _, s := range all {
		byID[s.ID] = s
	}
	met := map[string]bool{}
	for _, id := range named {
		if byID[id] == nil {
			return nil, nil, &Error{Code: UnknownSite, Err: fmt.Errorf("there is no site %q", id)}
		}
		if !met[id] {
			chosen = append(chosen, byID[id])
		}
		met[id] = true
	}
	own := !f.comesAlong(folder)
	for _, s := range all {
		if len(named) == 0 && (own || enabled.Has(s.ID)) {
			chosen = append(chosen, s)
		}
	}
	if len(chosen) == 0 {
		return nil, nil, &Error{Code: NotEnabled, Err: fmt.Errorf("none of the %d sites that come with gongkai is enabled", len(all))}
	}
	return all, chosen, nil
}

// comesAlong reports whether the registry is the one that comes with the program.
func (f Folder) comesAlong(folder string) bool {
	if folder != "" {
		return false
	}
	_, err := os.Stat(f.SiteFiles())
	return err != nil
}

// Own reports whether the data folder has site files of its own.
func (f Folder) Own() bool { return !f.comesAlong("") }
