package main

import (
	"fmt"
	"slices"
	"time"

	"gongkai/crawler/archive"
	"gongkai/internal/linelog"
)

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
