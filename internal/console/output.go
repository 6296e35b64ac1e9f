package console

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/google/renameio/v2"
)

// An Output is standard output, or a file that appears when it is complete
// and not before.
type Output struct {
	*bufio.Writer
	file *renameio.PendingFile // nil for standard output
	path string
}

// Create opens an output; "-" and nothing are standard output.
func Create(path string, stdout io.Writer) (*Output, error) {
	if path == "-" || path == "" {
		return &Output{Writer: bufio.NewWriter(stdout), path: "standard output"}, nil
	}
	if err := PlainFile(path); err != nil {
		return nil, err
	}
	f, err := renameio.NewPendingFile(path, renameio.WithPermissions(0o644), renameio.WithExistingPermissions())
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return &Output{Writer: bufio.NewWriterSize(f, 64<<10), file: f, path: path}, nil
}

// ErrNoFile is the error of an output that is no file that could be written.
var ErrNoFile = errors.New("--output")

// PlainFile refuses an output that is there and no plain file: a device, a
// pipe or a link would be replaced by one, a folder be in its way.
func PlainFile(path string) error {
	info, err := os.Lstat(path)
	switch {
	case err != nil || info.Mode().IsRegular():
		return nil // what else is wrong shows when it is written
	case info.IsDir():
		return fmt.Errorf("%w %s is a folder: name a file in it", ErrNoFile, path)
	}
	return fmt.Errorf("%w %s is a %s, not a plain file: use - and send standard output there", ErrNoFile, path, fileKind(info.Mode()))
}

// fileKind names what is no plain file.
func fileKind(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return "link"
	case m&fs.ModeNamedPipe != 0:
		return "pipe"
	case m&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}

// Write passes on data at once on standard output, so that a reader at the
// other end of a pipe need not wait for the buffer to fill.
func (o *Output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err == nil && o.file == nil {
		err = o.Flush()
	}
	return n, err
}

// WriteString keeps io.WriteString on the path of Write.
func (o *Output) WriteString(s string) (int, error) { return o.Write([]byte(s)) }

// Finish ends the output. After an error that is not to keep it a file is given up; what
// went to standard output before it stays.
func (o *Output) Finish(err error, keep func(error) bool) error {
	if e := o.Flush(); e != nil && err == nil {
		err = fmt.Errorf("write %s: %w", o.path, e)
	}
	if o.file == nil {
		return err
	}
	if err != nil && !keep(err) {
		_ = o.file.Cleanup() // the error at hand counts
		return err
	}
	if e := o.file.CloseAtomicallyReplace(); e != nil {
		return fmt.Errorf("write %s: %w", o.path, e)
	}
	return err
}

var _ io.StringWriter = (*Output)(nil)
