package pipeline

import "path/filepath"

// A Folder is a data folder: all that the pipeline keeps is in it.
type Folder string

// Archive is the folder of the archive of record.
func (f Folder) Archive() string { return f.at("archive") }

// Database is the path of the published warehouse.
func (f Folder) Database() string { return f.at("gongkai.duckdb") }

// Journal is the folder in which the crawler remembers what is done.
func (f Folder) Journal() string { return f.at("crawl") }

// RunLog is the file with one bulletin a line.
func (f Folder) RunLog() string { return f.at("runs.jsonl") }

// SiteFiles is the folder of site files of one's own.
func (f Folder) SiteFiles() string { return f.at("sites") }

// Records is the folder in which people keep records.
func (f Folder) Records() string { return f.at("records") }

func (f Folder) at(name string) string { return filepath.Join(string(f), name) }
