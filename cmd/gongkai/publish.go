package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gongkai/extract"
	"gongkai/warehouse"
)

// replace gives change a copy of the published warehouse, or an empty one, and
// puts it in the place of the old one: readers see the old or the new. After an
// error or a crash the old one is as it was. complete, if not nil, is called
// when the new one is whole. The caller holds the lock of the data folder.
func (a *app) replace(ctx context.Context, change func(*warehouse.DB) error, complete func()) (err error) {
	path := a.database() + buildSuffix
	release, err := a.copyWarehouse(ctx, path)
	if err != nil {
		return errors.Join(err, removeFile(path))
	}
	defer func() { err = errors.Join(err, release()) }()
	db, err := a.openWarehouse(ctx, path)
	if err == nil {
		err = errors.Join(change(db), db.Close())
	}
	if err != nil {
		return errors.Join(err, removeFile(path), removeFile(path+".wal"))
	}
	if complete != nil {
		complete()
	}
	if err := a.publish(ctx, path); err != nil {
		return errors.Join(err, removeFile(path))
	}
	return nil
}

// copyWarehouse copies the published warehouse, if there is one, to path. Until
// release is called nobody can write to the published one: what check --store
// would keep there would be lost with it.
func (a *app) copyWarehouse(ctx context.Context, path string) (release func() error, err error) {
	if err := errors.Join(removeFile(path), removeFile(path+".wal"), a.settleWAL(ctx)); err != nil {
		return nil, err
	}
	if _, err := os.Stat(a.database()); errors.Is(err, os.ErrNotExist) {
		return func() error { return nil }, nil
	}
	held, err := warehouse.Open(ctx, a.database(), warehouse.Options{ReadOnly: true, Forms: extract.Forms()})
	if err != nil {
		return nil, err
	}
	from, err := os.Open(a.database())
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	// Whoever closes a file ends all locks that its process has on it, so this
	// one stays open as long as the other.
	release = func() error { return errors.Join(held.Close(), from.Close()) }
	if err := copyTo(path, from); err != nil {
		return nil, errors.Join(fmt.Errorf("copy warehouse: %w", err), release())
	}
	return release, nil
}

func copyTo(path string, from io.Reader) error {
	to, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

// publish puts a complete warehouse in the place of the old one.
func (a *app) publish(ctx context.Context, path string) error {
	if err := syncPath(path); err != nil {
		return err
	}
	if err := a.settleWAL(ctx); err != nil {
		return err
	}
	if err := os.Rename(path, a.database()); err != nil {
		return fmt.Errorf("publish warehouse: %w", err)
	}
	return syncPath(filepath.Dir(path))
}

// settleWAL makes sure that the write-ahead log of the old warehouse is gone:
// DuckDB would apply it to the new one. Opening the old one applies it; if
// that fails the old one is broken, and its log with it.
func (a *app) settleWAL(ctx context.Context) error {
	wal := a.database() + ".wal"
	if _, err := os.Stat(wal); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if db, err := a.openWarehouse(ctx, a.database()); err == nil {
		err = db.Close()
		if err != nil {
			a.say.Debug("old warehouse: " + err.Error())
		}
	} else if lockedDatabase(err) {
		return err
	}
	return removeFile(wal)
}

// syncPath writes a file or folder through to the disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
