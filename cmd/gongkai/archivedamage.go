package main

import (
	"fmt"
	"slices"
	"time"

	"gongkai/crawler/archive"
	"gongkai/internal/linelog"
)

// openWriting opens the archive for writing, which takes the lock of the data
// folder, and tells what that has repaired and of damage.
func (a *app) openWriting(options ...archive.Option) (*archive.Archive, error) {
	ar, err := archive.Open(a.archiveDir(), options...)
	if err != nil {
		return nil, err
	}
	for _, n := range ar.Fresh() {
		a.say.Warn("archive: " + noteText(&n))
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

// noteText says what was repaired.
func noteText(n *archive.Note) string {
	switch n.Event {
	case archive.EventTruncated:
		return fmt.Sprintf("%s ended in a capture that a crash had cut short, %d bytes were removed", n.File, n.Length)
	case archive.EventAdopted:
		return "it is of an older version; from now on " + n.File + " says how much was written: " + n.Detail
	case archive.EventRenewed:
		return n.File + " was damaged and was made again from the WARC files: " + n.Detail
	case archive.EventHealed:
		return fmt.Sprintf("healed: %s (%s), damaged in %s at byte %d, was written again", n.Name, n.Hash, n.File, n.Offset)
	case archive.EventAccepted:
		return fmt.Sprintf("accepted as lost: %s at byte %d: %s", n.File, n.Offset, n.Detail)
	}
	return n.Event + " " + n.File
}

// maxNotes is how many notes are listed; a line counts the others.
const maxNotes = 20

// sayHealed tells what was written again since the archive was opened, and
// returns the hashes of the documents.
func (a *app) sayHealed(ar *archive.Archive) map[string]bool {
	healed := map[string]bool{}
	captures := 0
	for _, n := range ar.Fresh() {
		if n.Event != archive.EventHealed {
			continue
		}
		healed[n.Hash] = true
		if captures++; captures <= maxNotes {
			a.say.Info("archive: " + noteText(&n))
		}
	}
	if captures > 0 {
		a.say.Info(fmt.Sprintf("archive: %d captures of %d documents that could not be read any more were written again", captures, len(healed)))
	}
	return healed
}

// damagedArchive is the error for damage that is left; nil if there is none.
func damagedArchive(damage []error) error {
	if len(damage) == 0 {
		return nil
	}
	err := fmt.Errorf("%w, and %d more places", damage[0], len(damage)-1)
	if len(damage) == 1 {
		err = damage[0]
	}
	return &exitError{
		code: exitCorrupt, err: err,
		hint: "restore the archive from a copy, or ingest the intact files again, which heals it; gongkai archive verify lists all damage",
	}
}

// diagnoseNotes lists what was repaired in the archive, the latest first.
func diagnoseNotes(ar *archive.Archive) (all []diagnosis) {
	notes := ar.Notes()
	slices.Reverse(notes)
	for i := range notes {
		if i == maxNotes {
			all = append(all, diagnosis{"archive", note, fmt.Sprintf("%d more repairs, see journal.jsonl of the archive", len(notes)-i)})
			break
		}
		all = append(all, diagnosis{"archive", note, notes[i].Time.UTC().Format(time.DateTime) + " " + noteText(&notes[i])})
	}
	return all
}

// diagnoseDamage tells of what is damaged in an archive: of the WARC files in
// sum, of index and manifest line by line.
func diagnoseDamage(damage []*archive.Damage, lines []*linelog.Damage) (all []diagnosis) {
	places := slices.DeleteFunc(slices.Clone(damage), func(d *archive.Damage) bool {
		return slices.ContainsFunc(lines, func(l *linelog.Damage) bool { return l.File == d.File })
	})
	if len(places) > 0 {
		all = append(all, diagnosis{"archive", broken, fmt.Sprintf("%d places, the first: %v; restore the file from a copy, or ingest the intact files again", len(places), places[0])})
	}
	for _, l := range lines {
		all = append(all, diagnosis{"archive", broken, l.Error() + "; nothing is lost if the WARC files are whole: the next ingest, build or nightly makes it again from them"})
	}
	return all
}
