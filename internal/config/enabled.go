package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"
	"github.com/google/renameio/v2"
)

// EnabledFile is the name of the file that keeps which sites are enabled.
const EnabledFile = "enabled.toml"

// Enabled says which of the sites that come with the program may be visited
// without being named, and under whose address. A command writes it.
type Enabled struct {
	Contact string   `toml:"contact"`
	All     bool     `toml:"all"`
	Sites   []string `toml:"sites"` // sorted
}

// Has reports whether a site is enabled.
func (e *Enabled) Has(id string) bool { return e.All || slices.Contains(e.Sites, id) }

// ReadEnabled reads which sites are enabled for a data folder: none if there is
// no file.
func ReadEnabled(folder string) (*Enabled, error) {
	e := &Enabled{}
	path := filepath.Join(folder, EnabledFile)
	meta, err := toml.DecodeFile(path, e)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return e, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	case len(meta.Undecoded()) > 0:
		return nil, fmt.Errorf("%s: unknown key %q (hint: gongkai sites enable writes this file)", path, meta.Undecoded()[0])
	}
	return e, nil
}

// Write keeps which sites are enabled for a data folder.
func (e *Enabled) Write(folder string) error {
	slices.Sort(e.Sites)
	e.Sites = slices.Compact(e.Sites)
	text, err := toml.Marshal(e)
	if err != nil {
		return fmt.Errorf("enabled sites: %w", err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("enabled sites: %w", err)
	}
	text = append([]byte("# written by gongkai sites enable\n"), text...)
	if err := renameio.WriteFile(filepath.Join(folder, EnabledFile), text, 0o644); err != nil {
		return fmt.Errorf("enabled sites: %w", err)
	}
	return nil
}
