package release

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gongkai/analysis"
)

// A Verified is what became of a verification.
type Verified struct {
	Manifest *Manifest
	Gone     bool     // the release with which it was compared is no longer there
	Inputs   []string // which of the things that it was made of are others now
	Differs  []string // files that would be others now
	Changes  []Change // that a release of today would have
}

// Verify compares a release with its hashes, and then with what the warehouse
// gives today. Files that are not as they were released are an error of code
// Damaged; a result that is another today is none.
func (s *Store) Verify(ctx context.Context, n int) (*Verified, error) {
	all, err := s.All()
	if err != nil {
		return nil, err
	}
	m, err := s.Read(n)
	if err != nil {
		return nil, err
	}
	if faults := s.damage(m, all); len(faults) > 0 {
		return nil, trouble(Damaged, "release %d: %w", n, errors.Join(faults...))
	}
	v := &Verified{Manifest: m}
	return v, s.again(ctx, v, all)
}

// again makes the release again and notes what is otherwise.
func (s *Store) again(ctx context.Context, v *Verified, all []*Manifest) (err error) {
	dir, err := os.MkdirTemp("", "gongkai-release-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var before *Manifest
	m := v.Manifest
	for _, x := range all {
		if m.Previous != nil && x.Number == m.Previous.Number {
			before = x
		}
	}
	v.Gone = m.Previous != nil && before == nil
	again := &Manifest{Number: m.Number, Reason: m.Reason, Note: m.Note, Draft: m.Draft}
	o := analysis.RankOptions{Year: m.Year, PeerGroup: m.PeerGroup, Seed: m.Seed, Draws: m.Draws, Coverage: m.Coverage, Fewest: m.Fewest}
	if err := s.write(ctx, dir, again, before, o); err != nil {
		return err
	}
	v.Inputs = m.inputs(again)
	for i, f := range m.Files {
		if again.Files[i].SHA256 != f.SHA256 {
			v.Differs = append(v.Differs, f.Name)
		}
	}
	same, err := sameResult(m, again)
	if !same {
		v.Differs = append(v.Differs, ManifestName)
	}
	if len(v.Differs) > 0 {
		v.Changes = changes(m, again)
	}
	return err
}

// damage lists what is not as it was released: files, and manifests that other
// releases name.
func (s *Store) damage(m *Manifest, all []*Manifest) []error {
	var faults []error
	named := map[string]bool{}
	for _, f := range m.Files {
		named[f.Name] = true
		text, err := os.ReadFile(filepath.Join(s.Dir, folderName(m.Number), filepath.Base(f.Name)))
		switch {
		case err != nil:
			faults = append(faults, err)
		case sha256Of(text) != f.SHA256:
			faults = append(faults, fmt.Errorf("%s: SHA-256 %s, released with %s", f.Name, sha256Of(text), f.SHA256))
		}
	}
	for _, name := range files {
		if !named[name] {
			faults = append(faults, fmt.Errorf("%s: the manifest does not name it", name))
		}
	}
	for _, x := range all {
		if m.Previous != nil && x.Number == m.Previous.Number && x.Hash != m.Previous.Manifest {
			faults = append(faults, fmt.Errorf("manifest of release %d: SHA-256 %s, release %d names %s", x.Number, x.Hash, m.Number, m.Previous.Manifest))
		}
		if x.Previous != nil && x.Previous.Number == m.Number && x.Previous.Manifest != m.Hash {
			faults = append(faults, fmt.Errorf("%s: SHA-256 %s, release %d names %s", ManifestName, m.Hash, x.Number, x.Previous.Manifest))
		}
	}
	return faults
}

// String tells a standing in short.
func (s *Standing) String() string {
	switch {
	case s == nil:
		return "none"
	case s.Rank == 0:
		return s.Status
	}
	return fmt.Sprintf("%s %s rank %d", s.Score, s.Band, s.Rank)
}

// inputs says which of the things that a release was made of are others now.
func (m *Manifest) inputs(now *Manifest) []string {
	var list []string
	if m.RuleSet != now.RuleSet {
		list = append(list, fmt.Sprintf("the rules are others: %s, released with %s", now.RuleSet, m.RuleSet))
	}
	if m.Program != now.Program {
		list = append(list, fmt.Sprintf("the program is another: %s, released with %s", now.Program, m.Program))
	}
	was := map[string]Table{}
	for _, t := range m.Tables {
		was[t.Table] = t
	}
	for _, t := range now.Tables {
		if old := was[t.Table]; old != t {
			list = append(list, fmt.Sprintf("table %s of the warehouse is another: %d rows, released with %d", t.Table, t.Rows, old.Rows))
		}
		delete(was, t.Table)
	}
	for _, t := range m.Tables {
		if _, left := was[t.Table]; left {
			list = append(list, fmt.Sprintf("table %s of the warehouse is gone", t.Table))
		}
	}
	return list
}

// sameResult compares two manifests but for what they were made of.
func sameResult(m, again *Manifest) (bool, error) {
	x, y := *m, *again
	for _, v := range []*Manifest{&x, &y} {
		v.Program, v.Warehouse, v.Tables, v.Files, v.RuleSet = "", "", nil, nil, ""
	}
	a, err := json.Marshal(&x)
	if err != nil {
		return false, err
	}
	b, err := json.Marshal(&y)
	return bytes.Equal(a, b), err
}
