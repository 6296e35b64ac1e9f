package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gongkai/internal/durable"
)

// The files beside a published warehouse. What ends in NewSuffix is no data: it
// is being made, or was left by a run that was cut short. PreviousSuffix marks
// the warehouse that was published before, kept until the next good one.
const (
	NewSuffix      = ".new"
	PreviousSuffix = ".previous"
	walSuffix      = ".wal"
)

// A Publication puts a new warehouse in the place of the published one. It is
// the only way to change what is published.
type Publication struct {
	Path    string  // of the published warehouse, which need not be there
	Options Options // how the new one is opened: Forms, MemoryLimit, Threads
	Anew    bool    // begin with an empty warehouse instead of a copy

	Fill      func(*DB) error              // makes the new one what it is to be
	Proved    func()                       // called when the new one is whole, before it is published; may be nil
	Reason    func(document string) string // says why a document is no longer there; may be nil
	Lossy     func(Lost)                   // called for every loss that is published, explained or allowed; may be nil
	AllowLoss bool                         // publish although documents or reports are missing

	Disk durable.Disk
}

// Publish makes the new warehouse beside the published one, proves it and
// renames it into its place: readers see the old or the new. It is proved when
// it was checkpointed and synced, no write-ahead log is beside it, and, opened
// again, every table has the rows that were loaded. Unless AllowLoss is set it
// must have every document that is published, and of each as many reports unless
// the new one says why not; else the error is a [*LossError].
// After an error or a crash the old one is as it was. The caller sees to it that
// no other Publish is at work on the same path.
func (p *Publication) Publish(ctx context.Context) (err error) {
	if err := p.clear(); err != nil {
		return fmt.Errorf("publish warehouse: %w", err)
	}
	old, err := p.holdOld(ctx)
	if err != nil {
		return err
	}
	defer old.release()
	defer func() {
		if err != nil {
			err = errors.Join(err, p.clear())
		}
	}()
	counted, err := p.make(ctx, old)
	if err != nil {
		return err
	}
	if err := p.prove(ctx, old, counted); err != nil {
		return fmt.Errorf("the new warehouse is not published: %w", err)
	}
	if p.Proved != nil {
		p.Proved()
	}
	if err := p.place(old); err != nil {
		return fmt.Errorf("publish warehouse: %w", err)
	}
	return nil
}

func (p *Publication) fresh() string    { return p.Path + NewSuffix }
func (p *Publication) previous() string { return p.Path + PreviousSuffix }

// clear removes what a run that was cut short left.
func (p *Publication) clear() error {
	return p.Disk.Remove(p.fresh(), p.fresh()+walSuffix, p.previous()+NewSuffix)
}

// make writes the new warehouse and returns what must be in it.
func (p *Publication) make(ctx context.Context, old *held) (counted tally, err error) {
	if !p.Anew {
		if err := errors.Join(old.copyTo(p.Disk, p.fresh()), old.copyLog(p.Disk, p.fresh())); err != nil {
			return nil, fmt.Errorf("copy warehouse: %w", err)
		}
	}
	db, err := Open(ctx, p.fresh(), p.Options)
	if err != nil {
		return nil, err
	}
	counted, err = p.fill(ctx, db)
	err = errors.Join(err, p.Disk.Do(durable.Close, p.fresh(), db.Close))
	return counted, errors.Join(err, db.Close()) // whatever became of the step, nobody may hold the file any more
}

func (p *Publication) fill(ctx context.Context, db *DB) (counted tally, err error) {
	before, err := db.tally(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.Fill(db); err != nil {
		return nil, err
	}
	if counted, err = db.tally(ctx); err != nil {
		return nil, err
	}
	if fault := db.loaded.fault(before, counted); fault != "" {
		return nil, errors.New(fault)
	}
	return counted, p.Disk.Do(durable.Checkpoint, p.fresh(), func() error { return db.Checkpoint(ctx) })
}

// prove writes the new file through to the disk and reads it back.
func (p *Publication) prove(ctx context.Context, old *held, counted tally) (err error) {
	if _, err := os.Lstat(p.fresh() + walSuffix); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("a write-ahead log is left beside it (%v)", err)
	}
	if err := errors.Join(p.Disk.Sync(p.fresh()), p.Disk.Sync(filepath.Dir(p.Path))); err != nil {
		return err
	}
	o := p.Options
	o.ReadOnly = true
	var db *DB
	if err := p.Disk.Do(durable.Open, p.fresh(), func() (err error) { db, err = Open(ctx, p.fresh(), o); return err }); err != nil {
		return errors.Join(err, db.closeOpened())
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	found, err := db.tally(ctx)
	if err != nil {
		return err
	}
	if difference := counted.differs(found); difference != "" {
		return errors.New("read back: " + difference)
	}
	if some, err := short(p.fresh()); err != nil || some {
		if _, all := db.TableDigests(ctx); errors.Join(err, all) != nil { // which reads all of it
			return fmt.Errorf("read back: %w", errors.Join(err, all))
		}
	}
	return p.losses(ctx, old.baseline, db)
}

// place renames the new file into the place of the old one, which is kept under
// its second name. At every moment there is a whole file in the place.
func (p *Publication) place(old *held) error {
	if old.db != nil {
		if err := p.keep(old); err != nil {
			return fmt.Errorf("keep the old warehouse: %w", err)
		}
	}
	// DuckDB would apply the log of the old file to the new one.
	if err := p.Disk.Remove(p.Path + walSuffix); err != nil {
		return err
	}
	err := p.Disk.Rename(p.fresh(), p.Path)
	if err == nil {
		err = p.Disk.Sync(filepath.Dir(p.Path))
	}
	if err != nil && old.db != nil { // the old one answers again: the run has failed
		return errors.Join(err, os.Rename(p.previous(), p.Path))
	}
	return err
}

// keep gives the old file its second name; where a file can have only one, a
// copy gets it.
func (p *Publication) keep(old *held) error {
	name := p.previous() + NewSuffix
	if err := p.Disk.Link(p.Path, name); err != nil {
		if err := errors.Join(p.Disk.Remove(name), old.copyTo(p.Disk, name)); err != nil {
			return err
		}
	}
	return p.Disk.Rename(name, p.previous())
}
