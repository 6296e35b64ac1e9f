package pipeline

import (
	"context"
	"errors"
	"os"

	"gongkai"
	"gongkai/crawler"
	"gongkai/extract"
	"gongkai/queries"
	"gongkai/warehouse/records"
)

// ReadRecords reads the records of the data folder. What they may speak of is
// checked but for agencies and documents, unless sites are given.
func (f Folder) ReadRecords(sites []*crawler.Site) (*records.Set, error) {
	known, err := vocabulary()
	if err != nil {
		return nil, err
	}
	if len(sites) > 0 {
		if known.Documents, err = f.archived(); err != nil {
			return nil, err
		}
	}
	for _, agency := range AgenciesOf(sites) {
		known.Agencies = append(known.Agencies, agency.ID)
	}
	s, err := records.Read(os.DirFS(f.Records()), known)
	if err != nil {
		return nil, &Error{Code: BadRecords, Err: err}
	}
	return s, nil
}

// archived lists the documents of the archive by their hashes; nil if there is no
// archive yet.
func (f Folder) archived() (hashes []string, err error) {
	if _, err := os.Stat(f.Archive()); err != nil {
		return nil, nil
	}
	ar, err := f.ReadArchive()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	hashes = []string{}
	for _, err := range ar.Select(context.Background(), func(hash string, _ *gongkai.Document) bool {
		hashes = append(hashes, hash)
		return false
	}) {
		if err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// vocabulary lists the rules, the dimensions of the index and the ids of the forms.
func vocabulary() (records.Known, error) {
	var known records.Known
	all, err := queries.All()
	if err != nil {
		return known, err
	}
	for _, q := range all {
		switch q.Kind {
		case queries.Check:
			known.Rules = append(known.Rules, q.Rule)
		case queries.Ranking:
			known.Dimensions = append(known.Dimensions, q.Name)
		}
	}
	for _, f := range extract.Forms() {
		known.Forms = append(known.Forms, f.ID)
		for _, t := range f.Tables {
			known.Tables = append(known.Tables, t.ID)
			for i := range t.Rows {
				known.Rows = append(known.Rows, t.Rows[i].ID)
				for _, c := range t.CellColumns(&t.Rows[i]) {
					known.Cells = append(known.Cells, t.ID+"."+t.Rows[i].ID+"."+c)
				}
			}
			for _, c := range t.Columns {
				known.Columns = append(known.Columns, c.ID)
			}
		}
	}
	return known, nil
}
