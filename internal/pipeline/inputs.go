package pipeline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gongkai"
	"gongkai/extract"
)

// maxFile bounds a local file, like the limit of the readers: what is larger
// is no annual report.
const maxFile = 64 << 20

// documentSuffixes are the names taken from a folder. A file that is named on
// the command line is read whatever its suffix: readers go by the bytes.
var documentSuffixes = []string{
	".pdf", ".html", ".htm", ".xhtml", ".shtml", ".jhtml", ".asp", ".aspx", ".jsp", ".php",
	".mht", ".mhtml", ".docx", ".doc", ".wps", ".rtf", ".ofd", ".txt", ".md", ".markdown", ".tsv",
}

var errLink = errors.New("a symbolic link: --follow takes what it points to")

var errNotFile = errors.New("neither a file nor a folder")

// An Input is one file found, or why there is none.
type Input struct {
	Path string
	Skip string // why it is no document; empty if it is one
	Odd  bool   // that it is skipped may surprise who named it
	Err  error  // why it could not be looked at
}

// Inputs finds the files under paths: each folder walked in the order of
// names. Everything met is yielded, so that a count can be made of it. What a
// symbolic link points to is taken only if links are to be followed: it may be
// any file of the machine.
func Inputs(paths []string, follow bool) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		for _, path := range paths {
			if path == "-" {
				if !yield(Input{Path: path}) {
					return
				}
				continue
			}
			if link, err := isLink(path); link && !follow || err != nil {
				if err == nil {
					err = errLink
				}
				if !yield(Input{Path: path, Err: err}) {
					return
				}
				continue
			}
			if !walk(path, follow, yield) {
				return
			}
		}
	}
}

// isLink reports whether path is a symbolic link.
func isLink(path string) (bool, error) {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0, err
}

// walk yields what is at path and under it.
func walk(path string, follow bool, yield func(Input) bool) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return yield(Input{Path: path, Err: err})
	case info.Mode().IsRegular():
		return yield(Input{Path: path})
	case !info.IsDir():
		return yield(Input{Path: path, Err: errNotFile})
	}
	entries, err := os.ReadDir(path)
	if err != nil && !yield(Input{Path: path, Err: err}) {
		return false
	}
	for _, e := range entries {
		if !walkEntry(filepath.Join(path, e.Name()), e, follow, yield) {
			return false
		}
	}
	return true
}

func walkEntry(path string, e fs.DirEntry, follow bool, yield func(Input) bool) bool {
	switch {
	case strings.HasPrefix(e.Name(), "."):
		return yield(Input{Path: path, Skip: "hidden"})
	case e.IsDir():
		return walk(path, follow, yield)
	case e.Type()&fs.ModeSymlink != 0 && !follow:
		return yield(Input{Path: path, Skip: errLink.Error(), Odd: true})
	}
	info, err := os.Stat(path) // of what a link points to
	switch {
	case err != nil:
		return yield(Input{Path: path, Err: err})
	case info.IsDir():
		return yield(Input{Path: path, Skip: "link to a folder", Odd: true}) // may lead in a circle
	case !info.Mode().IsRegular():
		return yield(Input{Path: path, Skip: "not a regular file"})
	case !slices.Contains(documentSuffixes, strings.ToLower(filepath.Ext(path))):
		return yield(Input{Path: path, Skip: "not a document"})
	}
	return yield(Input{Path: path})
}

// Open reads a file as a document.
func Open(path string) (*gongkai.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("%w: %d bytes, limit %d", extract.ErrLimit, info.Size(), maxFile)
	}
	return OpenFrom(f, path)
}

// OpenFrom reads what r gives as the document of that path.
func OpenFrom(r io.Reader, path string) (*gongkai.Document, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(body) > maxFile:
		return nil, fmt.Errorf("%w: more than %d bytes", extract.ErrLimit, maxFile)
	case len(body) == 0:
		return nil, fmt.Errorf("%w: the file is empty", extract.ErrDamaged)
	}
	return &gongkai.Document{Name: filepath.ToSlash(filepath.Clean(path)), Body: body}, nil
}
