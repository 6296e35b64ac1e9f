package doctor

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"gongkai/crawler"
	"gongkai/crawler/archive"
	"gongkai/internal/linelog"
	"gongkai/internal/pipeline"
)

// A LineFile is a file of the data folder that is read line by line.
type LineFile struct {
	Part, Path string
	visit      linelog.Visit
	meaning    string // of a damaged line
	repair     func(*archive.Archive) ([]*linelog.Damage, error)
}

// LineFiles are the files that are read line by line.
func (p *Patient) LineFiles() []LineFile {
	plain := func(path string, visit linelog.Visit) func(*archive.Archive) ([]*linelog.Damage, error) {
		return func(*archive.Archive) ([]*linelog.Damage, error) { return linelog.Repair(path, visit) }
	}
	tasks, notes := crawler.JournalPath(p.Folder.Journal()), archive.JournalPath(p.Folder.Archive())
	return []LineFile{
		{
			"journal", tasks, crawler.CheckTask,
			"what it said of a list or document is as an earlier line says, or is asked of the site again", plain(tasks, crawler.CheckTask),
		},
		{
			"run log", p.Folder.RunLog(), pipeline.CheckRun,
			"a run is missing from gongkai runs and crawl_run; its reports are not touched, what it told may be told again", plain(p.Folder.RunLog(), pipeline.CheckRun),
		},
		{
			"archive journal", notes, archive.CheckNote,
			"a note of a repair is lost: damage that was healed or accepted may be damage again", (*archive.Archive).RepairJournal,
		},
	}
}

// ExamineLines reads journal and run log line by line. When it is to repair, damaged lines
// are set aside.
func (p *Patient) ExamineLines(context.Context) (all []Diagnosis) {
	for _, f := range p.LineFiles() {
		all = append(all, p.examineLineFile(&f)...)
	}
	return all
}

func (p *Patient) examineLineFile(f *LineFile) (all []Diagnosis) {
	found, err := linelog.Read(f.Path, f.visit)
	after := "; gongkai doctor --repair sets it aside"
	if p.Repair && len(found) > 0 {
		ar, lockErr := archive.Open(p.Folder.Archive()) // no other run may be at work
		if lockErr != nil {
			return []Diagnosis{{f.Part, Fail, lockErr.Error()}}
		}
		defer ar.Close()
		found, err = f.repair(ar)
		after = "; set aside in " + filepath.Base(linelog.Aside(f.Path))
	}
	if err != nil {
		return []Diagnosis{{f.Part, Fail, err.Error()}}
	}
	for _, d := range found {
		result := Damaged
		if p.Repair {
			result = Note
		}
		all = append(all, Diagnosis{f.Part, result, d.Error() + ": " + f.meaning + after})
	}
	if len(all) > 0 {
		return all
	}
	if _, err := os.Stat(linelog.Aside(f.Path)); err == nil {
		return []Diagnosis{{f.Part, Note, "every line as written; damaged lines of before are kept in " + linelog.Aside(f.Path)}}
	}
	if _, err := os.Stat(f.Path); errors.Is(err, fs.ErrNotExist) {
		return []Diagnosis{{f.Part, Note, "none yet"}}
	}
	return []Diagnosis{{f.Part, Good, "every line as written"}}
}
