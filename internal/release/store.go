package release

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongkai"

	"gongkai/analysis"
	"gongkai/internal/durable"
	"gongkai/internal/pipeline"
	"gongkai/internal/tabular"
	"gongkai/warehouse"
)

// StagePrefix begins the name of the folder in which a release is made.
const StagePrefix = ".new-"

// Why a ranking is released.
const (
	ReasonFirst = "first"
	ReasonRules = "rule_changed"
)

// Reasons are why a ranking may be released.
var Reasons = []string{ReasonFirst, "source_revised", "extractor_fixed", "agency_corrected", ReasonRules}

// folderName is the folder of a release.
func folderName(n int) string { return fmt.Sprintf("%04d", n) }

const ManifestName = "manifest.json"

// A Store is the folder of releases.
type Store struct {
	Dir     string
	Disk    durable.Disk // takes the steps of placing a release; nil but in tests
	Program string       // version of this program
	Open    func(context.Context) (*warehouse.DB, error)
}

// A Wish is a release that is to be made.
type Wish struct {
	analysis.RankOptions
	Reason string // one of Reasons
	Note   string
	Draft  bool // may hold findings that nobody has confirmed, and says so on every page
}

// The codes of errors.
const (
	Missing     gongkai.Code = "release_missing"     // there is no such release
	Damaged     gongkai.Code = "release_damaged"     // it is not as it was released
	Unfit       gongkai.Code = "release_unfit"       // the reason does not fit what there was before
	Unconfirmed gongkai.Code = "release_unconfirmed" // a person has to confirm what it says against agencies
	NoPrint     gongkai.Code = "no_print"            // the report cannot be printed here
)

func trouble(code gongkai.Code, format string, args ...any) error {
	return &pipeline.Error{Code: code, Err: fmt.Errorf(format, args...)}
}

// All reads the manifests of all releases, by number.
func (s *Store) All() ([]*Manifest, error) {
	entries, err := os.ReadDir(s.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var all []*Manifest
	for _, e := range entries {
		n, err := strconv.Atoi(e.Name())
		if err != nil || folderName(n) != e.Name() {
			continue // one that is being made, or nothing of ours
		}
		m, err := s.Read(n)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(x, y *Manifest) int { return x.Number - y.Number })
	return all, nil
}

// Read reads a manifest strictly; what is not understood is damage.
func (s *Store) Read(n int) (*Manifest, error) {
	path := filepath.Join(s.Dir, folderName(n), ManifestName)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, trouble(Missing, "there is no release %d: %w", n, err)
	}
	if err != nil {
		return nil, err
	}
	m := &Manifest{Hash: sha256Of(text)}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, trouble(Damaged, "%s: %w", path, err)
	}
	if m.Number != n {
		return nil, trouble(Damaged, "%s: it is that of release %d", path, m.Number)
	}
	return m, nil
}

// Make makes the next release and returns it with the folder that it stands in.
func (s *Store) Make(ctx context.Context, w Wish) (m *Manifest, path string, err error) {
	all, err := s.All()
	if err != nil {
		return nil, "", err
	}
	m = &Manifest{Number: 1, Reason: w.Reason, Note: w.Note, Draft: w.Draft}
	if len(all) > 0 {
		m.Number = all[len(all)-1].Number + 1
	}
	before := lastOf(all, w.RankOptions)
	if err := fits(w, before); err != nil {
		return nil, "", err
	}
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return nil, "", err
	}
	stage, err := s.Disk.Stage(s.Dir, StagePrefix)
	if err != nil {
		return nil, "", err
	}
	defer func() { err = errors.Join(err, stage.Discard()) }() // it is gone if the release was made
	if err := s.write(ctx, stage.Dir, m, before, w.RankOptions); err != nil {
		return nil, "", err
	}
	if m.Unconfirmed > 0 && !w.Draft {
		return nil, "", trouble(Unconfirmed, "%d adverse findings are not confirmed", m.Unconfirmed)
	}
	if before != nil && m.Reason != ReasonRules && !m.method.same(&before.method) {
		return nil, "", trouble(Unfit, "the rules or options are others than those of release %d (rule set %s): the reason is %s", before.Number, before.RuleSet[:min(16, len(before.RuleSet))], ReasonRules)
	}
	path = filepath.Join(s.Dir, folderName(m.Number))
	if err := stage.Place(path); err != nil {
		return nil, "", fmt.Errorf("release %d: %w", m.Number, err)
	}
	return m, path, nil
}

// lastOf returns the last release of a year and group that is no draft; nil if there is none.
func lastOf(all []*Manifest, o analysis.RankOptions) *Manifest {
	group, _ := analysis.FindPeerGroup(o.PeerGroup)
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].Draft && all[i].Year == o.Year && all[i].PeerGroup == group.ID {
			return all[i]
		}
	}
	return nil
}

// fits wants the reason to fit what there was before.
func fits(w Wish, before *Manifest) error {
	switch {
	case before == nil && w.Reason != ReasonFirst:
		return trouble(Unfit, "there is no release of %d %s yet: its reason is first", w.Year, w.PeerGroup)
	case before != nil && w.Reason == ReasonFirst:
		return trouble(Unfit, "release %d of %d %s is there: the reason is one of %s", before.Number, before.Year, before.PeerGroup, strings.Join(Reasons[1:], ", "))
	}
	return nil
}

// write ranks and writes the files of a release into a folder.
func (s *Store) write(ctx context.Context, dir string, m, before *Manifest, o analysis.RankOptions) (err error) {
	db, err := s.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := analysis.Rank(ctx, db.SQL(), o)
	if err != nil {
		return err
	}
	m.Program = s.Program
	if err := m.describe(ctx, db, r, before); err != nil {
		return err
	}
	for _, format := range []string{"csv", "json"} {
		if err := writeRows(filepath.Join(dir, "ranking."+format), format, r); err != nil {
			return err
		}
	}
	page, err := HTML(r, m)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "report.html"), page, 0o644); err != nil {
		return err
	}
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		m.Files = append(m.Files, File{name, int64(len(text)), sha256Of(text)})
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, ManifestName), append(text, '\n'), 0o644); err != nil {
		return err
	}
	for _, name := range append(files, ManifestName) {
		if err := os.Chmod(filepath.Join(dir, name), 0o444); err != nil { // a release is never overwritten
			return err
		}
	}
	return nil
}

// files are the files of a release beside its manifest.
var files = []string{"ranking.csv", "ranking.json", "report.html"}

// tablesOf gives the digests of the warehouse.
func tablesOf(ctx context.Context, db *warehouse.DB) (digest string, tables []Table, err error) {
	all, err := db.TableDigests(ctx)
	if err != nil {
		return "", nil, err
	}
	for _, t := range all {
		tables = append(tables, Table{t.Table, t.Rows, t.Sum})
	}
	return warehouse.DigestOf(all), tables, nil
}

func writeRows(path, format string, r *analysis.Ranking) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = tabular.Write(f, format, Columns(r), 0, func(add func([]tabular.Value) error) error { return Rows(r, add) })
	return errors.Join(err, f.Close())
}
