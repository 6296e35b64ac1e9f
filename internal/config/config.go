package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// File is the name of the file in a data folder.
const File = "gongkai.toml"

// Data is the variable that names the data folder, where --data does not.
const Data = "GONGKAI_DATA"

// A Value is what a setting was set to, and where.
type Value struct {
	Text   string
	Origin string // such as "data/gongkai.toml:3" or "GONGKAI_CONTACT"
}

// A Config is what was set.
type Config struct{ values map[string]Value }

// Get returns what a setting was set to; nothing if it was not.
func (c *Config) Get(name string) (Value, bool) {
	v, ok := c.values[name]
	return v, ok
}

// Issuer is who publishes the results.
type Issuer struct{ Name, Department, Contact, URL string }

// Issuer returns the section [issuer]; fields that are not set are empty.
func (c *Config) Issuer() Issuer {
	text := func(name string) string { return c.values["issuer."+name].Text }
	return Issuer{text("name"), text("department"), text("contact"), text("url")}
}

// Read reads the file of a data folder, which may be missing, and the
// environment. The error joins all that is wrong with the file.
func Read(folder string, lookup func(string) (string, bool)) (*Config, error) {
	c := &Config{values: map[string]Value{}}
	path := filepath.Join(folder, File)
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read settings: %w", err)
	default:
		if err := c.file(path, string(text)); err != nil {
			return nil, err
		}
	}
	for i := range settings {
		s := &settings[i]
		if text, ok := lookup(s.Variable()); ok && text != "" {
			c.values[s.Name] = Value{text, s.Variable()}
		}
	}
	return c, nil
}

// file takes the settings of a file.
func (c *Config) file(path, text string) error {
	var tree map[string]any
	if _, err := toml.Decode(text, &tree); err != nil {
		if e, ok := errors.AsType[toml.ParseError](err); ok {
			return fmt.Errorf("%s:%d: %s (hint: name = \"text\", one a line)", path, e.Position.Line, e.Message)
		}
		return fmt.Errorf("%s: %w", path, err)
	}
	var faults []fault
	take := func(section, name string, value any) {
		full := strings.TrimPrefix(section+"."+name, ".")
		line := lineOf(text, section, name)
		written, why := read(full, value)
		if why != "" {
			faults = append(faults, fault{line, fmt.Errorf("%s:%d: %s", path, line, why)})
			return
		}
		if find(full).Kind == Path && !filepath.IsAbs(written) {
			written = filepath.Join(filepath.Dir(path), written)
		}
		c.values[full] = Value{written, fmt.Sprintf("%s:%d", path, line)}
	}
	for name, value := range tree {
		section, ok := value.(map[string]any)
		if !ok {
			take("", name, value)
			continue
		}
		for inner, value := range section {
			take(name, inner, value)
		}
	}
	slices.SortFunc(faults, func(a, b fault) int { return cmp.Compare(a.line, b.line) })
	var errs []error
	for _, f := range faults {
		errs = append(errs, f.err)
	}
	return errors.Join(errs...)
}

// A fault is what is wrong in a line of a file.
type fault struct {
	line int
	err  error
}

// read returns a value as text, or why it is none.
func read(name string, value any) (text, why string) {
	s := find(name)
	if s == nil {
		return "", fmt.Sprintf("%s is no setting (hint: gongkai config lists all)", name)
	}
	switch v := value.(type) {
	case string:
		if (s.Kind == Text || s.Kind == Path) && v != "" {
			return v, ""
		}
	case int64, float64:
		if s.Kind == Number {
			return fmt.Sprint(v), ""
		}
	case bool:
		if s.Kind == Switch {
			return fmt.Sprint(v), ""
		}
	}
	return "", fmt.Sprintf("%s wants a %s (hint: %s)", name, s.Kind, s.Meaning)
}

// lineOf finds the line on which a name of a section is set.
func lineOf(text, section, name string) int {
	in, n := "", 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			in = strings.TrimSpace(strings.Trim(strings.SplitN(line, "#", 2)[0], "[] \t"))
			continue
		}
		key, _, _ := strings.Cut(line, "=")
		key = strings.Trim(strings.TrimSpace(key), `"'`)
		if in == section && key == name || in == "" && key == section+"."+name {
			return n
		}
	}
	return 1
}
