package web

import (
	"context"
	"errors"
	"os"
	"sync"

	"gongkai/warehouse"
)

// A snapshot is one published warehouse, open for reading. It is closed when
// its last reader has left and another stands in its place.
type snapshot struct {
	db      *warehouse.DB
	info    os.FileInfo
	held    overview
	kept    cache
	readers int
	stale   bool
}

// snapshots gives readers the newest file that could be opened.
type snapshots struct {
	path    string
	options warehouse.Options

	mu  sync.Mutex
	now *snapshot
}

// acquire returns the snapshot that stands, and what to call when it is read.
func (s *snapshots) acquire() (*snapshot, func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		return nil, func() {}
	}
	held := s.now
	held.readers++
	return held, func() { s.release(held) }
}

func (s *snapshots) release(held *snapshot) {
	s.mu.Lock()
	held.readers--
	last := held.stale && held.readers == 0
	s.mu.Unlock()
	if last {
		_ = held.db.Close() // read only: nothing can be lost
	}
}

// refresh opens the file if it is another one than that which stands, and puts
// it in its place once it answers. What stands stays if it does not.
func (s *snapshots) refresh(ctx context.Context) (swapped bool, err error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return false, err
	}
	s.mu.Lock()
	same := s.now != nil && os.SameFile(s.now.info, info) && s.now.info.ModTime().Equal(info.ModTime()) && s.now.info.Size() == info.Size()
	s.mu.Unlock()
	if same {
		return false, nil
	}
	fresh, err := openSnapshot(ctx, s.path, info, s.options)
	if err != nil {
		return false, err
	}
	s.put(fresh)
	return true, nil
}

func openSnapshot(ctx context.Context, path string, info os.FileInfo, o warehouse.Options) (*snapshot, error) {
	db, err := warehouse.Open(ctx, path, o)
	if err != nil {
		return nil, err
	}
	s := &snapshot{db: db, info: info}
	if s.held, err = readOverview(ctx, db.SQL()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// put lets fresh stand; nil closes what stands.
func (s *snapshots) put(fresh *snapshot) {
	s.mu.Lock()
	old := s.now
	s.now = fresh
	last := false
	if old != nil {
		old.stale = true
		last = old.readers == 0
	}
	s.mu.Unlock()
	if last {
		_ = old.db.Close() // read only: nothing can be lost
	}
}
