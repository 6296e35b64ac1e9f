package records

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gongkai"

	"github.com/BurntSushi/toml"
)

// A file is one file of records being read.
type file struct {
	name, text string
	known      Known
	errs       []error
}

// decode reads the file into v. It reports whether v can be used.
func (f *file) decode(v any) bool {
	meta, err := toml.Decode(f.text, v)
	if err != nil {
		if pe, ok := errors.AsType[toml.ParseError](err); ok {
			err = fmt.Errorf("%s:%d: %s (hint: strings stand in quotes, lists in [], each record begins with its name in [[ ]])", f.name, pe.Position.Line, pe.Message)
		} else {
			err = fmt.Errorf("%s: %w", f.name, err)
		}
		f.errs = append(f.errs, err)
		return false
	}
	for _, key := range meta.Undecoded() {
		f.errs = append(f.errs, fmt.Errorf("%s:%d: unknown key %q (hint: gongkai records new shows all keys)", f.name, f.lineOf(0, key[len(key)-1]), key.String()))
	}
	return true
}

// An at is the place of one record: the n-th, from 0, with the header [[entry]].
type at struct {
	f     *file
	entry string
	n     int
}

// fault notes what is wrong with a key of the record.
func (a at) fault(key, format string, args ...any) {
	line := a.f.lineOf(a.line(), key)
	a.f.errs = append(a.f.errs, fmt.Errorf("%s:%d: %s: %s", a.f.name, line, a.entry, fmt.Sprintf(format, args...)))
}

// line returns the line of the record's header, from 1.
func (a at) line() int {
	seen := 0
	for i, line := range strings.Split(a.f.text, "\n") {
		if strings.HasPrefix(strings.ReplaceAll(strings.TrimSpace(line), " ", ""), "[["+a.entry+"]]") {
			if seen == a.n {
				return i + 1
			}
			seen++
		}
	}
	return 1
}

// lineOf returns the line of a key in the record that begins at line from, or
// that line. With from 0 it is the first in the file.
func (f *file) lineOf(from int, key string) int {
	form := regexp.MustCompile(`^\s*` + regexp.QuoteMeta(key) + `\s*=`)
	lines := strings.Split(f.text, "\n")
	for i := from; i < len(lines); i++ {
		if from > 0 && strings.HasPrefix(strings.TrimSpace(lines[i]), "[[") {
			break
		}
		if form.MatchString(lines[i]) {
			return i + 1
		}
	}
	return max(from, 1)
}

// need wants a text.
func (a at) need(key, value, hint string) {
	if strings.TrimSpace(value) == "" {
		a.fault(key, "%s is missing (hint: %s)", key, hint)
	}
}

// day wants a date, or nothing if it is optional.
func (a at) day(key, value string, optional bool) {
	if value == "" && optional {
		return
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		a.fault(key, "%s %q is no date (hint: 2019-01-15)", key, value)
	}
}

// year wants a fiscal year, or 0 if it is optional.
func (a at) year(key string, value int, optional bool) {
	if value == 0 && optional {
		return
	}
	if value < 2008 || value > 2100 {
		a.fault(key, "%s %d cannot be a fiscal year", key, value)
	}
}

// agency wants the key of an agency.
func (a at) agency(key, value string) {
	switch {
	case value == "":
		a.fault(key, "%s is missing (hint: the id in the register, or \"name:\" and the name as printed)", key)
	case !strings.HasPrefix(value, "name:") && a.f.known.Agencies != nil && !slices.Contains(a.f.known.Agencies, value):
		a.fault(key, "%s %q is not in the register (hint: its id in a site file, or \"name:\" and the name as printed)", key, value)
	}
}

// among wants one of a list, or nothing if it is optional.
func (a at) among(key, value string, list []string, optional bool) {
	if value == "" && optional || list == nil || slices.Contains(list, value) {
		return
	}
	hint := "see gongkai query --list, and the table form_cell"
	if len(list) < 12 {
		hint = "one of " + strings.Join(list, ", ")
	}
	a.fault(key, "%s %q is unknown (hint: %s)", key, value, hint)
}

func (a at) scope(key string, value gongkai.Scope) {
	a.among(key, string(value), []string{string(gongkai.ScopeOwn), string(gongkai.ScopeConsolidated), string(gongkai.ScopeLocalLevel), string(gongkai.ScopeUnknown)}, true)
}
