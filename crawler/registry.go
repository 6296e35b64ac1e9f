package crawler

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

//go:embed sites/*.toml
var embedded embed.FS

// Platforms are the names that a site may give as its platform. Package
// platform has the code behind each.
var platforms = []string{
	"aspnet", "base64", "blocks", "empire", "filelist", "generic", "gkmlpt", "hanweb", "hanweb2", "igs",
	"jpaas", "json", "nfcms", "numbered", "roster", "trs", "ucap", "vsb", "was",
}

// Platforms returns the names that a site may give as its platform, sorted.
func Platforms() []string { return slices.Clone(platforms) }

// Defaults of a site and of a column.
const (
	DefaultDelay    = Duration(2 * time.Second)
	DefaultBudget   = 3000
	CautiousBudget  = 300 // of a site that no live run has confirmed
	DefaultMaxPages = 40
	DefaultDepth    = 4
)

// Embedded returns the registry that comes with the program.
func Embedded() ([]*Site, error) {
	sub, err := fs.Sub(embedded, "sites")
	if err != nil {
		return nil, err
	}
	return Load(sub)
}

// Load reads every *.toml file in the root of fsys. The error joins all that
// is wrong with any of them, each with file, line and a hint.
func Load(fsys fs.FS) ([]*Site, error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var sites []*Site
	var errs []error
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read site %s: %w", name, err)
		}
		s, err := Parse(name, text)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		sites = append(sites, s)
	}
	return sites, errors.Join(append(errs, duplicates(sites)...)...)
}

// duplicates finds agencies that two sites declare.
func duplicates(sites []*Site) []error {
	var errs []error
	owner := map[string]string{}
	for _, s := range sites {
		for _, a := range s.Agencies {
			if other, taken := owner[a.ID]; taken {
				errs = append(errs, fmt.Errorf("%s.toml: agency id %q is also in %s.toml (hint: an agency has one site; put old addresses there)", s.ID, a.ID, other))
			}
			owner[a.ID] = s.ID
		}
	}
	return errs
}

// Parse reads one site file. Its ID is name without folder and suffix. What it
// does not know is an error, as is everything Lint finds.
func Parse(name string, text []byte) (*Site, error) {
	s := &Site{ID: strings.TrimSuffix(path.Base(name), ".toml")}
	meta, err := toml.Decode(string(text), s)
	if err != nil {
		if pe, ok := errors.AsType[toml.ParseError](err); ok {
			return nil, fmt.Errorf("%s:%d: %s (hint: strings stand in quotes, lists in [])", name, pe.Position.Line, pe.Message)
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	l := &linter{name: name, text: string(text)}
	for _, key := range meta.Undecoded() {
		l.add(key[len(key)-1]+" ", "unknown key %q (hint: see `gongkai sites new` for all keys)", key)
	}
	l.site(s)
	if len(l.errs) > 0 {
		return nil, errors.Join(l.errs...)
	}
	s.fill()
	return s, nil
}

func (s *Site) fill() {
	if s.Delay == 0 {
		s.Delay = DefaultDelay
	}
	switch {
	case s.Budget == 0 && s.Unverified:
		s.Budget = CautiousBudget
	case s.Budget == 0:
		s.Budget = DefaultBudget
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.MaxPages == 0 {
			c.MaxPages = DefaultMaxPages
		}
		if c.Depth == 0 {
			c.Depth = DefaultDepth
		}
	}
}

// hostOf returns the host of an absolute http(s) address, with its port if it
// has one, or an error.
func hostOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return "", fmt.Errorf("%q is not an http(s) address", address)
	}
	return strings.ToLower(u.Host), nil
}
