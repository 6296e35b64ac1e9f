package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"gongkai"
	"gongkai/internal/testbed/fixture"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are the commands of the scripts beside those of testscript.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exits":  scriptExits,
	"report": scriptReport,
	"many":   scriptMany,
	"bad":    scriptBad,
	"noesc":  scriptNoEscape,
	"keep":   scriptKeep,
	"lines":  scriptLines,

	"truncate":     scriptTruncate,
	"overwrite":    scriptOverwrite,
	"flip":         scriptFlip,
	"checkpackage": scriptCheckPackage,
	"hostile":      scriptHostile,
}

// exits CODE COMMAND...: the command ends with this code.
func scriptExits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%v: exit code %d, want %d", args[1:], got, want)
	}
	if text := ts.ReadFile("stderr"); strings.Contains(text, "goroutine ") || strings.Contains(text, "panic") {
		ts.Fatalf("%v: a panic trace on stderr:\n%s", args[1:], text)
	}
}

// report FILE STYLE SEED [KIND]: write a report, with an error planted if a
// kind is given; the kind "states" prints cells that are no figures.
func scriptReport(ts *testscript.TestScript, _ bool, args []string) {
	style, ok := fixture.Find(args[1])
	if !ok {
		ts.Fatalf("no style %s", args[1])
	}
	seed, err := strconv.ParseUint(args[2], 10, 64)
	ts.Check(err)
	series := fixture.Series(seed, fixture.Options{Year: 2023, Size: fixture.Large, Forms: fixture.Form2021, Plain: true}, 2)
	r := series[1]
	if len(args) > 3 && args[3] == "states" {
		printStates(r)
	} else if len(args) > 3 {
		if _, ok := fixture.Plant(fixture.Kind(args[3]), r, series[0], seed); !ok {
			ts.Fatalf("cannot plant %s", args[3])
		}
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(os.WriteFile(path, style.Bytes(r), 0o644))
}

// printStates prints in four cells what is no figure.
func printStates(r *fixture.Report) {
	for column, v := range map[string]fixture.Value{
		"company":             {State: gongkai.Blank},
		"research_org":        {Printed: "/", State: gongkai.Slash},
		"public_interest_org": {Printed: "—", State: gongkai.Dash},
		"other_org":           {Printed: "若干", State: gongkai.Text},
	} {
		r.SetPrinted(fixture.Key{Table: "requests", Row: "new_received", Column: column}, v)
	}
}

// many FOLDER N: write N reports in several formats.
func scriptMany(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(writeMany(ts.MkAbs(args[0]), n))
}

// writeMany writes n different reports to dir.
func writeMany(dir string, n int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	styles := readableStyles()
	for i := range n {
		style := styles[i%len(styles)]
		r := fixture.Random(uint64(i+1), fixture.Options{})
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d%s", i, style.Ext)), style.Bytes(r), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// readableStyles are the exact styles that need no PDF engine.
func readableStyles() []fixture.Style {
	var out []fixture.Style
	for _, s := range fixture.Styles() {
		if !s.Lossy && s.Ext != ".pdf" {
			out = append(out, s)
		}
	}
	return out
}

// bad FILE KIND: write a file that is no readable report.
func scriptBad(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	switch args[1] {
	case "sparse": // 100 MB that take no room
		f, err := os.Create(path)
		ts.Check(err)
		_, err = f.WriteString("%PDF-1.7\n")
		ts.Check(err)
		ts.Check(f.Truncate(100 << 20))
		ts.Check(f.Close())
	case "bomb":
		b, err := zipBomb()
		ts.Check(err)
		ts.Check(os.WriteFile(path, b, 0o644))
	case "garbage":
		b := make([]byte, 4096)
		for i := range b {
			b[i] = byte(i*i>>3 ^ i*7)
		}
		ts.Check(os.WriteFile(path, b, 0o644))
	default:
		ts.Fatalf("no kind %s of bad file", args[1])
	}
}

// zipBomb makes a DOCX whose text unpacks to 600 MB.
func zipBomb() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	types, err := z.Create("[Content_Types].xml")
	if err != nil {
		return nil, err
	}
	fmt.Fprint(types, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
	doc, err := z.Create("word/document.xml")
	if err != nil {
		return nil, err
	}
	fmt.Fprint(doc, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`)
	block := bytes.Repeat([]byte("公开"), 1<<19)
	for range 200 {
		if _, err := doc.Write(block); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return b.Bytes(), err
}

// noesc: neither output of the last command has an escape character.
func scriptNoEscape(ts *testscript.TestScript, _ bool, _ []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		if i := strings.IndexByte(ts.ReadFile(stream), 0x1b); i >= 0 {
			ts.Fatalf("escape character on %s at byte %d", stream, i)
		}
	}
}

// keep NAME PATTERN: keep in $NAME what the group of PATTERN matches in the
// output of the last command.
func scriptKeep(ts *testscript.TestScript, _ bool, args []string) {
	m := regexp.MustCompile("(?m)" + args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(m) != 2 {
		ts.Fatalf("%s does not match the output", args[1])
	}
	ts.Setenv(args[0], m[1])
}

// lines N FILE: the file has N lines.
func scriptLines(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := strings.Count(ts.ReadFile(args[1]), "\n"); (got == want) == neg {
		ts.Fatalf("%s has %d lines", args[1], got)
	}
}

// truncate FILE N: cut the file after N bytes.
func scriptTruncate(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}

// hostile FOLDER: put in files with names that could control a terminal, and a
// link that leads in a circle.
func scriptHostile(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	for _, name := range []string{"\x1b[31mred.txt", "two\nlines.txt", "\u202etxt.fdp.txt", "=1+1.txt", "-rf.txt"} {
		ts.Check(os.WriteFile(filepath.Join(dir, name), []byte("no report"), 0o644))
	}
	ts.Check(os.Symlink(dir, filepath.Join(dir, "circle")))
	ts.Check(os.Symlink("nowhere", filepath.Join(dir, "dangling.txt")))
}

// overwrite FILE N: write zeros over the first N bytes.
func scriptOverwrite(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_WRONLY, 0)
	ts.Check(err)
	_, err = f.Write(make([]byte, n))
	ts.Check(errors.Join(err, f.Close()))
}

// flip FOLDER OFFSET: change one byte of the first WARC file.
func scriptFlip(ts *testscript.TestScript, _ bool, args []string) {
	names, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*.warc.gz"))
	ts.Check(err)
	if len(names) == 0 {
		ts.Fatalf("no WARC file in %s", args[0])
	}
	offset, err := strconv.Atoi(args[1])
	ts.Check(err)
	b, err := os.ReadFile(names[0])
	ts.Check(err)
	b[offset] ^= 0x40
	ts.Check(os.WriteFile(names[0], b, 0o644))
}
