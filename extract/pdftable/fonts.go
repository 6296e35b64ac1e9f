package pdftable

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// fontNames are files of fonts with Chinese glyphs, wanted first to last.
// PDFium takes widths and glyph presence from them when a file does not embed
// its font; without one it drops such glyphs without a word.
var fontNames = []string{
	"wqy-zenhei.ttc", "wqy-microhei.ttc", "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "NotoSansCJKsc-Regular.otf",
	"SourceHanSansSC-Regular.otf", "NotoSerifCJK-Regular.ttc", "DroidSansFallbackFull.ttf", "uming.ttc", "ukai.ttc",
	"simsun.ttc", "simhei.ttf", "msyh.ttc", "PingFang.ttc", "STHeiti Light.ttc", "Songti.ttc", "Arial Unicode.ttf",
}

func fontDirs() []string {
	dirs := []string{"/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"}
	if home, err := os.UserHomeDir(); err == nil {
		dirs = append(dirs, filepath.Join(home, ".local/share/fonts"), filepath.Join(home, ".fonts"), filepath.Join(home, "Library/Fonts"))
	}
	if runtime.GOOS == "windows" {
		dirs = append(dirs, filepath.Join(os.Getenv("SystemRoot"), "Fonts"))
	}
	return dirs
}

// findFont returns the path of the system's best CJK font.
func findFont() (string, bool) {
	best, rank := "", len(fontNames)
	for _, dir := range fontDirs() {
		seen := 0
		_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // a folder that cannot be read holds no font for us
			}
			if seen++; seen > 20_000 {
				return filepath.SkipAll
			}
			for i, name := range fontNames[:rank] {
				if strings.EqualFold(d.Name(), name) {
					best, rank = p, i
				}
			}
			return nil
		})
	}
	return best, best != ""
}

// openFontRoot returns a file system with usr/share/fonts/<font> and nothing
// else. PDFium looks there and only there, and only below a mount at "/".
func openFontRoot() (fs.FS, bool) {
	file, ok := findFont()
	if !ok {
		return nil, false
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, false
	}
	return fontRoot{file: file, size: info.Size()}, true
}

const fontFolder = "usr/share/fonts"

// fontRoot is the file system that openFontRoot describes.
type fontRoot struct {
	file string
	size int64
}

func (f fontRoot) fontPath() string {
	return path.Join(fontFolder, "font"+path.Ext(filepath.ToSlash(f.file)))
}

// Open opens the one font or one of the folders above it.
func (f fontRoot) Open(name string) (fs.File, error) {
	if name == f.fontPath() {
		return os.Open(f.file)
	}
	if name == "." || strings.HasPrefix(f.fontPath(), name+"/") {
		return &fontDir{root: f, name: name}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// fontDir is a folder of fontRoot: it has exactly one entry.
type fontDir struct {
	root fontRoot
	name string
	read bool
}

func (d *fontDir) Stat() (fs.FileInfo, error) {
	return fontEntry{name: path.Base(d.name), dir: true}, nil
}
func (d *fontDir) Close() error { return nil }
func (d *fontDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: fs.ErrInvalid}
}

func (d *fontDir) ReadDir(int) ([]fs.DirEntry, error) {
	if d.read {
		return nil, nil
	}
	d.read = true
	rest := d.root.fontPath()
	if d.name != "." {
		rest = strings.TrimPrefix(rest, d.name+"/")
	}
	first, _, deeper := strings.Cut(rest, "/")
	return []fs.DirEntry{fontEntry{name: first, dir: deeper, size: d.root.size}}, nil
}

// fontEntry describes a file or folder of fontRoot.
type fontEntry struct {
	name string
	dir  bool
	size int64
}

func (e fontEntry) Name() string               { return e.name }
func (e fontEntry) IsDir() bool                { return e.dir }
func (e fontEntry) Size() int64                { return e.size }
func (e fontEntry) ModTime() time.Time         { return time.Time{} }
func (e fontEntry) Sys() any                   { return nil }
func (e fontEntry) Info() (fs.FileInfo, error) { return e, nil }
func (e fontEntry) Type() fs.FileMode          { return e.Mode().Type() }
func (e fontEntry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}
