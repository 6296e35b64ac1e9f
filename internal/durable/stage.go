package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// A Stage is a folder that is being made. It takes its place whole, by one
// rename. Until then it is locked, so that one left by a run that was killed can
// be told from one at work: see [Abandoned].
type Stage struct {
	Dir  string
	disk Disk
	lock *flock.Flock
}

// Stage makes an empty folder in parent, which must be there; its name begins
// with prefix. Discard must be called in the end.
func (d Disk) Stage(parent, prefix string) (*Stage, error) {
	dir, err := os.MkdirTemp(parent, prefix)
	if err != nil {
		return nil, err
	}
	s := &Stage{Dir: dir, disk: d, lock: lockOf(dir)}
	if _, err := s.lock.TryLock(); err != nil {
		return nil, errors.Join(err, s.Discard())
	}
	return s, nil
}

func lockOf(dir string) *flock.Flock { return flock.New(dir, flock.SetFlag(os.O_RDONLY)) }

// Discard removes the folder unless it has taken its place.
func (s *Stage) Discard() error { return errors.Join(s.lock.Unlock(), os.RemoveAll(s.Dir)) }

// Place puts the folder where nothing may be.
func (s *Stage) Place(to string) error {
	if err := s.settle(); err != nil {
		return err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already (%v): run it again", to, err)
	}
	return s.take(to, os.Rename) // fails if a full folder came in between
}

// take gives the folder the name to. If that cannot be written through to the
// disk, the names are as they were: whoever made it has failed.
func (s *Stage) take(to string, rename func(a, b string) error) error {
	done := false
	err := s.disk.Do(Rename, to, func() error {
		err := rename(s.Dir, to)
		done = err == nil
		return err
	})
	if err == nil {
		err = s.disk.Sync(filepath.Dir(to))
	}
	if err != nil && done {
		return errors.Join(err, rename(to, s.Dir))
	}
	return err
}

// Replace puts the folder in the place of another one, or where nothing is.
// The other is gone then; where the system cannot exchange two names at once,
// there is a moment in which neither is there.
func (s *Stage) Replace(to string) error {
	if err := s.settle(); err != nil {
		return err
	}
	_, err := os.Lstat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s.take(to, os.Rename)
	case err == nil:
		return s.take(to, exchange) // Discard removes the other
	}
	return err
}

// settle writes the folder and its files through to the disk.
func (s *Stage) settle() error {
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := s.disk.Sync(filepath.Join(s.Dir, e.Name())); err != nil {
			return err
		}
	}
	if err := os.Chmod(s.Dir, 0o755); err != nil {
		return err
	}
	return s.disk.Sync(s.Dir)
}

// swap exchanges two folders in three steps.
func swap(a, b string) error {
	aside := a + ".old"
	if err := os.Rename(b, aside); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		return errors.Join(err, os.Rename(aside, b))
	}
	return os.Rename(aside, a)
}

// Abandoned reports whether a folder made by Stage belongs to nobody any more.
func Abandoned(dir string) bool {
	l := lockOf(dir)
	free, err := l.TryLock()
	return err == nil && free && l.Unlock() == nil
}
