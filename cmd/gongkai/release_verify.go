package main

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

// verifyRelease compares a release with its hashes, and then with what the
// warehouse gives today.
func (a *app) verifyRelease(ctx context.Context, n int) error {
	all, err := a.releases()
	if err != nil {
		return err
	}
	m, err := a.readRelease(n)
	if err != nil {
		return err
	}
	if faults := a.damage(m, all); len(faults) > 0 {
		return &exitError{code: exitCorrupt, err: fmt.Errorf("release %d: %w", n, errors.Join(faults...)), hint: "fetch the release from a copy; it is never written twice"}
	}
	a.say.Info(fmt.Sprintf("release %d: %d files are as they were released", n, len(m.Files)))
	return a.rankAgain(ctx, m, all)
}

// damage lists what is not as it was released: files, and manifests that other
// releases name.
func (a *app) damage(m *manifest, all []*manifest) []error {
	var faults []error
	named := map[string]bool{}
	for _, f := range m.Files {
		named[f.Name] = true
		text, err := os.ReadFile(filepath.Join(a.releasesDir(), releaseName(m.Number), filepath.Base(f.Name)))
		switch {
		case err != nil:
			faults = append(faults, err)
		case sha256Of(text) != f.SHA256:
			faults = append(faults, fmt.Errorf("%s: SHA-256 %s, released with %s", f.Name, sha256Of(text), f.SHA256))
		}
	}
	for _, name := range releaseFiles {
		if !named[name] {
			faults = append(faults, fmt.Errorf("%s: the manifest does not name it", name))
		}
	}
	for _, x := range all {
		if m.Previous != nil && x.Number == m.Previous.Number && x.hash != m.Previous.Manifest {
			faults = append(faults, fmt.Errorf("manifest of release %d: SHA-256 %s, release %d names %s", x.Number, x.hash, m.Number, m.Previous.Manifest))
		}
		if x.Previous != nil && x.Previous.Number == m.Number && x.Previous.Manifest != m.hash {
			faults = append(faults, fmt.Errorf("%s: SHA-256 %s, release %d names %s", manifestName, m.hash, x.Number, x.Previous.Manifest))
		}
	}
	return faults
}

// rankAgain makes the release again and says what is otherwise.
func (a *app) rankAgain(ctx context.Context, m *manifest, all []*manifest) (err error) {
	dir, err := os.MkdirTemp("", "gongkai-release-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var before *manifest
	for _, x := range all {
		if m.Previous != nil && x.Number == m.Previous.Number {
			before = x
		}
	}
	if m.Previous != nil && before == nil {
		a.say.Warn(fmt.Sprintf("release %d, with which it was compared, is gone", m.Previous.Number))
	}
	again := &manifest{Number: m.Number, Reason: m.Reason, Note: m.Note}
	o := analysis.RankOptions{Year: m.Year, PeerGroup: m.PeerGroup, Seed: m.Seed, Draws: m.Draws, Coverage: m.Coverage, Fewest: m.Fewest}
	if err := a.writeRelease(ctx, dir, again, before, o); err != nil {
		return err
	}
	for _, line := range m.inputs(again) {
		a.say.Warn(line)
	}
	var differs []string
	for i, f := range m.Files {
		if again.Files[i].SHA256 != f.SHA256 {
			differs = append(differs, f.Name)
		}
	}
	same, err := sameResult(m, again)
	if err != nil {
		return err
	}
	if !same {
		differs = append(differs, manifestName)
	}
	if len(differs) == 0 {
		a.say.Info(fmt.Sprintf("release %d: ranked again, the result is the same", m.Number))
		return nil
	}
	for _, c := range changes(m, again) {
		a.say.Warn(fmt.Sprintf("%s: %s → %s, %v", c.Agency, c.Before, c.After, c.Why))
	}
	return &exitError{code: exitFindings, err: fmt.Errorf("release %d: ranked again, %v differ", m.Number, differs), hint: "it stands as it was released; a new one tells of the changes"}
}

// String tells a standing in short.
func (s *releaseStanding) String() string {
	switch {
	case s == nil:
		return "none"
	case s.Rank == 0:
		return s.Status
	}
	return fmt.Sprintf("%s %s rank %d", s.Score, s.Band, s.Rank)
}

// inputs says which of the things that a release was made of are others now.
func (m *manifest) inputs(now *manifest) []string {
	var list []string
	if m.RuleSet != now.RuleSet {
		list = append(list, fmt.Sprintf("the rules are others: %s, released with %s", now.RuleSet, m.RuleSet))
	}
	if m.Program != now.Program {
		list = append(list, fmt.Sprintf("the program is another: %s, released with %s", now.Program, m.Program))
	}
	was := map[string]releaseTable{}
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
func sameResult(m, again *manifest) (bool, error) {
	x, y := *m, *again
	for _, v := range []*manifest{&x, &y} {
		v.Program, v.Warehouse, v.Tables, v.Files, v.RuleSet = "", "", nil, nil, ""
	}
	a, err := json.Marshal(&x)
	if err != nil {
		return false, err
	}
	b, err := json.Marshal(&y)
	return bytes.Equal(a, b), err
}
