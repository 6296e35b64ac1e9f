// Package doctor examines an installation and a data folder, and repairs what can be
// repaired without a loss.
package doctor

import (
	"context"
	"errors"
	"os"

	"gongkai/extract/reader"
	"gongkai/internal/pipeline"
)

// A Diagnosis is one line of what was found.
type Diagnosis struct {
	Part   string
	Result Result
	Detail string
}

// A Result says how something is.
type Result string

// The results.
const (
	Good    Result = "ok"
	Note    Result = "note" // something is not there, and what goes without it
	Fail    Result = "fail"
	Damaged Result = "damaged" // stored data is
)

// A Patient is what is examined.
type Patient struct {
	Folder       pipeline.Folder
	Memory       string         // of the database; empty for its own limits
	Readers      reader.Options // how this program reads documents
	Browser      string         // the program that prints; empty if there is none
	ReleaseStage string         // begins the names of releases that are being made
	Full         bool           // read every byte of archive and warehouse
	Repair       bool           // remove leftovers, set damaged lines aside
}

// Examine looks at everything in turn. The error is that of ctx.
func (p *Patient) Examine(ctx context.Context) ([]Diagnosis, error) {
	var all []Diagnosis
	for _, examine := range []func(context.Context) []Diagnosis{
		p.examineFolder, p.examineClock, p.ExamineLeftovers, p.ExamineLines, p.examineArchive, p.examineWarehouse,
		p.examineReaders, p.examineTools,
	} {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		all = append(all, examine(ctx)...)
	}
	return all, nil
}

// examineFolder checks that the data folder can be written and has room.
func (p *Patient) examineFolder(context.Context) []Diagnosis {
	info, err := os.Stat(string(p.Folder))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return []Diagnosis{{"data folder", Note, string(p.Folder) + " is not there yet: gongkai ingest PATH makes it"}}
	case err != nil:
		return []Diagnosis{{"data folder", Fail, err.Error()}}
	case !info.IsDir():
		return []Diagnosis{{"data folder", Fail, string(p.Folder) + " is no folder"}}
	}
	out := []Diagnosis{{"data folder", Good, string(p.Folder)}}
	f, err := os.CreateTemp(string(p.Folder), ".gongkai-doctor-")
	if err != nil {
		out[0] = Diagnosis{"data folder", Fail, "cannot write: " + err.Error()}
	} else if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		out[0] = Diagnosis{"data folder", Fail, err.Error()}
	}
	return append(out, examineDisk(string(p.Folder)))
}
