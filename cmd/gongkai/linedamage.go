package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/internal/linelog"
	"gongkai/internal/pipeline"
)

// sayDamaged warns of lines of a journal or run log that cannot be read. They
// stop no run.
func (a *app) sayDamaged(damaged []*linelog.Damage) {
	for _, d := range damaged {
		a.say.Warn(d.Error(), hintKey, "the other lines are read; gongkai doctor says what it means, gongkai doctor --repair sets damaged lines aside")
	}
}

// A lineFile is a file of the data folder that is read line by line.
type lineFile struct {
	part, path string
	visit      linelog.Visit
	meaning    string // of a damaged line
	repair     func(*archive.Archive) ([]*linelog.Damage, error)
}

func (a *app) lineFiles() []lineFile {
	plain := func(path string, visit linelog.Visit) func(*archive.Archive) ([]*linelog.Damage, error) {
		return func(*archive.Archive) ([]*linelog.Damage, error) { return linelog.Repair(path, visit) }
	}
	tasks, notes := crawler.JournalPath(a.folder().Journal()), archive.JournalPath(a.archiveDir())
	return []lineFile{
		{
			"journal", tasks, crawler.CheckTask,
			"what it said of a list or document is as an earlier line says, or is asked of the site again", plain(tasks, crawler.CheckTask),
		},
		{
			"run log", a.folder().RunLog(), pipeline.CheckRun,
			"a run is missing from gongkai runs and crawl_run; its reports are not touched, what it told may be told again", plain(a.folder().RunLog(), pipeline.CheckRun),
		},
		{
			"archive journal", notes, archive.CheckNote,
			"a note of a repair is lost: damage that was healed or accepted may be damage again", (*archive.Archive).RepairJournal,
		},
	}
}

// examineLines reads journal and run log line by line. With repair damaged lines
// are set aside.
func (a *app) examineLines(repair bool) (all []diagnosis) {
	for _, f := range a.lineFiles() {
		all = append(all, a.examineLineFile(&f, repair)...)
	}
	return all
}

func (a *app) examineLineFile(f *lineFile, repair bool) (all []diagnosis) {
	found, err := linelog.Read(f.path, f.visit)
	after := "; gongkai doctor --repair sets it aside"
	if repair && len(found) > 0 {
		ar, lockErr := archive.Open(a.archiveDir()) // no other run may be at work
		if lockErr != nil {
			return []diagnosis{{f.part, fail, lockErr.Error()}}
		}
		defer ar.Close()
		found, err = f.repair(ar)
		after = "; set aside in " + filepath.Base(linelog.Aside(f.path))
	}
	if err != nil {
		return []diagnosis{{f.part, fail, err.Error()}}
	}
	for _, d := range found {
		result := broken
		if repair {
			result = note
		}
		all = append(all, diagnosis{f.part, result, d.Error() + ": " + f.meaning + after})
	}
	if len(all) > 0 {
		return all
	}
	if _, err := os.Stat(linelog.Aside(f.path)); err == nil {
		return []diagnosis{{f.part, note, "every line as written; damaged lines of before are kept in " + linelog.Aside(f.path)}}
	}
	if _, err := os.Stat(f.path); errors.Is(err, fs.ErrNotExist) {
		return []diagnosis{{f.part, note, "none yet"}}
	}
	return []diagnosis{{f.part, good, "every line as written"}}
}
