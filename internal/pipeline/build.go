package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"gongkai/crawler/archive"
)

// ReadArchive opens the archive for reading.
func (f Folder) ReadArchive() (*archive.Archive, error) {
	if _, err := os.Stat(f.Archive()); errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{Code: NoArchive, Err: fmt.Errorf("there is no archive in %s", string(f))}
	}
	return archive.Open(f.Archive(), archive.ReadOnly())
}

// Build reads every document of the archive into a new warehouse, which takes
// the place of the published one, with the registry in the folder sites, see
// [Folder.Registry]. After an error [DamagedArchive] alone it is published.
func (p *Pipeline) Build(ctx context.Context, sites string, reading Reading) (*Loaded, error) {
	ar, err := p.Folder.ReadArchive() // there must be one
	if err != nil {
		return nil, err
	}
	if err := ar.Close(); err != nil {
		return nil, err
	}
	r := &run{Pipeline: p, reading: reading, anew: true}
	if r.sites, err = p.Folder.Registry(sites); err != nil {
		return nil, err
	}
	var done *Loaded
	err = r.run(ctx, buildSteps, func(err error) error {
		if err == nil {
			done = &r.loaded
		}
		return errors.Join(damagedArchive(r.loaded.Damaged), err)
	})
	return done, err
}
