package warehouse

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// ErrLocked is returned by Open while another process has the file open for
// writing, or, for a writer, open at all.
var ErrLocked = errors.New("in use by another process")

// ErrSchema is returned by Open for a file that was made with another schema
// or other forms, or that holds no warehouse.
var ErrSchema = errors.New("made with another schema or other forms: run gongkai build")

// ErrDamaged is returned by Open for a file that is no DuckDB database, or one
// that is cut short or altered.
var ErrDamaged = errors.New("the warehouse file is damaged")

// A DuckDB file begins with three headers: one with the magic bytes and two,
// written in turn, that say what the file holds. Blocks follow.
const (
	headerBytes = 4096
	magicAt     = 8
	magic       = "DUCK"

	iterationAt  = 8 // in the second and the third header: the higher one is in force
	blockCountAt = 32
	blockBytesAt = 40
)

// examineFile looks at the headers of a file, if there is one, before DuckDB
// does: DuckDB takes a file of another database for a reason to load an
// extension. Whether all blocks are there shows when they are read.
func examineFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%w: it is no regular file", ErrDamaged)
	}
	var headers [3 * headerBytes]byte
	n, err := io.ReadFull(f, headers[:])
	switch {
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF):
		return err
	case n < magicAt+len(magic) || string(headers[magicAt:magicAt+len(magic)]) != magic:
		return fmt.Errorf("%w: it is no DuckDB database", ErrDamaged)
	case n < len(headers):
		return fmt.Errorf("%w: it is cut short after %d bytes", ErrDamaged, n)
	}
	return nil
}

// short reports whether a file is shorter than its headers say. It need not be
// damaged: blocks at the end that were given up again may never have been
// written. Only reading all of it tells.
func short(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	var headers [3 * headerBytes]byte
	if _, err := io.ReadFull(f, headers[:]); err != nil {
		return false, err
	}
	inForce, other := headers[headerBytes:2*headerBytes], headers[2*headerBytes:]
	if field(other, iterationAt) > field(inForce, iterationAt) {
		inForce = other
	}
	return uint64(info.Size()) < uint64(len(headers))+field(inForce, blockCountAt)*field(inForce, blockBytesAt), nil
}

func field(header []byte, at int) uint64 { return binary.LittleEndian.Uint64(header[at:]) }

// fileError marks what DuckDB says of a file in words: it is held by another
// process, or damaged. The driver has no error values for these.
func fileError(err error) error {
	switch {
	case err == nil:
		return nil
	case strings.Contains(err.Error(), "Could not set lock on file"):
		return fmt.Errorf("%w: wait for the other gongkai or database shell to end: %w", ErrLocked, err)
	case Damaged(err) && !errors.Is(err, ErrDamaged):
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// Damaged reports whether an error, of opening or of a query, says that the
// file is damaged.
func Damaged(err error) bool {
	if err == nil || errors.Is(err, ErrDamaged) {
		return err != nil
	}
	text := err.Error()
	for _, sign := range []string{
		"not a valid DuckDB database", "Corrupt database file", "computed checksum",
		"Failed to load metadata", "Serialization Error", "Could not read enough bytes",
	} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}
