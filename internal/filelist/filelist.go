// Package filelist reads a manifest, what a person says about files: a CSV table with a
// line for each, whose report it is, for which year and scope, and where and
// when it was published. What it says wins over what the file says.
package filelist

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai"
)

// Columns are the columns that a manifest may have; path is needed.
var Columns = []string{"path", "agency", "agency_id", "year", "scope", "url", "published"}

// limits on a manifest
const (
	maxBytes = 64 << 20
	maxText  = 400
)

// A Manifest is what the lines of one say.
type Manifest struct {
	Rows   []Row
	Faults []error // lines that are left out, each with its number
	byPath map[string]*Row
}

// A Row is what is said about one file.
type Row struct {
	Line           int
	Path           string // as it can be opened
	AgencyID       string
	Year           int
	URL, Published string
	Stated         gongkai.Stated
	given          string // the path as written
	Found          bool   // Apply was called for its file
}

// Open reads the manifest in a file. Paths are relative to its folder. A
// registered agency is one for which known is true. A file that is no table is
// an error; a bad line is one of Faults.
func Open(name string, known func(id string) bool) (*Manifest, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxBytes {
		return nil, fmt.Errorf("%s: more than %d bytes", name, maxBytes)
	}
	return Read(name, body, known)
}

// Read is Open for the text of the file of that name.
func Read(name string, body []byte, known func(id string) bool) (*Manifest, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = true
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: the manifest is empty; its first line names the columns %s", name, strings.Join(Columns, ","))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for i, c := range head {
		head[i] = strings.TrimSpace(c)
		if !slices.Contains(Columns, head[i]) || slices.Contains(head[:i], head[i]) {
			return nil, fmt.Errorf("%s:1: column %q is unknown or comes twice; there are %s", name, c, strings.Join(Columns, ", "))
		}
	}
	if !slices.Contains(head, "path") {
		return nil, fmt.Errorf("%s:1: there is no column path; the columns are %s", name, strings.Join(Columns, ", "))
	}
	m := &Manifest{byPath: map[string]*Row{}}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			m.Faults = append(m.Faults, fmt.Errorf("%s: %w", name, err))
			break // what follows cannot be told apart
		}
		line, _ := r.FieldPos(0)
		row, err := readRow(head, fields, filepath.Dir(name), known)
		if err == nil && m.byPath[row.Path] != nil {
			err = fmt.Errorf("path %s is in line %d already", row.given, m.byPath[row.Path].Line)
		}
		if err != nil {
			m.Faults = append(m.Faults, fmt.Errorf("%s:%d: %w", name, line, err))
			continue
		}
		row.Line = line
		m.byPath[row.Path] = row
		m.Rows = append(m.Rows, *row)
	}
	for i := range m.Rows {
		m.byPath[m.Rows[i].Path] = &m.Rows[i]
	}
	return m, nil
}

func readRow(head, fields []string, folder string, known func(string) bool) (*Row, error) {
	if len(fields) != len(head) {
		return nil, fmt.Errorf("%d fields, but %d columns", len(fields), len(head))
	}
	row := &Row{}
	for i, c := range head {
		v := strings.TrimSpace(fields[i])
		if len(v) > maxText && c != "path" && c != "url" {
			return nil, fmt.Errorf("%s is longer than %d bytes", c, maxText)
		}
		if err := row.set(c, v, known); err != nil {
			return nil, err
		}
	}
	if row.given == "" {
		return nil, errors.New("path is empty")
	}
	row.Path = row.given
	if !filepath.IsAbs(row.Path) {
		row.Path = filepath.Join(folder, row.Path)
	}
	row.Path = filepath.Clean(row.Path)
	row.Stated.By = gongkai.FromManifest
	row.Stated.Year = row.Year != 0
	row.Stated.AgencyID = row.AgencyID != ""
	return row, nil
}

func (row *Row) set(column, v string, known func(string) bool) error {
	if v == "" {
		return nil
	}
	switch column {
	case "path":
		row.given = v
	case "agency":
		row.Stated.Agency = v
	case "agency_id":
		if !known(v) {
			return fmt.Errorf("agency_id %q is not in the register; give the name in column agency, or add it to a site file", v)
		}
		row.AgencyID = v
	case "year":
		y, err := strconv.Atoi(v)
		if err != nil || y < 2008 || y > 2100 {
			return fmt.Errorf("year %q is no fiscal year from 2008 on", v)
		}
		row.Year = y
	case "scope":
		scopes := []gongkai.Scope{gongkai.ScopeOwn, gongkai.ScopeConsolidated, gongkai.ScopeLocalLevel}
		if !slices.Contains(scopes, gongkai.Scope(v)) {
			return fmt.Errorf("scope %q: one of %s", v, scopes)
		}
		row.Stated.Scope = gongkai.Scope(v)
	case "url":
		u, err := url.Parse(v)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("url %q is no http(s) address", v)
		}
		row.URL = v
	case "published":
		if _, err := time.Parse(time.DateOnly, v); err != nil {
			return fmt.Errorf("published %q is no date such as 2024-01-31", v)
		}
		row.Published = v
	}
	return nil
}

// Paths returns the paths of all lines, in their order.
func (m *Manifest) Paths() []string {
	var all []string
	for i := range m.Rows {
		all = append(all, m.Rows[i].Path)
	}
	return all
}

// Apply writes into d what the manifest says about the file at path.
func (m *Manifest) Apply(path string, d *gongkai.Document) {
	row := m.byPath[filepath.Clean(path)]
	if row == nil {
		return
	}
	row.Found = true
	stated := row.Stated
	d.AgencyID, d.Year, d.URL, d.Published, d.Stated = row.AgencyID, row.Year, row.URL, row.Published, &stated
}

// Missing returns the lines whose files Apply was not called for.
func (m *Manifest) Missing() []Row {
	var all []Row
	for i := range m.Rows {
		if !m.Rows[i].Found {
			all = append(all, m.Rows[i])
		}
	}
	return all
}
