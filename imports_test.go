package gongkai_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gongkai"
)

// The architecture is a table: which packages of this module each package may
// import. A package that is not here fails the test: decide where it belongs.
var mayImport = map[string][]string{
	".":                 {},
	"queries":           {},
	"extract":           {"."},
	"extract/htmltable": {".", "extract", "internal/octets"},
	"extract/pdftable":  {".", "extract"},
	"extract/docxtable": {".", "extract"},
	"extract/texttable": {".", "extract"},
	"extract/reader":    {".", "extract", "extract/htmltable", "extract/pdftable", "extract/docxtable", "extract/texttable", "internal/child", "internal/octets"},
	"internal/linelog":  {},
	"internal/octets":   {},
	"internal/filelist": {"."},
	"crawler":           {".", "internal/linelog"},
	"crawler/platform":  {".", "crawler"},
	"crawler/archive":   {".", "internal/linelog", "internal/octets"},
	"crawler/transport": {".", "crawler", "crawler/archive", "internal/octets"},
	"crawler/fetch":     {".", "crawler", "crawler/archive", "crawler/transport"},
	"crawler/discover":  {".", "crawler", "crawler/platform"},
	"warehouse":         {".", "warehouse/sketch", "internal/durable"},
	"warehouse/sketch":  {},
	"warehouse/records": {".", "crawler"},
	"analysis":          {".", "queries"},
	"internal/child":    {},
	"internal/sqlgate":  {"internal/child", "warehouse"},
	"internal/config":   {},
	"internal/survey":   {"crawler", "crawler/discover", "crawler/fetch", "crawler/platform", "crawler/transport"},
	"internal/notify":   {"crawler"},
	"internal/tabular":  {"warehouse"},
	"internal/pipeline": {
		".", "crawler", "crawler/archive", "crawler/fetch", "crawler/platform", "crawler/transport", "extract", "extract/reader",
		"warehouse", "warehouse/records", "queries", "analysis", "internal/durable", "internal/filelist", "internal/linelog", "internal/notify", "internal/config",
	},
	"internal/tabular/datapackage": {".", "internal/durable", "internal/sqlgate", "internal/tabular", "warehouse"},

	"internal/doctor": {
		".", "crawler", "crawler/archive", "extract/reader", "warehouse", "internal/durable", "internal/linelog", "internal/pipeline",
		"internal/tabular/datapackage", "internal/words",
	},
	"internal/words":      {".", "analysis", "crawler/archive", "extract", "internal/tabular", "warehouse/records"},
	"internal/reportfile": {".", "internal/tabular", "internal/words"},
	"internal/release":    {".", "analysis", "internal/durable", "internal/pipeline", "internal/tabular", "internal/words", "warehouse"},
	"internal/console":    {"internal/tabular"},
	"internal/demo":       {".", "analysis", "crawler", "crawler/transport", "internal/pipeline", "internal/survey", "internal/testbed/replica", "internal/words", "queries"},
	"internal/diff":       {".", "extract"},

	"web": {".", "analysis", "queries", "warehouse", "internal/release", "internal/sqlgate", "internal/tabular", "internal/words"},

	"cmd/gongkai": {everything},

	"internal/testbed/fixture":       {".", "extract"},
	"internal/testbed/fixture/print": {"internal/testbed/fixture"},
	"internal/testbed/replica":       {".", "internal/testbed/fixture"},
	"internal/testbed/oddities":      {".", "internal/testbed/fixture"},
	"internal/testbed/synthetic":     {"."},

	"internal/durable":        {},
	"internal/durable/faults": {},
}

// everything stands for all packages.
const everything = "*"

// Modules that few packages may import: a driver or parser that can be
// replaced in one place. The others are free, but for the packages in
// standardOnly.
var onlyIn = map[string][]string{
	"github.com/duckdb/":             {"warehouse"},
	"github.com/marcboeker/":         {},
	"github.com/gocolly/":            {"crawler/fetch"},
	"github.com/PuerkitoBio/goquery": {"extract/htmltable", "crawler/*"},
	"github.com/ledongthuc/pdf":      {"extract/pdftable"},
	"github.com/klippa-app/":         {"extract/pdftable"},
	"github.com/tetratelabs/":        {"extract/pdftable"},
	"github.com/spf13/":              {"cmd/gongkai"},
	"github.com/xuri/":               {"internal/tabular"},
	"github.com/jedib0t/":            {"internal/tabular"},
	"github.com/schollz/":            {"internal/console"},
	"github.com/gofrs/flock":         {"crawler/archive", "cmd/gongkai", "internal/durable"},
}

// standardOnly lists the packages that import nothing but the standard library
// and what mayImport allows.
var standardOnly = []string{".", "queries"}

// module is the path of this module: that of the package beside this file.
var module = reflect.TypeFor[gongkai.Report]().PkgPath()

func TestImports(t *testing.T) {
	root := os.DirFS(".")
	seen := map[string]bool{}
	for _, name := range sources(t, root) {
		dir := path.Dir(name)
		seen[dir] = true
		for _, imported := range importsOf(t, root, name) {
			if fault := forbidden(dir, imported); fault != "" {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}
	for _, need := range []string{".", "extract", "crawler", "cmd/gongkai"} {
		if !seen[need] {
			t.Errorf("found no source of %s: the test looks in the wrong place", need)
		}
	}
}

// TestForbidden makes sure that the guard guards.
func TestForbidden(t *testing.T) {
	for _, c := range []struct {
		dir, imported string
		want          bool
	}{
		{".", "strings", false},
		{".", "golang.org/x/text/width", true},
		{".", module + "/extract", true},
		{"queries", "embed", false},
		{"queries", module, true},
		{"extract", module, false},
		{"extract", module + "/extract/htmltable", true},
		{"extract", module + "/warehouse", true},
		{"extract/htmltable", module + "/extract", false},
		{"extract/htmltable", "github.com/PuerkitoBio/goquery", false},
		{"extract/docxtable", "github.com/PuerkitoBio/goquery", true},
		{"crawler/platform", "github.com/PuerkitoBio/goquery", false},
		{"crawler/archive", "github.com/gocolly/colly/v2", true},
		{"analysis", "github.com/duckdb/duckdb-go/v2", true},
		{"analysis", module + "/warehouse", true},
		{"warehouse", "github.com/duckdb/duckdb-go/v2", false},
		{"cmd/gongkai", module + "/extract/pdftable", false},
		{"cmd/gongkai", "github.com/duckdb/duckdb-go/v2", true},
		{"somewhere/new", "strings", true},
	} {
		if got := forbidden(c.dir, c.imported); (got != "") != c.want {
			t.Errorf("forbidden(%q, %q) = %q, want a fault: %v", c.dir, c.imported, got, c.want)
		}
	}
}

// forbidden says why dir must not import a path; empty if it may.
func forbidden(dir, imported string) string {
	allowed, known := mayImport[dir]
	if !known {
		return "package " + dir + " is not in the table of imports_test.go"
	}
	if imported == module || strings.HasPrefix(imported, module+"/") {
		ours := path.Clean("." + strings.TrimPrefix(imported, module))
		if !slices.Contains(allowed, ours) && !slices.Contains(allowed, everything) {
			return dir + " must not import " + imported
		}
		return ""
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") {
		return "" // the standard library
	}
	if slices.Contains(standardOnly, dir) {
		return dir + " imports the standard library only, not " + imported
	}
	for prefix, dirs := range onlyIn {
		if !strings.HasPrefix(imported, prefix) {
			continue
		}
		if !slices.ContainsFunc(dirs, func(pattern string) bool { ok, _ := path.Match(pattern, dir); return ok }) {
			return imported + " is for " + strings.Join(dirs, ", ") + " only"
		}
	}
	return ""
}

// sources returns the Go files that are built into the program.
func sources(t *testing.T, root fs.FS) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != "." && (strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata"):
			return fs.SkipDir
		case e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func importsOf(t *testing.T, root fs.FS, name string) []string {
	t.Helper()
	source, err := fs.ReadFile(root, name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(source[:file.Package-1]), "//go:build depspin") {
		return nil
	}
	var paths []string
	for _, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

// TestOneOpener: databases are opened in one place, where the settings stand
// that must be in force before a byte is read.
func TestOneOpener(t *testing.T) {
	root := os.DirFS(".")
	opened := false
	for _, name := range sources(t, root) {
		source, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(source), "sql.Open(") && !strings.Contains(string(source), "NewConnector(") {
			continue
		}
		opened = true
		if path.Dir(name) != "warehouse" {
			t.Errorf("%s opens a database: that is for package warehouse", name)
		}
	}
	if !opened {
		t.Error("found nothing that opens a database: the test looks for the wrong words")
	}
}
