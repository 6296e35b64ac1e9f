package pipeline

import (
	"context"
	"slices"

	"gongkai/crawler/archive"
)

// OpenArchive opens the archive for writing, which takes the lock of the data
// folder, and tells what that has repaired.
func (p *Pipeline) OpenArchive(options ...archive.Option) (*archive.Archive, error) {
	ar, err := archive.Open(p.Folder.Archive(), options...)
	if err != nil {
		return nil, err
	}
	for _, n := range ar.Fresh() {
		p.Watch.Met(ArchiveMended{n})
	}
	return ar, nil
}

// damageOf returns the damage of the archive that is known without reading all of
// it and that was not healed since.
func damageOf(ar *archive.Archive) (all []error) {
	for _, d := range ar.Damage() {
		all = append(all, d)
	}
	return all
}

// noteDamage adds to the damage of the run what the archive knows of by now.
func (r *run) noteDamage() {
	for _, d := range damageOf(r.archive) {
		if !slices.Contains(r.loaded.Damaged, d) {
			r.loaded.Damaged = append(r.loaded.Damaged, d)
		}
	}
}

// healedIn returns what was written again since the archive was opened.
func healedIn(ar *archive.Archive) (notes []archive.Note) {
	for _, n := range ar.Fresh() {
		if n.Event == archive.EventHealed {
			notes = append(notes, n)
		}
	}
	return notes
}

// heal tells what this run has written again of what could not be read any more.
func (r *run) heal(context.Context) error {
	r.healed = map[string]bool{}
	notes := healedIn(r.archive)
	for i := range notes {
		r.healed[notes[i].Hash] = true
	}
	if len(notes) > 0 {
		r.Watch.Met(ArchiveHealed{notes})
	}
	return nil
}
