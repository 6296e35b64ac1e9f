package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"gongkai/internal/linelog"
)

// ErrReadOnly is returned by writing to an archive opened with [ReadOnly].
var ErrReadOnly = errors.New("archive is open for reading only")

// ErrNotFound is returned for a document or request that the archive has no
// capture of.
var ErrNotFound = errors.New("not in the archive")

// A LockedError says that another process writes to the archive.
type LockedError struct {
	Dir   string
	PID   int       // of the holder; 0 if it could not be read
	Since time.Time // when the holder opened it; zero if it could not be read
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("archive %s is in use by process %d since %s; wait for it to end",
		e.Dir, e.PID, e.Since.Format(time.RFC3339))
}

// An Archive is a folder of WARC files. Its methods may be called by several
// goroutines at once.
type Archive struct {
	dir      string
	readOnly bool
	maxSize  int64
	now      func() time.Time
	hook     func(point string) error
	lock     *flock.Flock

	compressors chan *compressor // nil where there is none yet

	lines []*linelog.Damage // damaged lines of index and manifest
	found []*Damage         // what Open could not repair

	mu    sync.RWMutex // guards the fields below
	index *index
	out   *os.File // the file being written; nil until the first write
	name  string   // its base name
	size  int64    // its length, including what is not yet synced
	next  int      // number of the next file
	err   error    // why nothing more can be written; nil if all is well

	queueMu sync.Mutex
	queue   []*waiting // groups that nobody writes yet

	commitMu sync.Mutex // held by the one who writes groups
	manifest *manifest  // guarded by it

	noteMu   sync.Mutex // guards the fields below
	notes    []Note
	oldNotes int          // how many there were before it was opened
	journal  *linelog.Log // nil until a note is kept
}

// An Option changes how an archive is opened.
type Option func(*Archive)

// ReadOnly opens the archive without locking, repairing or writing it.
func ReadOnly() Option { return func(a *Archive) { a.readOnly = true } }

// MaxFileSize sets the size in bytes after which a new WARC file is begun. The
// default is 1 GB.
func MaxFileSize(n int64) Option { return func(a *Archive) { a.maxSize = n } }

// Clock sets the clock that dates captures. The default is time.Now.
func Clock(now func() time.Time) Option { return func(a *Archive) { a.now = now } }

// Hook sets a function that is called at named points of writing, so that a
// test can end the process or fail the write there. The points are
// append-begin, append-header, append-middle, append-written, append-synced,
// append-told, append-indexed, rotate-closed and rotate-created.
func Hook(f func(point string) error) Option { return func(a *Archive) { a.hook = f } }

// Open opens the archive in dir, making it if it is not there. A capture that a
// crash cut short is removed and the removal journalled. Damage that cannot be
// repaired does not prevent opening: reading what is damaged gives a [*Damage],
// and [Archive.Verify] lists all. Open returns a [*LockedError] if another
// process writes to the archive.
func Open(dir string, options ...Option) (*Archive, error) {
	a := &Archive{dir: dir, maxSize: 1e9, now: time.Now, compressors: make(chan *compressor, runtime.GOMAXPROCS(0))}
	for range cap(a.compressors) {
		a.compressors <- nil
	}
	for _, o := range options {
		o(a)
	}
	if !a.readOnly {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, fmt.Errorf("open archive: %w", err)
		}
		if err := a.acquire(); err != nil {
			return nil, err
		}
	}
	if err := a.recover(); err != nil {
		return nil, errors.Join(fmt.Errorf("open archive %s: %w", dir, err), a.Close())
	}
	return a, nil
}

// Close ends the use of the archive. Everything acknowledged is on the disk
// already.
func (a *Archive) Close() error {
	a.commitMu.Lock()
	defer a.commitMu.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	var errs []error
	if a.index != nil {
		if a.index.flush() == nil { // else the next Open finds the captures in the WARC file
			errs = append(errs, a.closeManifest())
		}
		errs = append(errs, a.index.close())
	}
	if a.out != nil {
		errs = append(errs, a.out.Close())
	}
	a.out = nil
	a.err = errors.New("archive is closed")
	a.noteMu.Lock()
	defer a.noteMu.Unlock()
	if a.journal != nil {
		errs = append(errs, a.journal.Close())
		a.journal = nil
	}
	if a.lock != nil {
		errs = append(errs, a.lock.Unlock())
	}
	return errors.Join(errs...)
}

// closeManifest brings the index to the disk, and then the manifest, which says
// how many lines the index has.
func (a *Archive) closeManifest() error {
	m := a.manifest
	if m == nil || m.file == nil {
		return nil
	}
	var err error
	if lines := len(a.index.slots); m.head.Index != lines {
		if err = a.index.file.Sync(); err == nil {
			m.head.Index = lines
			err = m.write()
		}
	}
	if err == nil {
		err = m.sync()
	}
	file := m.file
	m.file = nil
	return errors.Join(err, file.Close())
}

type holder struct {
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
}

// acquire takes the lock of the writer and leaves its name.
func (a *Archive) acquire() error {
	path := filepath.Join(a.dir, "lock")
	l := flock.New(path)
	ok, err := l.TryLock()
	if err != nil {
		return fmt.Errorf("lock archive %s: %w", a.dir, err)
	}
	if !ok {
		var h holder
		if b, err := os.ReadFile(path); err == nil {
			_ = json.Unmarshal(b, &h) // an unreadable note leaves the holder unknown
		}
		return &LockedError{Dir: a.dir, PID: h.PID, Since: h.Since}
	}
	a.lock = l
	note, err := json.Marshal(holder{PID: os.Getpid(), Since: a.now().UTC().Truncate(time.Second)})
	if err == nil {
		err = os.WriteFile(path, append(note, '\n'), 0o644)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("lock archive %s: %w", a.dir, err), l.Unlock())
	}
	return nil
}

// reach calls the hook at a named point.
func (a *Archive) reach(point string) error {
	if a.hook == nil {
		return nil
	}
	return a.hook(point)
}
