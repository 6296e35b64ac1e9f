package doctor

import (
	"fmt"
	"slices"
	"time"

	"gongkai/crawler/archive"
	"gongkai/internal/linelog"
	"gongkai/internal/words"
)

// diagnoseNotes lists what was repaired in the archive, the latest first.
func diagnoseNotes(ar *archive.Archive) (all []Diagnosis) {
	notes := ar.Notes()
	slices.Reverse(notes)
	for i := range notes {
		if i == words.MostNotes {
			all = append(all, Diagnosis{"archive", Note, fmt.Sprintf("%d more repairs, see journal.jsonl of the archive", len(notes)-i)})
			break
		}
		all = append(all, Diagnosis{"archive", Note, notes[i].Time.UTC().Format(time.DateTime) + " " + words.ArchiveNote(&notes[i])})
	}
	return all
}

// diagnoseDamage tells of what is damaged in an archive: of the WARC files in
// sum, of index and manifest line by line.
func diagnoseDamage(damage []*archive.Damage, lines []*linelog.Damage) (all []Diagnosis) {
	places := slices.DeleteFunc(slices.Clone(damage), func(d *archive.Damage) bool {
		return slices.ContainsFunc(lines, func(l *linelog.Damage) bool { return l.File == d.File })
	})
	if len(places) > 0 {
		all = append(all, Diagnosis{"archive", Damaged, fmt.Sprintf("%d places, the first: %v; restore the file from a copy, or ingest the intact files again", len(places), places[0])})
	}
	for _, l := range lines {
		all = append(all, Diagnosis{"archive", Damaged, l.Error() + "; nothing is lost if the WARC files are whole: the next ingest, build or nightly makes it again from them"})
	}
	return all
}
